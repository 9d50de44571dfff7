import type { Token } from './text.ts';

/** The lowest hashes of an article's word runs: enough to tell copies, whatever the title or date. */
export type Sketch = Int32Array;

const runLength = 4;
const sketchSize = 48;
const probes = 4;
/** Below this many runs a text is too short to tell a copy from a coincidence. */
const leastRuns = 16;

/** Sketch of a body; empty when it is too short. */
export function sketchOf(tokens: readonly Token[]): Sketch {
  const runs = tokens.length - runLength + 1;
  if (runs < leastRuns) return new Int32Array(0);
  const hashes = new Int32Array(runs);
  for (let i = 0; i < runs; i++) {
    let hash = 17;
    for (let k = 0; k < runLength; k++) hash = Math.imul(hash ^ (tokens[i + k]?.id ?? 0), 0x5bd1e995) ^ (hash >>> 15);
    hashes[i] = hash;
  }
  hashes.sort();
  const kept = new Int32Array(Math.min(sketchSize, runs));
  let size = 0;
  for (let i = 0; i < runs && size < kept.length; i++) {
    if (size === 0 || hashes[i] !== kept[size - 1]) kept[size++] = hashes[i] as number;
  }
  return size === kept.length ? kept : kept.slice(0, size);
}

/** Estimated share of word runs that two bodies have in common (0 to 1). */
export function sketchLikeness(a: Sketch, b: Sketch): number {
  if (a.length === 0 || b.length === 0) return 0;
  const limit = Math.min(a.length, b.length, sketchSize);
  let i = 0;
  let j = 0;
  let same = 0;
  let seen = 0;
  while (i < a.length && j < b.length && seen < limit) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) {
      same++;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
    seen++;
  }
  return seen === 0 ? 0 : same / seen;
}

/** Finds earlier articles with nearly the same body. */
export interface CopyIndex {
  add(id: string, sketch: Sketch): void;
  remove(id: string, sketch: Sketch): void;
  /** Ids of articles that share one of the lowest hashes. */
  find(sketch: Sketch): ReadonlySet<string>;
}

export function createCopyIndex(): CopyIndex {
  // Most hashes belong to one article alone.
  const byHash = new Map<number, string[]>();
  return {
    add(id, sketch) {
      for (const hash of sketch.subarray(0, probes)) {
        const ids = byHash.get(hash);
        if (ids) ids.push(id);
        else byHash.set(hash, [id]);
      }
    },
    remove(id, sketch) {
      for (const hash of sketch.subarray(0, probes)) {
        const ids = byHash.get(hash) ?? [];
        const at = ids.indexOf(id);
        if (at >= 0) ids.splice(at, 1);
        if (ids.length === 0) byHash.delete(hash);
      }
    },
    find(sketch) {
      const found = new Set<string>();
      for (const hash of sketch.subarray(0, probes)) for (const id of byHash.get(hash) ?? []) found.add(id);
      return found;
    },
  };
}
