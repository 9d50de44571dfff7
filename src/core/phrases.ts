import type { Countries, Country } from './country.ts';
import type { Message } from './message.ts';
import { translated } from './phrase-message.ts';
import {
  capitalAs,
  joint,
  lowerFirst,
  matched,
  type SlotKind,
  slotPattern,
  templateOf,
  withoutCapital,
} from './phrase-template.ts';

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

const regionsIn = (language: PhraseLanguage) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
const countryNames = { es: regionsIn('es'), fr: regionsIn('fr'), pt: regionsIn('pt') } as const;

/** Sentences go one by one, so that no template reaches over the end of one; a short form, as in U.S. or v., ends none. */
const sentences = [[/((?<=[.!?])(?<!\b(?:\p{Lu}|Dr|Proc|Rep|Sen|St|sec|v)\.) (?=\S))/u, false]] as const;
/** `A; B`, `A · B` and `A (B)`, of which some may be ours; `A: B` and `A, B`, all of which must be. */
const lists = [
  [/(; )/, false],
  [/( · )/, false],
  [/(, )/, true],
  [/( \(|\)(?= |$))/, false],
  [/(: )/, true],
] as const;

/** A slot may hold a phrase with slots of its own, and so on; no more than this. */
const deepest = 8;
/** In UTF-16 units: nothing of ours is longer, and foreign text should cost little. */
const longest = 2_000;
/** Words that are the same in every language: days, numbers, codes such as B-1. */
const isCode = (words: string): boolean => !/\p{Ll}/u.test(words);
/** What one text may cost, in tries weighed by length: foreign text made of our own words could fit in too many ways. */
const mostTried = 3_000;
/** A list of more names than this is none of ours. */
const mostNames = 24;

/** Reads the catalogue once; every language has every phrase. What says more goes first. */
export function createPhrases(catalogue: readonly Phrase[], countries: Countries): Phrases {
  const plain = new Map(
    catalogue.filter(({ en }) => !en.includes('{')).map((phrase) => [phrase.en.toLowerCase(), phrase]),
  );
  const templates = catalogue.filter(({ en }) => en.includes('{')).map(templateOf);
  templates.sort((a, b) => b.letters - a.letters);
  const beginning = (letter: string) => templates.filter(({ start }) => start === '' || start === letter);
  const byLetter = new Map(templates.map(({ start }) => [start, beginning(start)] as const));
  const beginningAnyhow = beginning('');
  let triesLeft = 0;
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
    const key = english.toLowerCase();
    const phrase = plain.get(key);
    if (phrase) return capitalAs(english, phrase[language]);
    const country = byName.get(key.replace(/^the /, ''));
    return country ? countryIn(country, language) : null;
  }

  /** What a slot holds, in the language; null where it may hold only what is ours, and does not. */
  function slotWords(
    { words, kind, leads }: { words: string; kind: SlotKind; leads: boolean },
    language: PhraseLanguage,
    depth: number,
  ): string | null {
    if (kind === 'typed') return words;
    if (kind === 'place') return known(words, language);
    if (kind === 'names' || kind === 'places')
      return namesIn(leads ? withoutCapital(words) : words, kind, language, depth);
    if (kind === 'any') return inner(words, language, depth);
    // What is left of another sentence is no part of this one.
    if (/[:;,.]$/.test(words)) return null;
    return whole(leads ? lowerFirst(words) : words, language, depth, true) ?? (isCode(words) ? words : null);
  }

  function filled(english: string, language: PhraseLanguage, depth: number): string | null {
    triesLeft -= 1 + english.length / 100;
    if (triesLeft < 0) return null;
    for (const template of byLetter.get(english.charAt(0).toLowerCase()) ?? beginningAnyhow) {
      const found = matched(template, english);
      if (!found) continue;
      const told = found.map((slot) => slotWords(slot, language, depth - 1));
      if (told.some((words) => words === null)) continue;
      const values = new Map(template.slots.map(({ name }, index) => [name, told[index] ?? '']));
      return template.phrase[language].replaceAll(slotPattern, (_all, name: string) => values.get(name) ?? '');
    }
    return null;
  }

  /** A list of names, of which one may hold an “and”: those of ours are told, others stay, or spoil it among places. */
  function namesIn(english: string, kind: 'names' | 'places', language: PhraseLanguage, depth: number): string | null {
    const other = (name: string) => (kind === 'names' ? name.replace(/^the /, '') : null);
    const tokens = english.split(/(, | and | or )/);
    if (tokens.length > mostNames) return other(english);
    const nameAt = (from: number, to: number) => {
      const name = tokens.slice(from, to).join('');
      const ours = known(name, language) ?? (kind === 'names' ? filled(name, language, depth - 1) : null);
      return ours ?? (to === from + 1 ? other(name) : null);
    };
    let said = '';
    for (let from = 0; from < tokens.length; ) {
      let to = tokens.length;
      let name = nameAt(from, to);
      while (name === null && to > from + 1) {
        to -= 2;
        name = nameAt(from, to);
      }
      if (name === null) return null;
      said += joint(tokens[from - 1] ?? '', name, language) + name;
      from = to + 1;
    }
    return said;
  }

  /** What stands between separators is told by itself; null when nothing is ours, or not all where all must be. */
  function parts(
    english: string,
    language: PhraseLanguage,
    depth: number,
    separators: readonly (readonly [RegExp, boolean])[],
    wholly: boolean,
  ): string | null {
    for (const [separator, mustAll] of separators) {
      const all = wholly || mustAll;
      const pieces = english.split(separator);
      if (pieces.length < 2) continue;
      const told = pieces.map((piece, index) => {
        if (index % 2 === 1) return spaced(piece, language);
        const said = whole(piece, language, depth - 1, all);
        return said !== null && separators === sentences ? capitalAs(piece, said) : said;
      });
      if (all && told.some((piece, index) => piece === null && !isCode(pieces[index] ?? ''))) continue;
      if (told.every((piece, index) => index % 2 === 1 || piece === null)) continue;
      return told.map((piece, index) => piece ?? pieces[index]).join('');
    }
    return null;
  }

  /** `wholly`: null too when only a part is ours. */
  function whole(english: string, language: PhraseLanguage, depth: number, wholly = false): string | null {
    if (depth === 0 || english.length > longest) return null;
    // Flags, bullets, addresses and spaces around the words stay where they are.
    const [, before = '', words = '', after = ''] =
      /^((?:https?:\/\/\S+ |[^\p{L}\p{N}“/])*)(.*?)([\s:]*)$/su.exec(english) ?? [];
    if (words === '') return null;
    const said =
      known(words, language) ??
      parts(words, language, depth, sentences, wholly) ??
      filled(words, language, depth) ??
      parts(words, language, depth, lists, wholly) ??
      withoutStop(words, language, depth, wholly);
    return said === null ? null : `${before}${said}${spaced(after, language)}`;
  }

  /** What is told within sentences may be one of its own. */
  function withoutStop(english: string, language: PhraseLanguage, depth: number, wholly: boolean): string | null {
    const said = english.endsWith('.') ? whole(english.slice(0, -1), language, depth, wholly) : null;
    return said === null ? null : `${said}.`;
  }

  const inner = (english: string, language: PhraseLanguage, depth: number) =>
    (depth > 0 ? whole(english, language, depth) : null) ?? english;

  function text(english: string, locale: string): string {
    const language = languageOf(locale);
    triesLeft = mostTried;
    return language === null ? english : capitalAs(english, inner(english, language, deepest));
  }

  return {
    text,
    message: (message, locale) =>
      languageOf(locale) === null ? message : translated(message, (words) => text(words, locale)),
  };
}

/** French has a space before a colon and a semicolon. */
function spaced(stops: string, language: PhraseLanguage): string {
  return language === 'fr' ? stops.replace(/^[:;]/, ' $&') : stops;
}

function languageOf(locale: string): PhraseLanguage | null {
  const code = locale.toLowerCase().split(/[-_]/)[0];
  return phraseLanguages.find((language) => language === code) ?? null;
}
