import type { Item } from './window.ts';

/** What structure alone says of two articles or stories. `unknown` where a side tells too little. */
export interface Verdict {
  verdict: 'same' | 'different' | 'unknown';
  reasons: readonly string[];
}

export const silent: Verdict = { verdict: 'unknown', reasons: [] };

/** Two articles by their structure. */
export function compareItems(_a: Item, _b: Item): Verdict {
  return silent;
}

/** Two groups of articles by the structure of their members: the majority of telling pairs decides. */
export function compareStories(a: readonly Item[], b: readonly Item[]): Verdict {
  let same: Verdict | null = null;
  let different: Verdict | null = null;
  let sames = 0;
  let differents = 0;
  for (const x of a.slice(-8)) {
    for (const y of b.slice(-8)) {
      const found = compareItems(x, y);
      if (found.verdict === 'same') {
        sames++;
        same ??= found;
      } else if (found.verdict === 'different') {
        differents++;
        different ??= found;
      }
    }
  }
  if (different && differents >= sames) return different;
  return same ?? silent;
}
