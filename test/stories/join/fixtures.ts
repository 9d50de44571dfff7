import { emptyReading } from '../../../bench/empty-reading.ts';
import type { Article } from '../../../src/core/article.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { createClusterer } from '../../../src/stories/join/cluster.ts';
import { loadModel } from '../../../src/stories/join/model.ts';
import type { Clusterer, ClustererOptions } from '../../../src/stories/join/types.ts';

const model = loadModel('config/model');

export function clusterer(options: ClustererOptions = {}): Clusterer {
  return createClusterer({ model, options });
}

export function article(id: string, title: string, text = '', more: Partial<Article> = {}): Article {
  const published = more.publishedAt ?? '2026-03-10T12:00:00.000Z';
  return {
    id,
    url: null,
    canonicalUrl: null,
    publisher: `Outlet ${id}`,
    publisherFamily: null,
    sourceId: null,
    sourceKind: 'news',
    title,
    text,
    sentences: [],
    language: 'en',
    publishedAt: published,
    dated: 'told',
    arrivedAt: published,
    byline: null,
    dateline: null,
    ...more,
  };
}

const noCountries = { banned: [], receiving: [], nationality: [], mentioned: [] };

/** A reading that tells a removal step with one country. */
export function removal(country: string, stage: NonNullable<Reading['stage']>, more: Partial<Reading> = {}): Reading {
  return {
    ...emptyReading,
    topics: ['third-country-removal'],
    countries: { ...noCountries, receiving: [country] },
    matters: [{ id: `removals/${country}`, stage, countries: [country] }],
    stage,
    ...more,
  };
}

export function ruling(court: string, stage: NonNullable<Reading['stage']>, more: Partial<Reading> = {}): Reading {
  return {
    ...emptyReading,
    topics: ['court'],
    matters: [{ id: 'court/dvd-v-dhs', stage, countries: [] }],
    stage,
    courts: [court],
    ...more,
  };
}

/** Places articles in order, opening stories `s1`, `s2`, …; mends until nothing is proposed. Story by article id. */
export function placeAll(
  joined: Clusterer,
  given: readonly (readonly [Article, Reading])[],
): Record<string, string | null> {
  let next = 1;
  for (const [one, reading] of given) {
    const placed = joined.place(one, reading);
    if (placed.storyId === null && placed.opens) joined.assign(one.id, `s${next++}`);
  }
  for (let round = 0; round < 8; round++) {
    const repairs = joined.repair();
    if (repairs.length === 0) break;
    for (const repair of repairs) joined.applyRepair(repair, repair.kind === 'split' ? `s${next++}` : undefined);
  }
  return Object.fromEntries(given.map(([one]) => [one.id, joined.storyOf(one.id)]));
}
