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

/** One place where a phrase was found: token indexes, `to` exclusive. */
export interface PhraseMatch<T> {
  value: T;
  from: number;
  to: number;
}

interface Node<T> {
  next: Map<string, Node<T>>;
  /** Word beginnings, for entries such as `deport*`; kept by length so that a look-up is a slice. */
  prefixes: Map<string, Node<T>> | null;
  lengths: number[];
  values: T[];
}

/** Finds every phrase of a fixed list in one walk over the words. */
export type PhraseMatcher<T> = (tokens: Tokens) => PhraseMatch<T>[];

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
const vocabularyLimit = 150_000;
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

function emptyNode<T>(): Node<T> {
  return { next: new Map(), prefixes: null, lengths: [], values: [] };
}

function childOf<T>(map: Map<string, Node<T>>, key: string): Node<T> {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = emptyNode<T>();
  map.set(key, made);
  return made;
}

function prefixChild<T>(node: Node<T>, prefix: string): Node<T> {
  node.prefixes ??= new Map();
  if (!node.lengths.includes(prefix.length)) node.lengths.push(prefix.length);
  return childOf(node.prefixes, prefix);
}

/** Words of a phrase as keys: `deport*` any word that begins so, `^us` only where written in capitals. */
function phraseKeys(phrase: string): string[] {
  const keys: string[] = [];
  for (const part of phrase.split(/\s+/)) {
    const { words, caps } = tokenize(part);
    words.forEach((word, at) => keys.push(caps[at] === true ? `^${word}` : word));
    if (part.endsWith('*') && keys.length > 0) keys.push(`${keys.pop() ?? ''}*`);
  }
  return keys;
}

function insert<T>(root: Node<T>, phrase: string, value: T): void {
  let node = root;
  for (const key of phraseKeys(phrase)) {
    node = key.endsWith('*') ? prefixChild(node, key.slice(0, -1)) : childOf(node.next, key);
  }
  if (node !== root) node.values.push(value);
}

/** Nodes that a word leads to: by itself, as written in capitals, and by its beginnings. */
function nextNodes<T>(node: Node<T>, word: string, isCaps: boolean): Node<T>[] {
  const nodes: Node<T>[] = [];
  const exact = node.next.get(word);
  if (exact !== undefined) nodes.push(exact);
  const written = isCaps ? node.next.get(`^${word}`) : undefined;
  if (written !== undefined) nodes.push(written);
  if (node.prefixes === null) return nodes;
  for (const length of node.lengths) {
    const begun = length > word.length ? undefined : node.prefixes.get(word.slice(0, length));
    if (begun !== undefined) nodes.push(begun);
  }
  return nodes;
}

function walk<T>(node: Node<T>, tokens: Tokens, start: number, at: number, found: PhraseMatch<T>[]): void {
  for (const value of node.values) found.push({ value, from: start, to: at });
  const word = tokens.words[at];
  if (word === undefined || (node.next.size === 0 && node.prefixes === null)) return;
  for (const next of nextNodes(node, word, tokens.caps[at] === true)) walk(next, tokens, start, at + 1, found);
}

function grown(list: Int32Array<ArrayBuffer>, key: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(list.length * 2, key + 1_024));
  larger.set(list);
  return larger;
}

/**
 * Builds a matcher over a trie of words; one walk finds all phrases, however many there are. In a phrase
 * `word*` stands for any word that begins so, and a word in capitals matches only capitals.
 */
export function createPhraseMatcher<T>(entries: Iterable<readonly [phrase: string, value: T]>): PhraseMatcher<T> {
  const root = emptyNode<T>();
  for (const [phrase, value] of entries) insert(root, phrase, value);
  // Nearly every word begins no phrase: what a word opens is looked up once, then found by its number.
  // 0 has not been looked up, 1 opens nothing, above that an index into `lists`.
  let opened = new Int32Array(2_048);
  let lists: (readonly Node<T>[])[] = [];
  let openedAge = -1;
  const look = (tokens: Tokens, at: number, key: number): number => {
    if (key >= opened.length) opened = grown(opened, key);
    const nodes = nextNodes(root, tokens.words[at] ?? '', tokens.caps[at] === true);
    const index = nodes.length === 0 ? 1 : lists.push(nodes) + 1;
    opened[key] = index;
    return index;
  };
  return (tokens) => {
    if (openedAge !== tokens.age) {
      opened = new Int32Array(2_048);
      lists = [];
      openedAge = tokens.age;
    }
    const found: PhraseMatch<T>[] = [];
    const { ids, caps } = tokens;
    for (let at = 0; at < ids.length; at += 1) {
      const key = (ids[at] ?? 0) * 2 + (caps[at] === true ? 1 : 0);
      let index = opened[key] ?? 0;
      if (index === 1) continue;
      if (index === 0) index = look(tokens, at, key);
      for (const node of lists[index - 2] ?? []) walk(node, tokens, at, at + 1, found);
    }
    return found;
  };
}

/** Of matches that overlap keeps the longest, in order: `Equatorial Guinea` hides the `Guinea` in it. */
export function longestMatches<T>(matches: readonly PhraseMatch<T>[]): PhraseMatch<T>[] {
  const kept: PhraseMatch<T>[] = [];
  const byStart = [...matches].sort((a, b) => a.from - b.from || b.to - a.to);
  let until = -1;
  let last: PhraseMatch<T> | undefined;
  for (const match of byStart) {
    const twin = last !== undefined && match.from === last.from && match.to === last.to;
    if (match.from < until && !twin) continue;
    kept.push(match);
    last = match;
    until = match.to;
  }
  return kept;
}
