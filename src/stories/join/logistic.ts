import type { Weights } from './types.ts';

/** A feature by name, with the points where its slope may change. */
export type Feature = readonly [name: string, ...knots: number[]];

/** How many weights a list of features needs: bias, one each, one a knot. */
export function weightCount(features: readonly Feature[]): number {
  return features.reduce((sum, feature) => sum + feature.length, 1);
}

/** Knots in one list, and how many each feature has: read a hundred times an article. */
interface Flat {
  counts: Uint8Array;
  knots: Float64Array;
}

const flattened = new WeakMap<readonly Feature[], Flat>();

function flat(features: readonly Feature[]): Flat {
  let found = flattened.get(features);
  if (!found) {
    const knots = features.flatMap(([, ...own]) => own);
    found = { counts: Uint8Array.from(features, ({ length }) => length - 1), knots: Float64Array.from(knots) };
    flattened.set(features, found);
  }
  return found;
}

/** Log-odds of `values` (one a feature, same order) under piecewise linear weights. */
export function logOdds(features: readonly Feature[], values: ArrayLike<number>, weights: Weights): number {
  const { counts, knots } = flat(features);
  let at = 0;
  let knot = 0;
  let sum = weights[at++] ?? 0;
  for (let i = 0; i < counts.length; i++) {
    const value = values[i] ?? 0;
    sum += (weights[at++] ?? 0) * value;
    for (let k = counts[i] as number; k > 0; k--) {
      const over = value - (knots[knot++] as number);
      const weight = weights[at++] ?? 0;
      if (over > 0) sum += weight * over;
    }
  }
  return sum;
}

/** The values behind `weights`, for training: same order as `logOdds` reads them. */
export function expand(features: readonly Feature[], values: ArrayLike<number>, into: Float64Array): void {
  let at = 0;
  into[at++] = 1;
  for (let i = 0; i < features.length; i++) {
    const feature = features[i];
    if (!feature) break;
    const value = values[i] ?? 0;
    into[at++] = value;
    for (let k = 1; k < feature.length; k++) into[at++] = Math.max(0, value - (feature[k] as number));
  }
}
