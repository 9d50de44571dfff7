import type { Model } from '../../src/stories/join/types.ts';

/** Chosen on held-out parts (see docs/model-card.md), the same for every set. Log-odds. */
export const thresholds: Pick<Model, 'joinAt' | 'mergeAt' | 'splitAt'> = {
  joinAt: { full: 0, bare: -0.5, undated: 0 },
  mergeAt: { full: 0, bare: -1, undated: -1 },
  splitAt: { full: -3, bare: -3.5, undated: -3.5 },
};
