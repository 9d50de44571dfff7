import type { ReadingLanguage } from './reading-data.ts';

const caseEndings: Readonly<Partial<Record<ReadingLanguage, readonly string[]>>> = {
  sh: ['', 'a', 'e', 'i', 'u', 'o', 'om', 'em', 'ama', 'ima'],
  sq: ['', 'a', 'e', 'es', 'en', 'i', 'in', 'it', 'u', 'un', 'ut', 'se', 'ne', 'ja', 'je', 's', 'n'],
};

/** `Ruand@` becomes the word with every case ending of the language; a phrase may hold several such words. */
export function expandEndings(phrase: string, language: ReadingLanguage): string[] {
  // `Kubanc*` bears a vowel in the nominative and the genitive plural: `Kubanac`, `Kubanaca`.
  if (language === 'sh' && /^\p{Lu}\S*c\*$/u.test(phrase)) {
    const stem = phrase.slice(0, -2);
    return [phrase, `${stem}ac`, `${stem}aca`];
  }
  const endings = caseEndings[language];
  if (endings === undefined || !phrase.includes('@')) return [phrase];
  let forms = [''];
  for (const piece of phrase.split(/(?<=@)/)) {
    const stem = piece.replace('@', '');
    const suffixes = piece.endsWith('@') ? endings : [''];
    // `Mali` becomes `Malija`.
    const joint = language === 'sh' && stem.endsWith('i') ? 'j' : '';
    forms = forms.flatMap((form) => suffixes.map((suffix) => form + stem + (suffix === '' ? '' : joint) + suffix));
  }
  return forms;
}

/** A dictionary form (`Srbija`, `Iran`, `Serbi`) as a stem with `@`, for single words of inflecting languages. */
export function nominativeToStem(name: string, language: ReadingLanguage): string {
  if (caseEndings[language] === undefined || /\s|-/.test(name)) return name;
  if (language === 'sh') return `${name.replace(/[aeoaао]$/u, '')}@`;
  return `${name.replace(/[aëe]$/u, '')}@`;
}

const joinedPrepositions = ['ب', 'ل', 'ف', 'ك'];

/** Arabic writes `to` and `in` onto the word; names without an article take them bare. */
export function withArabicPrepositions(phrase: string): string[] {
  if (phrase.startsWith('ال')) return [phrase];
  return [phrase, ...joinedPrepositions.flatMap((letter) => [letter + phrase, `و${letter}${phrase}`])];
}
