export interface F1 {
  precision: number;
  recall: number;
  f1: number;
}

function harmonic(precision: number, recall: number): F1 {
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

function contingency(truth: readonly string[], found: readonly string[]) {
  const together = new Map<string, number>();
  const byTruth = new Map<string, number>();
  const byFound = new Map<string, number>();
  for (const [i, gold] of truth.entries()) {
    const mine = found[i] ?? `alone ${i}`;
    const both = JSON.stringify([gold, mine]);
    together.set(both, (together.get(both) ?? 0) + 1);
    byTruth.set(gold, (byTruth.get(gold) ?? 0) + 1);
    byFound.set(mine, (byFound.get(mine) ?? 0) + 1);
  }
  return { together, byTruth, byFound };
}

/** B-cubed precision, recall and F1 (0 to 1) of a clustering; the lists run in parallel, one label a row. */
export function bcubed(truth: readonly string[], found: readonly string[]): F1 {
  const { together, byTruth, byFound } = contingency(truth, found);
  let precision = 0;
  let recall = 0;
  for (const [both, count] of together) {
    const [gold, mine] = JSON.parse(both) as [string, string];
    precision += (count * count) / (byFound.get(mine) ?? 1);
    recall += (count * count) / (byTruth.get(gold) ?? 1);
  }
  const n = truth.length || 1;
  return harmonic(precision / n, recall / n);
}

/** Precision, recall and F1 (0 to 1) over all pairs of rows put together. */
export function pairwise(truth: readonly string[], found: readonly string[]): F1 {
  const { together, byTruth, byFound } = contingency(truth, found);
  const pairs = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0);
  const right = pairs(together);
  const mine = pairs(byFound);
  const gold = pairs(byTruth);
  return harmonic(mine === 0 ? 1 : right / mine, gold === 0 ? 1 : right / gold);
}
