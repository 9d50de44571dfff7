import { join } from 'node:path';
import { clustererName } from './app-clusterer.ts';
import type { Config } from './config/load.ts';
import type { Article } from './core/article.ts';
import type { Countries } from './core/country.ts';
import type { Ledger } from './core/ledger.ts';
import type { Store, StoryStore } from './core/ports.ts';
import type { ReviewDesk } from './core/review.ts';
import type { SourceConfig } from './core/source-ports.ts';
import { storyMessage } from './core/story-message.ts';
import { route } from './delivery/route.ts';
import { isoAt } from './lib/clock.ts';
import { breath, gently } from './lib/gently.ts';
import type { ClassifyDeps } from './stories/classify.ts';
import { createIngest, type Ingest, type IngestDeps } from './stories/ingest.ts';
import { createClusterer } from './stories/join/cluster.ts';
import { loadModel } from './stories/join/model.ts';
import type { Model } from './stories/join/types.ts';
import { createReader, type Reader } from './stories/read.ts';
import { loadingReaderData } from './stories/reader-data.ts';
import type { Route } from './stories/story-alert.ts';

/** What reading and joining articles need, loaded once. */
export interface Reading {
  reader: Reader;
  model: Model;
}

/** Loaded in pieces: the first round begins with it, while people may ask already. */
export async function loadReading(config: Config, countries: Countries): Promise<Reading> {
  const data = await gently(loadingReaderData((name) => config.folderOf(name)));
  const model = loadModel(join(config.folderOf('model'), 'model'));
  await breath();
  return { reader: createReader({ countries, data }), model };
}

/** A clusterer of its own, with nothing in memory. */
export function classifierOf({ reader, model }: Reading, allForms: boolean): ClassifyDeps {
  return { reader, clusterer: createClusterer({ model, options: { allForms } }) };
}

export interface IngestParts extends Pick<IngestDeps, 'clock' | 'random' | 'log'> {
  config: Config;
  /** Who makes stories, for this process. */
  owner: string;
  store: Store;
  countries: Countries;
  ledger: Ledger;
  reading: Reading;
  holdBackMs: number;
  editPauseMs: number;
  /** Turns what a primary document says into proposals for review, each once. */
  propose: (article: Article) => Promise<void>;
  review: Pick<ReviewDesk, 'underReviewIn'>;
}

/** Entries to stories to outbox rows: the parts of stories/ and delivery/ joined over the store. */
export function createAppIngest(parts: IngestParts): Ingest {
  const { config, store, countries, ledger, reading, clock, random } = parts;
  const { stories } = config.settings;
  return createIngest({
    store: signedCommits(parts),
    propose: async (article) => {
      if (article.sourceKind === 'primary') await parts.propose(article);
    },
    reader: reading.reader,
    clusterer: createClusterer({ model: reading.model, options: { windowDays: stories.windowHours / 24 } }),
    route: createRoute(parts),
    knownStory: async (id) => (await store.history.article(id))?.storyId ?? null,
    facts: ledger.facts,
    countries,
    clock,
    random,
    log: parts.log.child({ part: 'stories' }),
    sourceOf: createSourceLookup(store),
    options: { holdBackMs: parts.holdBackMs, maxAgeHours: stories.maxAgeHours },
  });
}

/**
 * Commits say who makes them: one that lost its turn unawares (a machine that slept, a network that was cut) has old
 * stories in mind and commits nothing.
 */
function signedCommits({ store, owner }: IngestParts): StoryStore {
  const { stories } = store;
  return {
    ...stories,
    commitIngest: (record) => stories.commitIngest({ ...record, heldBy: { name: clustererName, owner } }),
  };
}

/** Who is told of a revision, and when: the subscriptions of the moment, what channels already have, and the hold-back. */
function createRoute({ store, countries, clock, editPauseMs, review }: IngestParts): Route {
  return async (story, previous, telling) => {
    const [precursor] = story.follows;
    const [subscriptions, told, earlierStory, underReview] = await Promise.all([
      store.subscriptions.active(),
      // The fold is not stored yet: these are asked for one by one.
      Promise.all([story.id, ...telling.absorbed].map((id) => store.outbox.told('story', id))),
      precursor === undefined ? null : store.stories.story(precursor),
      review.underReviewIn(story),
    ]);
    const drafts = route(story, previous, subscriptions, {
      now: isoAt(clock.now()),
      told: told.flat(),
      editPauseMs,
      message: (of, how) => storyMessage(of, { ...how, late: telling.late, earlierStory, countries, underReview }),
    });
    // Late ones seldom come alone: they wait for each other, to be told together.
    const gathered = isoAt(clock.now() + (telling.late ? editPauseMs : 0));
    const notBefore = telling.notBefore > gathered ? telling.notBefore : gathered;
    return drafts.map((draft) => ({
      ...draft,
      late: draft.late || telling.late,
      notBefore: draft.notBefore > notBefore ? draft.notBefore : notBefore,
    }));
  };
}

/** Sources by id; the list is read again when an id is not in it. */
function createSourceLookup(store: Store): (id: string) => Promise<SourceConfig | undefined> {
  const known = new Map<string, SourceConfig>();
  return async (id) => {
    if (!known.has(id)) for (const { config } of await store.sources.list()) known.set(config.id, config);
    return known.get(id);
  };
}
