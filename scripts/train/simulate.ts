import { expand, type Feature, weightCount } from '../../src/stories/join/logistic.ts';
import { createScorer, linkFeatures, rankStories, storyFeatures } from '../../src/stories/join/score.ts';
import { createComparer, pairFeatures, regimeOf } from '../../src/stories/join/similarity.ts';
import { noStructure } from '../../src/stories/join/structure.ts';
import type { Model, Regime } from '../../src/stories/join/types.ts';
import { createVectoriser, type Vectorise } from '../../src/stories/join/vector.ts';
import { createWindow, type Item } from '../../src/stories/join/window.ts';
import { addExample, type Examples, newExamples } from './fit.ts';
import type { Row } from './sets.ts';

export const regimes: readonly Regime[] = ['full', 'bare', 'undated'];
export type ByRegime = Record<Regime, Examples>;

export function newByRegime(features: readonly Feature[]): ByRegime {
  const width = weightCount(features);
  return { full: newExamples(width), bare: newExamples(width), undated: newExamples(width) };
}

export function toItem(row: Row, vectorise: Vectorise, order: number): Item {
  const time = row.published ? Date.parse(row.published) : Number.NaN;
  return {
    id: row.id,
    vector: vectorise(row),
    time,
    day: Math.floor(time / 86_400_000),
    outlet: row.publisher ? row.publisher.toLowerCase() : null,
    story: row.story,
    structure: noStructure,
    news: true,
    arrived: time,
    language: 'en',
    canonicalUrl: null,
    title: row.title,
    corrects: null,
    bound: null,
    scored: { serial: 0, odds: 0 },
    order,
  };
}

/** Long texts of which one is undated are compared as if days apart: what a gap is worth is not learned from them. */
function hasGuessedGap(item: Item, other: Item): boolean {
  return regimeOf(item, other) !== 'undated' && Number.isNaN(item.time + other.time);
}

/** Walks rows in order with the right stories given, and keeps every comparison that joining would make. */
export function pairExamples(model: Model, rows: readonly Row[], into: ByRegime, keepOneIn: number): void {
  const vectorise = createVectoriser(model);
  const window = createWindow();
  const comparer = createComparer();
  const expanded = new Float64Array(weightCount(pairFeatures));
  let seen = 0;
  for (const [order, row] of rows.entries()) {
    const item = toItem(row, vectorise, order);
    comparer.load(item);
    const found = new Set(window.similar(item, 3));
    for (const member of window.members(row.story)) if (Math.abs(member.day - item.day) <= 4) found.add(member);
    for (const other of found) {
      const label = other.story === row.story;
      if (hasGuessedGap(item, other)) continue;
      if (!label && seen++ % keepOneIn !== 0) continue;
      expand(pairFeatures, comparer.compare(other), expanded);
      addExample(into[regimeOf(item, other)], expanded, label, label ? 1 : keepOneIn);
    }
    window.add(item);
  }
}

/** The same walk for whole stories. */
export function storyExamples(
  model: Model,
  rows: readonly Row[],
  into: { story: ByRegime; link: ByRegime },
  keepOneIn: number,
): void {
  const vectorise = createVectoriser(model);
  const window = createWindow();
  const linked = new Float64Array(weightCount(linkFeatures));
  const scorer = createScorer(model, createComparer());
  const expanded = new Float64Array(weightCount(storyFeatures));
  let seen = 0;
  for (const [order, row] of rows.entries()) {
    const item = toItem(row, vectorise, order);
    for (const candidate of rankStories(model, window, scorer, item, 3)) {
      const label = candidate.story === row.story;
      if (hasGuessedGap(item, candidate.nearest)) continue;
      if (!label && seen++ % keepOneIn !== 0) continue;
      expand(storyFeatures, candidate.values, expanded);
      const counts = label ? 1 : keepOneIn;
      addExample(into.story[candidate.regime], expanded, label, counts);
      expand(linkFeatures, candidate.values, linked);
      addExample(into.link[candidate.regime], linked, label, counts);
    }
    window.add(item);
  }
}
