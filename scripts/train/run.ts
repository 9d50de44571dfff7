import { emptyReading } from '../../bench/empty-reading.ts';
import type { Article } from '../../src/core/article.ts';
import { createClusterer } from '../../src/stories/join/cluster.ts';
import type { Clusterer, ClustererOptions, Model } from '../../src/stories/join/types.ts';
import type { Row } from './sets.ts';

/** A row as an article, without extraction. `arrived` stands in for a date that is missing. */
export function toArticle(row: Row, arrived = '2000-01-01T00:00:00Z'): Article {
  const time = Date.parse(row.published ?? '');
  const published = Number.isNaN(time) ? null : new Date(time).toISOString();
  return {
    id: row.id,
    url: null,
    canonicalUrl: null,
    publisher: row.publisher,
    publisherFamily: null,
    sourceId: null,
    sourceKind: 'news',
    title: row.title,
    text: row.text,
    sentences: [],
    language: 'en',
    publishedAt: published ?? arrived,
    dated: published ? 'told' : 'arrival',
    arrivedAt: published ?? arrived,
    byline: null,
    dateline: null,
  };
}

/** Carries out repairs until none is proposed, or `rounds` are through. New ids come from `fresh`. */
export function settle(clusterer: Clusterer, fresh: () => string, rounds = 8): number {
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    const repairs = clusterer.repair();
    if (repairs.length === 0) break;
    for (const repair of repairs) clusterer.applyRepair(repair, repair.kind === 'split' ? fresh() : undefined);
    done += repairs.length;
  }
  return done;
}

/** Clusters rows in order, repairing once every `repairEvery` rows (as `classify` does) and at the end; one story label a row. */
export function clusterRows(
  model: Model,
  rows: readonly Row[],
  options: ClustererOptions = { allForms: true },
  repairEvery = 1,
): string[] {
  const clusterer = createClusterer({ model, options });
  let next = 0;
  const fresh = () => `s${next++}`;
  for (const [i, row] of rows.entries()) {
    const placed = clusterer.place(toArticle(row), emptyReading);
    if (placed.storyId === null) clusterer.assign(row.id, fresh());
    if (repairEvery > 0 && i % repairEvery === repairEvery - 1) settle(clusterer, fresh, 1);
  }
  if (repairEvery > 0) settle(clusterer, fresh);
  return rows.map((row) => clusterer.storyOf(row.id) ?? row.id);
}
