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
  /** As written. */
  raw: string;
  /** Null for a word that carries no meaning. */
  term: string | null;
  id: number;
  number: boolean;
  /** Begins with a capital. */
  upper: boolean;
}

function recognise(written: string): Known {
  // A slice would keep its whole article alive.
  const raw = Buffer.from(written).toString();
  const lower = raw.toLowerCase();
  const digits = numberWords[lower] ?? lower;
  const number = digits >= '0' && digits < ':';
  const term = number ? digits : stem(lower);
  const skipped = stopwords.has(lower) || (lower.length < 2 && !number);
  const upper = raw.charCodeAt(0) >= 65 && raw[0] !== raw[0]?.toLowerCase();
  return { raw, term: skipped ? null : term, id: termId(term), number, upper };
}

/** Words seen before, found by the characters themselves: no string is made for a word that is known. */
const knownLimit = 200_000;
let table = emptyTable(1 << 14);
let knownCount = 0;

function emptyTable(size: number): (Known | undefined)[] {
  return Array.from({ length: size });
}

function slotOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (table.length - 1);
}

/** Twice the room, before half of it is taken. */
function grow(): void {
  const words = table;
  table = emptyTable(2 * words.length);
  for (const word of words) {
    if (!word) continue;
    let slot = slotOf(word.raw, 0, word.raw.length);
    while (table[slot]) slot = (slot + 1) & (table.length - 1);
    table[slot] = word;
  }
}

function isAt(text: string, from: number, raw: string): boolean {
  for (let i = 0; i < raw.length; i++) if (text.charCodeAt(from + i) !== raw.charCodeAt(i)) return false;
  return true;
}

function knownAt(text: string, from: number, to: number): Known {
  let slot = slotOf(text, from, to);
  for (let found = table[slot]; found; found = table[slot]) {
    if (found.raw.length === to - from && isAt(text, from, found.raw)) return found;
    slot = (slot + 1) & (table.length - 1);
  }
  const made = recognise(text.slice(from, to));
  if (knownCount >= knownLimit) {
    table.fill(undefined);
    knownCount = 0;
    return made;
  }
  table[slot] = made;
  knownCount++;
  if (2 * knownCount > table.length) grow();
  return made;
}

/** Kinds of UTF-16 unit, found once each; letters beyond the basic plane are told by both their halves. */
const inWord = 1;
const between = 2;
/** After these a sentence or a quotation begins. */
const beginning = 3;
const kinds = new Uint8Array(65_536);
const wordCharacter = /[\p{L}\p{N}]/u;

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const known = kinds[code] as number;
  if (known !== 0) return known;
  if (code >= 0xd8_00 && code <= 0xdf_ff) {
    const whole = text.codePointAt(code < 0xdc_00 ? at : at - 1) ?? 0;
    return whole > 0xff_ff && wordCharacter.test(String.fromCodePoint(whole)) ? inWord : between;
  }
  const letter = text.charAt(at);
  const kind = wordCharacter.test(letter) ? inWord : '.!?\n:"“”'.includes(letter) ? beginning : between;
  kinds[code] = kind;
  return kind;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** End of the word that begins at `at`, with the figures after a point or comma: `1,000.5` is one word. */
function endOfWord(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && kindAt(text, end) === inWord) end++;
  while ((text[end] === '.' || text[end] === ',') && isDigit(text, end + 1)) {
    end++;
    while (isDigit(text, end)) end++;
  }
  return end;
}

/** Words that carry meaning, in order; at most `limit` words of the text are looked at. */
export function tokenise(text: string, limit: number): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let begins = true;
  for (let i = 0; i < text.length && at < limit; ) {
    const kind = kindAt(text, i);
    if (kind !== inWord) {
      begins ||= kind === beginning;
      i++;
      continue;
    }
    const end = endOfWord(text, i);
    const { term, id, number, upper } = knownAt(text, i, end);
    if (term !== null) tokens.push({ term, id, at, capital: upper && !begins, number });
    begins = false;
    at++;
    i = end;
  }
  return tokens;
}
