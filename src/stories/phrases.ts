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

const wordPattern = /(?:\p{Lu}\.){2,}|(?:\p{Lu}\.)+\p{Lu}(?!\p{L})|[\p{L}\p{M}\p{N}]+/gu;
const capitals = /^\p{Lu}[\p{Lu}\p{N}]+$/u;

/** Cuts a text into folded words. Apostrophes and hyphens part words; dotted initials make one. */
export function tokenize(text: string): Tokens {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const caps: boolean[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const raw = match[0].includes('.') ? match[0].replaceAll('.', '') : match[0];
    words.push(foldWord(raw));
    starts.push(match.index);
    ends.push(match.index + match[0].length);
    caps.push(raw.length > 1 && capitals.test(raw));
  }
  return { text, words, starts, ends, caps };
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

function walk<T>(node: Node<T>, tokens: Tokens, start: number, at: number, found: PhraseMatch<T>[]): void {
  for (const value of node.values) found.push({ value, from: start, to: at });
  const word = tokens.words[at];
  if (word === undefined) return;
  const exact = node.next.get(word);
  if (exact !== undefined) walk(exact, tokens, start, at + 1, found);
  if (tokens.caps[at] === true) {
    const written = node.next.get(`^${word}`);
    if (written !== undefined) walk(written, tokens, start, at + 1, found);
  }
  if (node.prefixes === null) return;
  for (const length of node.lengths) {
    if (length > word.length) continue;
    const begun = node.prefixes.get(word.slice(0, length));
    if (begun !== undefined) walk(begun, tokens, start, at + 1, found);
  }
}

/**
 * Builds a matcher over a trie of words; one walk finds all phrases, however many there are. In a phrase
 * `word*` stands for any word that begins so, and a word in capitals matches only capitals.
 */
export function createPhraseMatcher<T>(entries: Iterable<readonly [phrase: string, value: T]>): PhraseMatcher<T> {
  const root = emptyNode<T>();
  for (const [phrase, value] of entries) insert(root, phrase, value);
  return (tokens) => {
    const found: PhraseMatch<T>[] = [];
    for (let at = 0; at < tokens.words.length; at += 1) walk(root, tokens, at, at, found);
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
