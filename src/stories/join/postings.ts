import { figure, stride, type Vector } from './vector.ts';

/** Slots of articles by day and term. Undated articles share a day of their own. */
export interface Postings {
  add(slot: number, day: number, vector: Vector): void;
  remove(slot: number, day: number, vector: Vector): void;
  /** Slots most likely to tell the same, best first. `day` is NaN for an undated article: all days are searched. */
  candidates(vector: Vector, day: number, window: number): readonly number[];
  terms(): number;
  clear(): void;
}

const undated = Number.MIN_SAFE_INTEGER;
const postingCap = 256;
/** An article is found by its heaviest terms, and looks for others by fewer of them. */
const indexedTerms = 24;
const queryTerms = 12;
const kept = 32;

function weightOf({ figures }: Vector, term: number): number {
  return (figures[term * stride + figure.all] as number) * (figures[term * stride + figure.idf] as number);
}

type Day = Map<number, number[]>;

/** The inverted index. Cost of a look-up is bounded: a dozen terms, 256 newest postings each. */
export function createPostings(): Postings {
  const days = new Map<number, Day>();
  let sums = new Float64Array(1024);
  const touched = new Int32Array(queryTerms * postingCap);
  const best = new Int32Array(kept);
  const bestSums = new Float64Array(kept);

  function dayOf(day: number): Day {
    const key = Number.isNaN(day) ? undated : day;
    let found = days.get(key);
    if (!found) {
      found = new Map();
      days.set(key, found);
    }
    return found;
  }

  function add(slot: number, day: number, vector: Vector): void {
    const terms = dayOf(day);
    for (let t = 0; t < Math.min(indexedTerms, vector.ids.length); t++) {
      const id = vector.ids[t] as number;
      const list = terms.get(id);
      if (list) list.push(slot);
      else terms.set(id, [slot]);
    }
    if (slot >= sums.length) {
      const grown = new Float64Array(Math.max(slot + 1, sums.length * 2));
      grown.set(sums);
      sums = grown;
    }
  }

  function remove(slot: number, day: number, vector: Vector): void {
    const key = Number.isNaN(day) ? undated : day;
    const terms = days.get(key);
    if (!terms) return;
    for (let t = 0; t < Math.min(indexedTerms, vector.ids.length); t++) {
      const id = vector.ids[t] as number;
      const list = terms.get(id);
      const at = list ? list.indexOf(slot) : -1;
      if (list && at >= 0) list.splice(at, 1);
      if (list?.length === 0) terms.delete(id);
    }
    if (terms.size === 0) days.delete(key);
  }

  /** Days to look in, nearest first. */
  function near(day: number, window: number): Day[] {
    if (Number.isNaN(day)) return [...days.values()];
    const found: Day[] = [];
    const take = (key: number) => {
      const terms = days.get(key);
      if (terms) found.push(terms);
    };
    take(day);
    for (let gap = 1; gap <= window; gap++) {
      take(day - gap);
      take(day + gap);
    }
    take(undated);
    return found;
  }

  function candidates(vector: Vector, day: number, window: number): readonly number[] {
    const searched = near(day, window);
    let size = 0;
    const terms = Math.min(queryTerms, vector.ids.length);
    for (let t = 0; t < terms; t++) {
      const id = vector.ids[t] as number;
      const weight = weightOf(vector, t);
      let left = postingCap;
      for (const day of searched) {
        const list = day.get(id);
        if (!list) continue;
        for (let i = list.length - 1; i >= 0 && left > 0; i--, left--) {
          const slot = list[i] as number;
          const sum = sums[slot] as number;
          if (sum === 0) touched[size++] = slot;
          sums[slot] = sum + weight;
        }
        if (left === 0) break;
      }
    }
    return strongest(touched.subarray(0, size));
  }

  function strongest(touched: Int32Array): readonly number[] {
    let size = 0;
    for (const slot of touched) {
      const sum = sums[slot] as number;
      sums[slot] = 0;
      if (size === kept && sum <= (bestSums[kept - 1] as number)) continue;
      let at = size < kept ? size++ : kept - 1;
      while (at > 0 && (bestSums[at - 1] as number) < sum) {
        best[at] = best[at - 1] as number;
        bestSums[at] = bestSums[at - 1] as number;
        at--;
      }
      best[at] = slot;
      bestSums[at] = sum;
    }
    return Array.from(best.subarray(0, size));
  }

  return {
    add,
    remove,
    candidates,
    terms: () => [...days.values()].reduce((sum, day) => sum + day.size, 0),
    clear: () => days.clear(),
  };
}
