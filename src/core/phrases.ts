import type { Countries, Country } from './country.ts';
import type { Block, Line, Message, Span } from './message.ts';

/** Languages, as ISO 639-1, that answers are given in beside English. */
export const phraseLanguages = ['es', 'fr', 'pt'] as const;
export type PhraseLanguage = (typeof phraseLanguages)[number];

/** An English phrase and what it is called elsewhere. `{name}` stands for what changes. */
export type Phrase = { en: string } & Readonly<Record<PhraseLanguage, string>>;

/** Turns our own English words into those of whoever asks; all that is not ours, or not known, stays as it is. */
export interface Phrases {
  /** `locale` as platforms give it: `es-419`, `pt-BR`. */
  text(english: string, locale: string): string;
  message(message: Message, locale: string): Message;
}

/** For where there is no catalogue. */
export const englishOnly: Phrases = { text: (english) => english, message: (message) => message };

interface Template {
  pattern: RegExp;
  slots: readonly string[];
  /** Slots after a slash, between quotes, and for an option hold what is typed: it stays as it is. */
  typed: ReadonlySet<string>;
  phrase: Phrase;
  /** Letters of its own, outside the slots. */
  letters: number;
}

const namesIn = (language: PhraseLanguage) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
const countryNames = { es: namesIn('es'), fr: namesIn('fr'), pt: namesIn('pt') } as const;

/** Slots that hold numbers, days or hours alone: their words are too few to be told from others' otherwise. */
const numeric: ReadonlyMap<string, string> = new Map([
  ['count', String.raw`(\d+)`],
  ['from', String.raw`(\d[\d:-]*)`],
  ['until', String.raw`(\d[\d:-]*)`],
]);
const slot = /\{(\w+)\}/g;
/** Sentences go one by one, so that no template reaches over the end of one; an initial, as in U.S., ends none. */
const sentences = [[/((?<=[.!?])(?<!\b\p{Lu}\.) (?=\S))/u, false]] as const;
/** `A; B` and `A (B)`, of which some may be ours; `A: B` and `A, B`, all of which must be. */
const lists = [
  [/(; )/, false],
  [/( \(|\)(?= |$))/, false],
  [/(: )/, true],
  [/(, )/, true],
] as const;

/** A slot may hold a phrase with slots of its own, and so on; no more than this. */
const deepest = 6;
/** In UTF-16 units: nothing of ours is longer, and foreign text should cost little. */
const longest = 2_000;
/** Words that are the same in every language: days, numbers, codes such as B-1. */
const isCode = (words: string): boolean => !/\p{Ll}/u.test(words);
/** A template with fewer letters of its own (`{one} or {other}`) fits by chance: all in its slots must be ours too. */
const fewLetters = 4;

/** Reads the catalogue once; every language has every phrase. What says more goes first. */
export function createPhrases(catalogue: readonly Phrase[], countries: Countries): Phrases {
  const plain = new Map(
    catalogue.filter(({ en }) => !en.includes('{')).map((phrase) => [phrase.en.toLowerCase(), phrase]),
  );
  const templates = catalogue.filter(({ en }) => en.includes('{')).map(templateOf);
  templates.sort((a, b) => b.letters - a.letters);
  const telling = templates.filter(({ letters }) => letters >= fewLetters);
  const slight = templates.filter(({ letters }) => letters < fewLetters);
  const byName = new Map(
    countries.all.flatMap((country) =>
      [...(country.names['en'] ?? []), country.name].map((name) => [name.toLowerCase(), country] as const),
    ),
  );

  /** As the Unicode data have it, where that name is no other country's too. */
  function countryIn({ code, names }: Country, language: PhraseLanguage): string | null {
    const name = countryNames[language].of(code);
    const match = name === undefined ? null : countries.resolve(name);
    const isPlain = match?.kind === 'found' && match.country.code === code;
    return (isPlain ? name : names[language]?.[0]) ?? null;
  }

  function known(english: string, language: PhraseLanguage): string | null {
    const phrase = plain.get(english.toLowerCase());
    if (phrase) return likeFirst(english, phrase[language]);
    const country = byName.get(english.toLowerCase());
    return country ? countryIn(country, language) : null;
  }

  function filled(english: string, language: PhraseLanguage, depth: number): string | null {
    for (const { pattern, slots, typed, phrase } of telling) {
      const match = pattern.exec(english);
      if (!match) continue;
      const said = (name: string, words = '') => (typed.has(name) ? words : inner(words, language, depth - 1));
      const values = new Map(slots.map((name, index) => [name, said(name, match[index + 1])]));
      return phrase[language].replaceAll(slot, (_all, name: string) => values.get(name) ?? '');
    }
    return null;
  }

  function filledWhole(english: string, language: PhraseLanguage, depth: number): string | null {
    for (const { pattern, slots, phrase } of slight) {
      const match = pattern.exec(english);
      if (!match) continue;
      const told = slots.map((name, index) => {
        const words = match[index + 1] ?? '';
        return [name, whole(words, language, depth - 1) ?? (isCode(words) ? words : null)] as const;
      });
      if (told.some(([, words]) => words === null)) continue;
      const values = new Map(told);
      return phrase[language].replaceAll(slot, (_all, name: string) => values.get(name) ?? '');
    }
    return null;
  }

  /** What stands between separators is told by itself; null when nothing is ours, or not all where all must be. */
  function parts(
    english: string,
    language: PhraseLanguage,
    depth: number,
    separators: readonly (readonly [RegExp, boolean])[],
  ): string | null {
    for (const [separator, all] of separators) {
      const pieces = english.split(separator);
      if (pieces.length < 2) continue;
      const told = pieces.map((piece, index) => (index % 2 === 1 ? piece : whole(piece, language, depth - 1)));
      if (all && told.some((piece, index) => piece === null && !isCode(pieces[index] ?? ''))) continue;
      if (told.every((piece, index) => index % 2 === 1 || piece === null)) continue;
      return told.map((piece, index) => piece ?? pieces[index]).join('');
    }
    return null;
  }

  function whole(english: string, language: PhraseLanguage, depth: number): string | null {
    if (depth === 0 || english.length > longest) return null;
    // Flags, bullets and spaces around the words stay where they are.
    const [, before = '', words = '', after = ''] = /^([^\p{L}\p{N}“/]*)(.*?)([\s:]*)$/su.exec(english) ?? [];
    if (words === '') return null;
    const said =
      known(words, language) ??
      parts(words, language, depth, sentences) ??
      filled(words, language, depth) ??
      filledWhole(words, language, depth) ??
      parts(words, language, depth, lists);
    return said === null ? null : `${before}${said}${after}`;
  }

  const inner = (english: string, language: PhraseLanguage, depth: number) =>
    (depth > 0 ? whole(english, language, depth) : null) ?? english;

  function text(english: string, locale: string): string {
    const language = languageOf(locale);
    return language === null ? english : inner(english, language, deepest);
  }

  return {
    text,
    message: (message, locale) =>
      languageOf(locale) === null ? message : told(message, (words) => text(words, locale)),
  };
}

function languageOf(locale: string): PhraseLanguage | null {
  const code = locale.toLowerCase().split(/[-_]/)[0];
  return phraseLanguages.find((language) => language === code) ?? null;
}

function templateOf(phrase: Phrase): Template {
  const slots = [...phrase.en.matchAll(slot)].map((match) => match[1] ?? '');
  const [first = '', ...rest] = phrase.en
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const source = first + rest.map((part, index) => `${numeric.get(slots[index] ?? '') ?? '(.+?)'}${part}`).join('');
  const letters = phrase.en.replaceAll(slot, '').replaceAll(/\P{L}/gu, '').length;
  const typed = new Set(['option', ...[...phrase.en.matchAll(/[/“]\{(\w+)\}/g)].map((match) => match[1] ?? '')]);
  return { pattern: new RegExp(`^${source}$`, 'su'), slots, typed, phrase, letters };
}

/** A phrase is kept once, whether it begins a line or stands in one. */
function likeFirst(english: string, other: string): string {
  const first = english.charAt(0);
  const isCapital = first !== first.toLowerCase();
  return isCapital ? other.charAt(0).toUpperCase() + other.slice(1) : other;
}

/** Everything in a message that is words; addresses and commands stay. */
function told(message: Message, say: (words: string) => string): Message {
  const span = (one: Span): Span => {
    if (typeof one === 'string') return say(one);
    // A link's words are most often a foreign headline: only those of ours that are known change.
    return { ...one, text: say(one.text) };
  };
  const line = (words: Line): Line => words.map(span);
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'text':
        return { ...one, lines: one.lines.map(line) };
      case 'list':
        return { ...one, items: one.items.map(line) };
      case 'fields':
        return { ...one, fields: one.fields.map(({ name, value }) => ({ name: say(name), value: line(value) })) };
      case 'heading':
        return { ...one, text: say(one.text) };
      case 'note':
        return { ...one, line: line(one.line) };
    }
  };
  return {
    ...message,
    title: say(message.title),
    plain: say(message.plain),
    blocks: message.blocks.map(block),
    ...(message.footer ? { footer: line(message.footer) } : {}),
    ...(message.actions ? { actions: message.actions.map((action) => ({ ...action, label: say(action.label) })) } : {}),
    ...(message.picture ? { picture: { ...message.picture, alt: say(message.picture.alt) } } : {}),
  };
}
