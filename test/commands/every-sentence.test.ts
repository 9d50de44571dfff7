import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { phraseLanguages } from '../../src/core/phrases.ts';
import { shippedPhrases } from '../adapters/discord/open.ts';
import { literalsOf } from './literals.ts';

/** Where sentences stand that people are answered with. */
const said = [
  'src/commands',
  'src/feeds',
  'src/lib/http.ts',
  'src/lib/http-body.ts',
  'src/lib/http-connect.ts',
  'src/lib/http-deadline.ts',
  'src/lib/http-errors.ts',
  'src/lib/thread-pool.ts',
  'src/core/matches.ts',
  'src/delivery/preview.ts',
  'src/delivery/withdraw.ts',
  'src/adapters/discord/interactions.ts',
  'src/adapters/discord/answering.ts',
  'src/adapters/discord/pressing.ts',
  'src/adapters/discord/subscribing.ts',
  'src/adapters/discord/speaking.ts',
  'src/adapters/discord/forms.ts',
  'src/adapters/discord/guilds.ts',
  'src/adapters/discord/reconcile.ts',
];

/** For the log and the configuration, or words that are looked for and never said. */
const unsaid = new Set([
  'Imported from OPML.',
  'entries taken back by their publisher',
  'ddos protection by',
  'are you a robot',
  'verify you are human',
  'verifying you are human',
  'that you are a person',
  'enable javascript and cookies',
  'interaction could not be answered',
  'guild event could not be handled',
  'a change of rights could not be handled',
]);

/** Words that no English sentence does without, and that are none of the other languages. */
const english =
  /(?<![\p{L}\p{N}-])(the|of|is|are|was|were|and|this|that|with|for|from|not|who|which|has|have|been|to|by|it|they|than|before|after|at|its|nothing|there|could|does)(?![\p{L}\p{N}:-])/iu;

/** What may stand in the gaps of a sentence, the same in all or one after the other. */
const fillings = [
  ['Zagreb'],
  ['3'],
  ['2026-01-02'],
  ['https://example.org/a'],
  ['signed'],
  ['daily'],
  ['edit'],
  ['Laos'],
  ['laos', ''],
  ['3', ''],
  ['3', '3', '3', ''],
  ['3', '3', 'approved', ''],
  ['3 developments', '3', '3', ''],
  ['approved', '2026-01-02', 'Zagreb'],
  ['Today', 'Laos', '', ''],
  ['Today', 'full entry suspension', 'Laos', '2026-01-02', ''],
  ['2026-01-02', 'full entry suspension', 'Proclamation 10998'],
  ['nothing new for 3 days, usual is every 3 hours'],
];

/** Goes on with a sentence, which is told as a whole. */
const continues = /^[ ,;]+\p{Ll}/u;

const fill = (sentence: string, words: readonly string[]): string => {
  let at = 0;
  return sentence.replaceAll('\0', () => words[at++ % words.length] ?? '').trim();
};

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(`${path}/${name}`));
}

const sentences = said
  .flatMap(filesIn)
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => literalsOf(readFileSync(path, 'utf8')).map((words) => ({ path, words })))
  .filter(
    ({ words }) => /\s/.test(words.trim()) && english.test(words) && !unsaid.has(words) && !continues.test(words),
  );

describe.each(phraseLanguages)('every sentence of ours in %s', (language) => {
  it('is told in that language, so that none is added in English alone', () => {
    expect(sentences.length).toBeGreaterThan(300);
    const left = sentences.filter(({ words }) =>
      fillings
        .flatMap((filling) => ['', '.', ': Laos'].map((end) => fill(words, filling) + end))
        .every((sentence) => english.test(shippedPhrases.text(sentence, language))),
    );
    expect(left.map(({ path, words }) => `${path}: ${words.replaceAll('\0', '{}')}`)).toEqual([]);
  });
});
