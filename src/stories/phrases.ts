import { type Tokens, tokenize } from './tokens.ts';

export { spanText, type Tokens, tokenize } from './tokens.ts';

/** One place where a phrase was found: token indexes, `to` exclusive. */
export interface PhraseMatch<T> {
  value: T;
  from: number;
  to: number;
}

interface Node<T> {
  next: Map<string, Node<T>> | null;
  /** Word beginnings, for entries such as `deport*`; kept by length so that a look-up is a slice. */
  prefixes: Map<string, Node<T>> | null;
  lengths: readonly number[];
  values: readonly T[];
}

/** Most nodes lead on by no beginning, and many end no phrase. */
const none: readonly never[] = [];

/** Finds every phrase of a fixed list in one walk over the words. */
export type PhraseMatcher<T> = (tokens: Tokens) => PhraseMatch<T>[];

function emptyNode<T>(): Node<T> {
  return { next: null, prefixes: null, lengths: none, values: none };
}

function childOf<T>(map: Map<string, Node<T>>, key: string): Node<T> {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = emptyNode<T>();
  map.set(key, made);
  return made;
}

/** Most nodes end a phrase: they have no map of their own. */
function nextChild<T>(node: Node<T>, key: string): Node<T> {
  node.next ??= new Map();
  return childOf(node.next, key);
}

function prefixChild<T>(node: Node<T>, prefix: string): Node<T> {
  node.prefixes ??= new Map();
  if (!node.lengths.includes(prefix.length)) node.lengths = [...node.lengths, prefix.length];
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

/** `{sent|flown} to` is `sent to` and `flown to`. */
function alternatives(phrase: string): string[] {
  const group = /\{([^{}]*)\}/.exec(phrase);
  if (group === null) return [phrase];
  const [before, after] = [phrase.slice(0, group.index), phrase.slice(group.index + group[0].length)];
  return (group[1] ?? '').split('|').flatMap((one) => alternatives(`${before}${one}${after}`));
}

function insert<T>(root: Node<T>, phrase: string, value: T): void {
  let node = root;
  for (const key of phraseKeys(phrase)) {
    node = key.endsWith('*') ? prefixChild(node, key.slice(0, -1)) : nextChild(node, key);
  }
  // Made anew, it has no room to spare: a list that is pushed to takes room for seventeen, in ten thousands of nodes.
  if (node !== root) node.values = [...node.values, value];
}

/** Nodes that a word leads to: by itself, as written in capitals, and by its beginnings. */
function nextNodes<T>(node: Node<T>, word: string, isCaps: boolean): Node<T>[] {
  const nodes: Node<T>[] = [];
  const exact = node.next?.get(word);
  if (exact !== undefined) nodes.push(exact);
  const written = isCaps ? node.next?.get(`^${word}`) : undefined;
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
  if (word === undefined || (node.next === null && node.prefixes === null)) return;
  for (const next of nextNodes(node, word, tokens.caps[at] === true)) walk(next, tokens, start, at + 1, found);
}

function grown(list: Int32Array<ArrayBuffer>, key: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(list.length * 2, key + 1_024));
  larger.set(list);
  return larger;
}

/**
 * Builds a matcher over a trie of words; one walk finds all phrases, however many there are. In a phrase
 * `word*` stands for any word that begins so, `{a|b}` for either, and a word in capitals matches only capitals.
 */
export function createPhraseMatcher<T>(entries: Iterable<readonly [phrase: string, value: T]>): PhraseMatcher<T> {
  const root = emptyNode<T>();
  for (const [phrase, value] of entries) {
    for (const one of alternatives(phrase)) insert(root, one, value);
  }
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
