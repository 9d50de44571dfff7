import { z } from 'zod';
import type { Countries } from '../core/country.ts';
import { ConfigError } from '../core/errors.ts';
import { createPhrases, type Phrase, type Phrases, phraseLanguages } from '../core/phrases.ts';
import { parseYaml } from './yaml-file.ts';

const words = z.string().min(1);
const PhrasesFile = z.array(z.strictObject({ en: words, es: words, fr: words, pt: words }));

/**
 * Reads the text of `config/phrases.yaml`. Throws ConfigError with file and line for bad YAML or a language left out,
 * and with the phrase where a translation has other places to fill than the English.
 */
export function readPhrases(text: string, file: string): readonly Phrase[] {
  const catalogue = parseYaml(PhrasesFile, text, file);
  for (const phrase of catalogue) {
    for (const language of phraseLanguages) {
      if (slotsOf(phrase[language]) === slotsOf(phrase.en)) continue;
      throw new ConfigError(
        file,
        `“${phrase.en}” has the places ${slotsOf(phrase.en) || 'none'}, its ${language} ${slotsOf(phrase[language]) || 'none'}`,
        'Give every language the same names in braces',
      );
    }
  }
  return catalogue;
}

export function loadPhrases(text: string, file: string, countries: Countries): Phrases {
  return createPhrases(readPhrases(text, file), countries);
}

function slotsOf(text: string): string {
  return [...text.matchAll(/\{\w+\}/g)].map(String).toSorted().join(' ');
}
