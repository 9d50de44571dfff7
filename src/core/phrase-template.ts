import type { Phrase, PhraseLanguage } from './phrases.ts';

/**
 * What may stand in a slot: what is typed and stays as it is; only words of ours; only a country, or
 * several; names, of which some may be ours; or any words.
 */
export type SlotKind = 'typed' | 'ours' | 'place' | 'places' | 'names' | 'any';

interface Slot {
  name: string;
  kind: SlotKind;
  /** It begins the English, where a capital says nothing. */
  leads: boolean;
}

export interface Template {
  slots: readonly Slot[];
  phrase: Phrase;
  /** Letters of its own, outside the slots. */
  letters: number;
  pattern: RegExp;
  /** The letter that it begins with, in lower case; empty for a slot. */
  start: string;
  /** What stands between the slots: most other sentences are told apart by it, which spares the pattern. */
  literals: readonly string[];
}

export const slotPattern = /\{(\w+)\}/g;

/** Slots whose words are told by their shape: numbers, days, hours, names without a colon. */
const shapes: ReadonlyMap<string, string> = new Map([
  ['count', String.raw`(\d+)`],
  ['year', String.raw`(\d{4})`],
  ['instrument', '([^:;]*?[^:;,])'],
  ['place', '([^:;]+?)'],
  ['seat', '([^,]+?)'],
  ['from', String.raw`(\d[\d:-]*)`],
  ['until', String.raw`(\d[\d:-]*)`],
]);

/** A remark in brackets is none of a slot's. */
const anyWords = String.raw`((?!\().+?)`;

/** Slots of one kind wherever they stand. Headlines are told by them: an outlet's own is none of ours. */
const kinds: Readonly<Record<string, SlotKind>> = {
  option: 'typed',
  instrument: 'typed',
  places: 'places',
  place: 'place',
  names: 'names',
  tellers: 'names',
  matter: 'ours',
  court: 'ours',
  clause: 'ours',
  figure: 'ours',
  second: 'ours',
  gap: 'ours',
  typed: 'typed',
  same: 'typed',
  seat: 'typed',
};

/** A template with fewer letters of its own (`{one} or {other}`) fits by chance: all in its slots must be ours too. */
const fewLetters = 4;

/** The pattern of a phrase that has slots; one that begins in small letters may begin a sentence too. */
export function templateOf(phrase: Phrase): Template {
  const { en } = phrase;
  const literals = en.split(/\{\w+\}/);
  const letters = en.replaceAll(slotPattern, '').replaceAll(/\P{L}/gu, '').length;
  // After a slash and between quotes stands what is typed.
  const typed = new Set([...en.matchAll(/[/“]\{(\w+)\}/g)].map((match) => match[1]));
  const slots = [...en.matchAll(slotPattern)].map(({ 1: name = '', index }): Slot => {
    const kind = typed.has(name) ? 'typed' : (kinds[name] ?? (letters < fewLetters ? 'ours' : 'any'));
    return { name, kind, leads: index === 0 };
  });
  const [first = '', ...rest] = literals.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const begin = first.replace(/^\p{Ll}/u, (letter) => `[${letter}${letter.toUpperCase()}]`);
  const source = begin + rest.map((part, at) => `${shapes.get(slots[at]?.name ?? '') ?? anyWords}${part}`).join('');
  return {
    slots,
    phrase,
    letters,
    pattern: new RegExp(`^${source}$`, 'su'),
    start: en.startsWith('{') ? '' : en.charAt(0).toLowerCase(),
    literals,
  };
}

/** What a text has in the slots; null when it is another. */
export function matched(
  { slots, pattern, literals }: Template,
  english: string,
): readonly (Slot & { words: string })[] | null {
  if (!literals.every((part, at) => english.includes(at === 0 ? part.slice(1) : part))) return null;
  const match = pattern.exec(english);
  return match && slots.map((slot, index) => ({ ...slot, words: match[index + 1] ?? '' }));
}

const ands: Readonly<Record<PhraseLanguage, readonly [and: string, or: string]>> = {
  es: ['y', 'o'],
  fr: ['et', 'ou'],
  pt: ['e', 'ou'],
};

/** What joins a name to those before it: `, `, ` and ` or ` or `, as the language has it before that name. */
export function joint(english: string, name: string, language: PhraseLanguage): string {
  const [and, or] = ands[language];
  if (english === ' and ') return language === 'es' && /^(i|hi(?![eg]))/i.test(name) ? ' e ' : ` ${and} `;
  if (english === ' or ') return language === 'es' && /^h?o/i.test(name) ? ' u ' : ` ${or} `;
  return english;
}

export function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** `The White House` as it is called within a sentence. */
export function withoutCapital(words: string): string {
  return words.replace(/^(The|An?) /, (article) => article.toLowerCase());
}

/** Begins with a capital where the English does, after flags and bullets. */
export function capitalAs(english: string, words: string): string {
  if (!/^[^\p{L}\p{N}/]*\p{Lu}/u.test(english)) return words;
  return words.replace(
    /^([^\p{L}\p{N}/]*)(\p{Ll})/u,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
