import type { Feature } from './logistic.ts';
import type { Regime } from './types.ts';
import { figure, stride, type Vector } from './vector.ts';

/** What comparison needs of an article in the window. */
export interface Doc {
  id: string;
  vector: Vector;
  /** Milliseconds; NaN when nobody told a date. */
  time: number;
  outlet: string | null;
}

export const pairFeatures: readonly Feature[] = [
  ['title', 0.15, 0.35, 0.6],
  ['lead', 0.1, 0.25, 0.45],
  ['all', 0.1, 0.2, 0.35, 0.5],
  ['titleInOther', 0.25, 0.5, 0.75],
  ['titleInOtherLeast', 0.25, 0.5, 0.75],
  ['names', 0.2, 0.4, 0.6],
  ['words', 0.1, 0.2, 0.35],
  ['numbers', 0.2],
  ['rarest', 0.4, 0.6, 0.8],
  ['rarestTitle', 0.3, 0.6, 0.8],
  ['shared', 0.15, 0.3, 0.5],
  ['bigrams', 0.15],
  ['numbersClash'],
  ['namesClash'],
  ['gap', 0.6, 1.6, 3],
  ['sameOutlet'],
  ['shortest', 0.08, 0.15, 0.3, 0.6],
  ['bare'],
];

const position = new Map(pairFeatures.map(([name], i) => [name, i]));
/** Where a feature's value stands. */
export function pairAt(name: string): number {
  return position.get(name) ?? -1;
}

/** Words from which a text tells enough of its event to be judged without a date. */
const longText = 100;
/** Days taken for the gap between articles of which one is undated. */
const unknownGap = 2;

export function regimeOf(a: Doc, b: Doc): Regime {
  const shortest = Math.min(a.vector.words, b.vector.words);
  if (shortest < longText && (Number.isNaN(a.time) || Number.isNaN(b.time))) return 'undated';
  return shortest < 4 ? 'bare' : 'full';
}

/** Dense copies of one article's vectors, so that others are compared in one pass over their terms. */
export interface Comparer {
  load(doc: Doc): void;
  /** Values of `pairFeatures` for the loaded article and `other`, in a buffer that the next call reuses. */
  compare(other: Doc): Float64Array;
}

const day = 86_400_000;

/** Days between two articles, at most 8; 0 where a date is missing. */
export function gapOf(a: Doc, b: Doc): number {
  const gap = Math.abs(a.time - b.time) / day;
  if (!Number.isNaN(gap)) return Math.min(gap, 8);
  return regimeOf(a, b) === 'full' ? unknownGap : 0;
}

/** Slots of the loaded article's terms: few enough to stay in the cache. */
const slotCount = 1 << 15;

export function createComparer(): Comparer {
  /** By the low bits of a term's id: one more than its place in the loaded article, 0 for none. */
  const slots = new Uint8Array(slotCount);
  /** By place: one more than that of the next term in the same slot. */
  const next = new Uint8Array(256);
  const values = new Float64Array(pairFeatures.length);
  let loaded: Doc | null = null;

  function mark({ vector: { ids } }: Doc): void {
    for (let i = 0; i < ids.length; i++) {
      const slot = (ids[i] as number) & (slotCount - 1);
      next[i] = slots[slot] as number;
      slots[slot] = i + 1;
    }
  }

  function unmark({ vector: { ids } }: Doc): void {
    for (const id of ids) slots[id & (slotCount - 1)] = 0;
  }

  function load(doc: Doc): void {
    if (loaded) unmark(loaded);
    loaded = doc;
    mark(doc);
  }

  function compare(doc: Doc): Float64Array {
    if (!loaded) throw new Error('compare() before load()');
    const a = loaded.vector;
    const b = doc.vector;
    const { ids: terms, figures: mine } = a;
    const { ids, figures } = b;
    let tt = 0;
    let ll = 0;
    let aa = 0;
    let aInB = 0;
    let bInA = 0;
    let names = 0;
    let words = 0;
    let numbers = 0;
    let rarest = 0;
    let rarestTitle = 0;
    let shared = 0;
    let sharedTitleNames = 0;
    let sharedTitleNumbers = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number;
      let place = slots[id & (slotCount - 1)] as number;
      while (place !== 0 && terms[place - 1] !== id) place = next[place - 1] as number;
      if (place === 0) continue;
      const at = (place - 1) * stride;
      const other = i * stride;
      const qt = mine[at + figure.title] as number;
      const bt = figures[other + figure.title] as number;
      const idf = figures[other + figure.idf] as number;
      const nameness = figures[other + figure.nameness] as number;
      const product = (mine[at + figure.all] as number) * (figures[other + figure.all] as number);
      tt += qt * bt;
      ll += (mine[at + figure.lead] as number) * (figures[other + figure.lead] as number);
      aa += product;
      aInB += qt * qt;
      bInA += bt * bt;
      if (nameness < 0) numbers += product;
      else {
        names += product * nameness;
        words += product * (1 - nameness);
      }
      if (idf > rarest) rarest = idf;
      shared += idf;
      if (qt > 0 && bt > 0) {
        if (idf > rarestTitle) rarestTitle = idf;
        if (nameness > 0.6) sharedTitleNames += idf;
        if (nameness < 0) sharedTitleNumbers++;
      }
    }
    values[0] = tt;
    values[1] = ll;
    values[2] = aa;
    values[3] = Math.max(aInB, bInA);
    values[4] = Math.min(aInB, bInA);
    values[5] = ratio(names, a.nameNorm * b.nameNorm);
    values[6] = ratio(words, a.wordNorm * b.wordNorm);
    values[7] = ratio(numbers, a.numberNorm * b.numberNorm);
    values[8] = rarest / 12;
    values[9] = rarestTitle / 12;
    values[10] = shared / 100;
    values[11] = sharedShare(a.bigrams, b.bigrams);
    values[12] = a.titleNumbers && b.titleNumbers && sharedTitleNumbers === 0 ? 1 : 0;
    values[13] = sharedTitleNames === 0 ? Math.min(a.titleNames, b.titleNames) / 10 : 0;
    values[14] = gapOf(loaded, doc);
    values[15] = loaded.outlet !== null && loaded.outlet === doc.outlet ? 1 : 0;
    values[16] = Math.min(a.ids.length, b.ids.length) / 100;
    values[17] = (a.words < 4 ? 0.5 : 0) + (b.words < 4 ? 0.5 : 0);
    return values;
  }
  return { load, compare };
}

function ratio(value: number, by: number): number {
  return by > 0 ? value / by : 0;
}

/** Dice of two sorted lists. */
function sharedShare(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let i = 0;
  let j = 0;
  let same = 0;
  while (i < a.length && j < b.length) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) {
      same++;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
  }
  return (2 * same) / (a.length + b.length);
}
