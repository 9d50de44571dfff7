import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TermsFile, WeightsFile } from '../../src/stories/join/model.ts';
import type { Model } from '../../src/stories/join/types.ts';

/** Writes `terms.json` and `weights.json`; the same model gives the same bytes. */
export function saveModel(folder: string, model: Model): void {
  mkdirSync(folder, { recursive: true });
  const sorted = [...model.frequencies].sort((a, b) => a[0] - b[0]);
  const terms: TermsFile = {
    version: model.version,
    documents: model.documents,
    ids: sorted.map(([id], i) => id - (sorted[i - 1]?.[0] ?? 0)),
    counts: sorted.map(([, count]) => count),
    properness: sorted.map(([id]) => Math.round(100 * (model.properness.get(id) ?? -0.01))),
  };
  const { version, pair, story, link, joinAt, mergeAt, splitAt } = model;
  const weights: WeightsFile = { version, pair, story, link, joinAt, mergeAt, splitAt };
  writeFileSync(join(folder, 'terms.json'), `${JSON.stringify(terms)}\n`);
  writeFileSync(join(folder, 'weights.json'), `${JSON.stringify(weights, null, 1)}\n`);
}
