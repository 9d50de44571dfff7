import { sql } from 'kysely';
import type { CountryCode } from '../core/country.ts';
import type { HistoryStore, IngestRecord, StoryFilter, StoryStore } from '../core/ports.ts';
import type { Story } from '../core/story.ts';
import { articleById, articlesSince, putArticle } from './articles.ts';
import { instant } from './codec.ts';
import { refuseWhenLost } from './hold.ts';
import { enqueue } from './outbox-enqueue.ts';
import { putDocument, searchStories } from './search.ts';
import { createOutlines } from './story-outlines.ts';
import { forwarded, putStory, storiesById, storyRevision, storyRevisions } from './story-rows.ts';
import { type Db, type Tx, write, writeRelaxed } from './transaction.ts';
import { markRead, skipEntry, unreadEntries } from './unread-entries.ts';
import { withdrawnArticles } from './withdrawn.ts';

export interface StoryOptions {
  nextId: () => string;
  now: () => number;
  names: (code: CountryCode) => readonly string[];
}

async function commitIngest(tx: Tx, options: StoryOptions, record: IngestRecord): Promise<void> {
  if (record.heldBy) await refuseWhenLost(tx, record.heldBy, new Date(options.now()).toISOString());
  await putArticle(tx, record.article, record.reading, record.entryId);
  for (const story of record.stories) {
    await putStory(tx, story);
    await putDocument(tx, story, options.names);
  }
  await enqueue(tx, options, record.outbox);
  const skipped = record.reading.relevant ? null : 'not relevant';
  if (record.entryId !== null) await markRead(tx, record.entryId, record.entryVersion, skipped);
}

/** The facets that a filter asks for: the first, of which there are fewest, drives the query, the others are looked up. */
function facetsOf(filter: StoryFilter): { facets: readonly string[]; value: string }[] {
  const wanted: { facets: readonly string[]; value: string }[] = [];
  if (filter.matter !== undefined) wanted.push({ facets: ['matter'], value: filter.matter });
  if (filter.country !== undefined) {
    wanted.push({ facets: filter.roles ?? ['banned', 'receiving', 'nationality'], value: filter.country });
  }
  if (filter.topic !== undefined) wanted.push({ facets: ['topic'], value: filter.topic });
  return wanted;
}

interface Place {
  story_id: string;
  day: string;
  opened_at: string;
}

/** Newest day first. */
function newestFirst(a: Place, b: Place): number {
  return compare(b.day, a.day) || compare(b.opened_at, a.opened_at) || compare(b.story_id, a.story_id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Ids of stories that were not merged away, newest day first. Each query walks one index from its end and stops at
 * `limit`, so that it takes no longer when there are a million: several facets at once would be sorted whole.
 */
async function latestIds(db: Db, filter: StoryFilter, limit: number): Promise<readonly string[]> {
  const since = filter.since ?? '0000';
  const until = filter.until ?? '9999';
  const [first, ...others] = facetsOf(filter);
  if (!first) {
    const query = db.selectFrom('story').select('id').where('merged_into', 'is', null);
    const dated = query.where('day', '>=', since).where('day', '<=', until);
    const newest = dated.orderBy('day', 'desc').orderBy('opened_at', 'desc').orderBy('id', 'desc');
    return (await newest.limit(limit).execute()).map((row) => row.id);
  }
  const found = new Map<string, Place>();
  for (const facet of first.facets) {
    let query = db
      .selectFrom('story_facet as f')
      .select(['f.story_id', 'f.day', 'f.opened_at'])
      .where('f.facet', '=', facet)
      .where('f.value', '=', first.value)
      .where('f.day', '>=', since)
      .where('f.day', '<=', until);
    for (const other of others) {
      query = query.where((where) =>
        where.exists(
          where
            .selectFrom('story_facet as o')
            .select(sql`1`.as('one'))
            .whereRef('o.story_id', '=', 'f.story_id')
            .where('o.facet', 'in', other.facets)
            .where('o.value', '=', other.value),
        ),
      );
    }
    const newest = query.orderBy('f.day', 'desc').orderBy('f.opened_at', 'desc').orderBy('f.story_id', 'desc');
    for (const row of await newest.limit(limit).execute()) found.set(row.story_id, row);
  }
  const newest = [...found.values()].sort(newestFirst).slice(0, limit);
  return newest.map((row) => row.story_id);
}

async function storiesSince(db: Db, since: string): Promise<readonly Story[]> {
  const query = db.selectFrom('story').select('id').where('merged_into', 'is', null);
  const rows = await query.where('updated_at', '>=', instant(since)).orderBy('updated_at').orderBy('id').execute();
  return storiesById(
    db,
    rows.map((row) => row.id),
  );
}

/** Stories, the articles they are made of, and the entries still to be read. */
export function createStoryStore(db: Db, reader: Db, options: StoryOptions): StoryStore {
  const outlines = createOutlines(reader);
  return {
    unreadEntries: (limit) => unreadEntries(reader, limit),
    // What tells nobody anything is simply done again when a power cut forgets it.
    commitIngest: (record) =>
      (record.outbox.length === 0 ? writeRelaxed : write)(db, (tx) => commitIngest(tx, options, record)),
    skipEntry: (entryId, version, reason) => skipEntry(db, entryId, version, reason),
    articlesSince: (since) => articlesSince(reader, since),
    async story(id) {
      const winner = await forwarded(reader, id);
      const [story] = winner === null ? [] : await storiesById(reader, [winner]);
      return story ?? null;
    },
    storiesSince: (since) => storiesSince(reader, since),
    latest: async (filter, limit) => storiesById(reader, await latestIds(reader, filter, limit)),
    outlines: async (filter, limit) => outlines(await latestIds(reader, filter, limit)),
    withdrawn: (articleIds) => withdrawnArticles(reader, articleIds),
    search: async (text, limit) => storiesById(reader, await searchStories(reader, text, limit)),
  };
}

/** Everything that was ever stored of a story. */
export function createHistoryStore(db: Db): HistoryStore {
  return {
    revision: (storyId, revision) => storyRevision(db, storyId, revision),
    revisions: (storyId) => storyRevisions(db, storyId),
    article: (id) => articleById(db, id),
  };
}
