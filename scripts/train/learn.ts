import { weightCount } from '../../src/stories/join/logistic.ts';
import { linkFeatures, storyFeatures } from '../../src/stories/join/score.ts';
import { pairFeatures } from '../../src/stories/join/similarity.ts';
import type { Model, Regime } from '../../src/stories/join/types.ts';
import { fitLogistic } from './fit.ts';
import type { Frequencies } from './frequencies.ts';
import type { Row, SetName } from './sets.ts';
import { newByRegime, pairExamples, regimes, storyExamples } from './simulate.ts';

export type TrainingSets = Readonly<Record<SetName, readonly Row[]>>;

const zeroes = (count: number) => Array.from({ length: count }, () => 0);
const each = <T>(make: (regime: Regime) => T): Record<Regime, T> => ({
  full: make('full'),
  bare: make('bare'),
  undated: make('undated'),
});

const keepOneIn: Record<SetName, number> = {
  'political-news-dev': 1,
  'near-identical-events-dev': 1,
  'full-articles-dev': 1,
  'daily-roundup-links-dev': 8,
};

/** Learns both stages. Thresholds are left at even odds; `tune` sets them. */
export function learn(terms: Frequencies, sets: TrainingSets, ridge = 5): Model {
  let model: Model = {
    version: 1,
    ...terms,
    pair: each(() => zeroes(weightCount(pairFeatures))),
    story: each(() => zeroes(weightCount(storyFeatures))),
    link: each(() => zeroes(weightCount(linkFeatures))),
    joinAt: each(() => 0),
    mergeAt: each(() => 0),
    splitAt: each(() => -3),
  };
  const pairs = newByRegime(pairFeatures);
  for (const [name, rows] of Object.entries(sets)) pairExamples(model, rows, pairs, keepOneIn[name as SetName]);
  model = { ...model, pair: each((regime) => fitLogistic(pairs[regime], ridge)) };
  const stories = { story: newByRegime(storyFeatures), link: newByRegime(linkFeatures) };
  for (const [name, rows] of Object.entries(sets)) {
    storyExamples(model, rows, stories, Math.min(2, keepOneIn[name as SetName]));
  }
  return {
    ...model,
    story: each((regime) => fitLogistic(stories.story[regime], ridge)),
    link: each((regime) => fitLogistic(stories.link[regime], ridge)),
  };
}

export { regimes };
