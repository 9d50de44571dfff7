import { foldWord } from './language-fold.ts';

/** Words of a text in order, folded for matching, with where each stands in the original. */
export interface Tokens {
  text: string;
  /** Folded words; `U.S.` is one word, `us`. */
  words: readonly string[];
  /** Offsets into `text`: first character, and the one after the last. */
  starts: readonly number[];
  ends: readonly number[];
  /** Written wholly in capitals, at least two letters: `US` is a country, `us` is not. */
  caps: readonly boolean[];
  /** Numbers of the folded words, good for as long as `age` is the current one: comparing them is cheap. */
  ids: readonly number[];
  age: number;
}

const capitals = /^\p{Lu}[\p{Lu}\p{N}]+$/u;
const initials = /(?:\p{Lu}\.){2,}|(?:\p{Lu}\.)+\p{Lu}(?!\p{L})/uy;
const wordCharacter = /[\p{L}\p{M}\p{N}]/u;
const capitalCharacter = /\p{Lu}/u;

/** Kinds of UTF-16 unit, found once each: patterns over properties are too slow to run on every letter. */
const unknown = 0;
const other = 1;
const inWord = 2;
const capital = 3;
const kinds = new Uint8Array(65_536);

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const known = kinds[code] ?? unknown;
  if (known !== unknown) return known;
  // Halves of a pair stand for letters as often as not; they are taken as parts of words.
  const surrogate = code >= 0xd8_00 && code <= 0xdf_ff;
  const letter = text.charAt(at);
  const kind = capitalCharacter.test(letter) ? capital : surrogate || wordCharacter.test(letter) ? inWord : other;
  kinds[code] = kind;
  return kind;
}

/** End of the dotted initials that begin at `at`; `at` itself when there are none. */
function endOfInitials(text: string, at: number): number {
  if (text.charCodeAt(at + 1) !== 46) return at;
  initials.lastIndex = at;
  return initials.test(text) ? initials.lastIndex : at;
}

function endOfWord(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && kindAt(text, end) >= inWord) end += 1;
  return end;
}

interface Word {
  folded: string;
  id: number;
}

const recent = new Map<string, Tokens>();
const vocabularyLimit = 60_000;
let vocabulary = new Map<string, Word>();
let numbers = new Map<string, number>();
/** Goes up when the vocabulary was emptied: what was kept by number is void then. */
let age = 0;

/** No language read here has longer words; the rest of one tells nothing. */
const longestWord = 64;

function wordOf(whole: string): Word {
  const raw = whole.length > longestWord ? whole.slice(0, longestWord) : whole;
  const known = vocabulary.get(raw);
  if (known !== undefined) return known;
  const folded = foldWord(raw);
  const id = numbers.get(folded) ?? numbers.size;
  numbers.set(folded, id);
  const word = { folded, id };
  // A slice would keep its whole article alive.
  vocabulary.set(Buffer.from(raw).toString(), word);
  return word;
}

function keepVocabularySmall(): void {
  if (vocabulary.size < vocabularyLimit) return;
  vocabulary = new Map();
  numbers = new Map();
  recent.clear();
  age += 1;
}

function cut(text: string): Tokens {
  keepVocabularySmall();
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const caps: boolean[] = [];
  const ids: number[] = [];
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind < inWord) {
      at += 1;
      continue;
    }
    const dotted = kind === capital ? endOfInitials(text, at) : at;
    const end = dotted > at ? dotted : endOfWord(text, at);
    const raw = dotted > at ? text.slice(at, end).replaceAll('.', '') : text.slice(at, end);
    const word = wordOf(raw);
    words.push(word.folded);
    ids.push(word.id);
    starts.push(at);
    ends.push(end);
    caps.push(kind === capital && raw.length > 1 && kindAt(raw, 1) !== inWord && capitals.test(raw));
    at = end;
  }
  return { text, words, starts, ends, caps, ids, age };
}

const recentLimit = 400;
/** Longer texts are no sentences, and would fill the memory. */
const longestKept = 3_000;

/**
 * Cuts a text into folded words. Apostrophes and hyphens part words; dotted initials make one. Several readers
 * ask for the same sentences, so the latest answers are kept: treat them as read-only.
 */
export function tokenize(text: string): Tokens {
  const known = recent.get(text);
  if (known !== undefined) return known;
  const made = cut(text);
  if (text.length <= longestKept) {
    if (recent.size >= recentLimit) recent.clear();
    recent.set(text, made);
  }
  return made;
}

/** The original text from token `from` to before token `to`. */
export function spanText(tokens: Tokens, from: number, to: number): string {
  return tokens.text.slice(tokens.starts[from] ?? 0, tokens.ends[to - 1] ?? 0);
}
