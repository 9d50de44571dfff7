import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerFileNames, readLedger } from '../../src/config/ledger.ts';
import type { RawArticle } from '../../src/core/article.ts';
import type { LedgerFacts } from '../../src/core/ledger.ts';
import type { StoryStore } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import { factsOf } from '../../src/ledger/facts.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { createIngest } from '../../src/stories/ingest.ts';
import { createClusterer } from '../../src/stories/join/cluster.ts';
import { loadModel } from '../../src/stories/join/model.ts';
import { createReader } from '../../src/stories/read.ts';
import { loadReaderData } from '../../src/stories/reader-data.ts';
import { shippedCountries } from './services.ts';

/** The project's own reader, from the shipped configuration; it takes a second to build. */
export const shippedReader = createReader({ countries: shippedCountries, data: loadReaderData('config') });
export const shippedModel = loadModel('config/model');

export function shippedFacts(): LedgerFacts {
  const file = (name: string) => {
    const path = join('config/ledger', name);
    return { file: path, text: readFileSync(path, 'utf8') };
  };
  const { entryBans, exceptions, removals, courts } = ledgerFileNames;
  const data = readLedger({
    entryBans: file(entryBans),
    exceptions: file(exceptions),
    removals: file(removals),
    courts: file(courts),
  });
  return factsOf(data, shippedCountries);
}

/** A store that keeps stories in a map: enough for files taken in by hand. */
export function memoryStories(): StoryStore & { all: () => readonly Story[]; revisions: readonly Story[] } {
  const stories = new Map<string, Story>();
  const revisions: Story[] = [];
  const current = (): readonly Story[] => [...stories.values()].filter(({ mergedInto }) => mergedInto === null);
  return {
    all: current,
    revisions,
    unreadEntries: () => Promise.resolve([]),
    commitIngest: (record) => {
      for (const story of record.stories) stories.set(story.id, story);
      revisions.push(...record.stories);
      return Promise.resolve();
    },
    skipEntry: () => Promise.resolve(),
    articlesSince: () => Promise.resolve([]),
    story: (id) => Promise.resolve(stories.get(id) ?? null),
    storiesSince: () => Promise.resolve(current()),
    latest: () => Promise.resolve([]),
    outlines: () => Promise.resolve([]),
    search: () => Promise.resolve([]),
    withdrawn: () => Promise.resolve(new Map()),
  };
}

/** A saved text without any field beside it, taken in at `arrivedAt`. */
export function savedText(id: string, text: string, arrivedAt: string): RawArticle {
  return {
    id,
    url: null,
    publisher: null,
    sourceId: null,
    sourceKind: 'news',
    title: null,
    html: null,
    text,
    publishedAt: null,
    updatedAt: null,
    language: null,
    author: null,
    arrivedAt,
  };
}

/** Takes articles in, in order, by the whole real path but the database; answers every revision that they make. */
export async function takeIn(articles: readonly RawArticle[], facts: LedgerFacts) {
  const store = memoryStories();
  const clock = createSteppedClock(Date.parse('2026-11-21T12:00:00Z'));
  const ingest = createIngest({
    store,
    reader: shippedReader,
    clusterer: createClusterer({ model: shippedModel }),
    route: () => [],
    sourceOf: () => undefined,
    facts,
    countries: shippedCountries,
    clock,
    random: createRandom(() => clock.now(), seeded(5)),
    log: silentLog,
    options: { holdBackMs: 0, maxAgeHours: 72 },
  });
  for (const article of articles) await ingest.add(article);
  return { stories: store.all(), revisions: store.revisions };
}
