import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import { weightCount } from './logistic.ts';
import { linkFeatures, storyFeatures } from './score.ts';
import { pairFeatures } from './similarity.ts';
import type { Model, Regime } from './types.ts';

/** What `config/model/terms.json` holds: parallel lists, ids as differences from the one before. */
export interface TermsFile {
  version: number;
  documents: number;
  ids: readonly number[];
  counts: readonly number[];
  /** Hundredths; -1 where it was not counted. */
  properness: readonly number[];
}

/** What `config/model/weights.json` holds. */
export type WeightsFile = Pick<Model, 'version' | 'pair' | 'story' | 'link' | 'joinAt' | 'mergeAt' | 'splitAt'>;

const regimes: readonly Regime[] = ['full', 'bare', 'undated'];

function readJson(folder: string, file: string): unknown {
  const path = join(folder, file);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const remedy = 'Restore the file from the release, or make it anew with scripts/train.ts';
    throw new ConfigError(path, 'the model cannot be read', remedy, { cause });
  }
}

function checkWeights(path: string, weights: WeightsFile): void {
  for (const regime of regimes) {
    const fits =
      weights.pair?.[regime]?.length === weightCount(pairFeatures) &&
      weights.story?.[regime]?.length === weightCount(storyFeatures) &&
      weights.link?.[regime]?.length === weightCount(linkFeatures) &&
      typeof weights.joinAt?.[regime] === 'number';
    if (!fits)
      throw new ConfigError(
        path,
        `weights for ${regime} do not fit this program`,
        'Train it anew with scripts/train.ts',
      );
  }
}

/** Reads the model from a folder (`config/model`). Throws ConfigError naming the file. */
export function loadModel(folder: string): Model {
  const terms = readJson(folder, 'terms.json') as TermsFile;
  const weights = readJson(folder, 'weights.json') as WeightsFile;
  checkWeights(join(folder, 'weights.json'), weights);
  const frequencies = new Map<number, number>();
  const properness = new Map<number, number>();
  let id = 0;
  for (const [i, step] of terms.ids.entries()) {
    id += step;
    frequencies.set(id, terms.counts[i] ?? 1);
    const share = terms.properness[i] ?? -1;
    if (share >= 0) properness.set(id, share / 100);
  }
  return { ...weights, documents: terms.documents, frequencies, properness };
}
