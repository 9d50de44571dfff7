/** Ids of terms live in a fixed space, so that no table grows with history. */
export const termSpace = 1 << 21;

const stopwords = new Set(
  (
    'a an the and or but if of to in on at by for from with without into onto over under after before as is are was were be been being ' +
    'it its this that these those he she they them his her their we our you your i me my not no nor so than then there here has have had ' +
    'do does did done will would can could should may might must about against between during up down out off more most some any all ' +
    'what which who whom when where why how also just new says said say will us after amid vs via per s t re ve ll d m mr mrs ms'
  ).split(' '),
);

const numberWords: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  dozen: '12',
  fifteen: '15',
  twenty: '20',
};

/** FNV-1a of a string, folded into the term space. */
export function termId(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return ((hash >>> 0) ^ (hash >>> 21)) & (termSpace - 1);
}

const suffixes: readonly (readonly [string, string, number])[] = [
  ['ations', 'at', 3],
  ['ation', 'at', 3],
  ['ments', 'ment', 3],
  ['ingly', '', 4],
  ['edly', '', 4],
  ['ions', '', 4],
  ['ion', '', 4],
  ['ies', 'y', 2],
  ['ied', 'y', 2],
  ['ing', '', 3],
  ['ers', 'er', 3],
  ['ed', '', 3],
  ['es', '', 4],
  ['ly', '', 4],
  ['s', '', 3],
  ['e', '', 4],
];

/** A light English stemmer: enough to bring `blocks`, `blocked` and `blocking` together. */
export function stem(word: string): string {
  if (word.length < 4 || word.endsWith('ss')) return word;
  for (const [ending, replacement, least] of suffixes) {
    if (!word.endsWith(ending) || word.length - ending.length < least) continue;
    const base = word.slice(0, -ending.length) + replacement;
    const last = base.at(-1);
    const doubled = replacement === '' && last === base.at(-2) && last !== 's' && last !== 'l' && last !== 'e';
    return doubled ? base.slice(0, -1) : base;
  }
  return word;
}

export interface Token {
  /** Stemmed, lower case; a number word as digits. */
  term: string;
  id: number;
  /** Position among the words of the text, stop words counted. */
  at: number;
  /** Written with a capital where a sentence does not begin. */
  capital: boolean;
  number: boolean;
}

interface Known {
  term: string;
  id: number;
  number: boolean;
}

const known = new Map<string, Known | null>();
const knownLimit = 200_000;

function recognise(raw: string): Known | null {
  const found = known.get(raw);
  if (found !== undefined) return found;
  if (known.size >= knownLimit) known.clear();
  const lower = raw.toLowerCase();
  const digits = numberWords[lower] ?? lower;
  const number = digits >= '0' && digits < ':';
  const term = number ? digits : stem(lower);
  const skipped = stopwords.has(lower) || (lower.length < 2 && !number);
  const made = skipped ? null : { term, id: termId(term), number };
  known.set(raw, made);
  return made;
}

const wordPattern = /[\p{L}\p{N}]+(?:[.,]\d+)*/gu;

/** Words that carry meaning, in order; at most `limit` words of the text are looked at. */
export function tokenise(text: string, limit: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let end = -1;
  for (const match of text.matchAll(wordPattern)) {
    if (at >= limit) break;
    const raw = match[0];
    const word = recognise(raw);
    if (word) {
      const between = end < 0 ? '.' : text.slice(end, match.index);
      const begins = /[.!?\n:"“”]/.test(between);
      const first = raw.charCodeAt(0);
      const capital = !begins && first >= 65 && raw[0] !== raw[0]?.toLowerCase();
      tokens.push({ term: word.term, id: word.id, at, capital, number: word.number });
    }
    at++;
    end = match.index + raw.length;
  }
  return tokens;
}
