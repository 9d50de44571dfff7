import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { copyStore } from '../../src/store/open-copy.ts';
import { ask, havePostgres, newDatabase } from '../fakes/postgres.ts';
import {
  after,
  article,
  channel,
  draft,
  entry,
  member,
  noon,
  reading,
  source,
  sourceState,
  story,
  subscription,
} from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const now = () => Date.parse(noon);
let folder: string;
let file: string;
let database: Awaited<ReturnType<typeof newDatabase>>;

async function using<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ url, migrations, now });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Some of everything, more entries than fit into one page. */
async function fill(store: Store): Promise<void> {
  await store.sources.sync([source('a'), source('b')]);
  const entries = Array.from({ length: 600 }, (_, n) => entry(`e${n}`));
  await store.sources.recordPoll({ state: sourceState('a'), entries, seenAt: noon, silent: false });
  const drafts = [draft(), draft({ channel: channel('c2') })];
  const first = story('s1', { headline: 'Curaçao asked\0 twice' });
  const facts = { heldBy: { name: 'clusterer', owner: 'one' }, entryId: null, entryVersion: 1, reading: reading() };
  await store.stories.commitIngest({
    ...facts,
    article: article('a1', { text: 'a\0b' }),
    stories: [first],
    outbox: drafts,
  });
  const old = { ...facts, article: article('a0', { arrivedAt: '2020-01-01T00:00:00.000Z' }), outbox: [] };
  const quiet = { members: [member('a0')], updatedAt: '2020-01-01T00:00:00.000Z' };
  await store.stories.commitIngest({ ...old, stories: [story('s0', quiet)] });
  await store.prune({ articlesBefore: '2020-02-01T00:00:00.000Z', deliveriesBefore: '2020-02-01T00:00:00.000Z' });
  await store.subscriptions.add(subscription('one'));
  await store.outbox.lease('dead', noon, after(60), 1);
  await store.meta.set('heartbeat', noon);
}

function copied(from: string, to: string) {
  return copyStore({ from, to, migrations, now, isDead: (owner) => owner === 'dead', progress: () => {} });
}

describe.skipIf(!havePostgres())('copying a database', () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bw-copy-'));
    file = `sqlite:${join(folder, 'b.sqlite')}`;
    database = await newDatabase();
    await using(file, fill);
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('moves all of a file to PostgreSQL, where it is found again', async () => {
    const counts = new Map((await copied(file, database.url)).map((one) => [one.table, one.rows]));
    expect(counts.get('entry')).toBe(600);
    expect(counts.get('outbox')).toBe(2);
    expect(counts.get('story_pack')).toBe(1);
    await using(database.url, async (store) => {
      expect(await store.stories.story('s0')).toMatchObject({ members: [{ articleId: 'a0' }] });
      expect((await store.stories.search('curacao twice', 9)).map((one) => one.id)).toEqual(['s1']);
      expect((await store.history.article('a1'))?.article.text).toBe('a\uFFFDb');
      expect(await store.stories.unreadEntries(2_000)).toHaveLength(600);
      expect(await store.subscriptions.forChannel(channel('c1'))).toHaveLength(1);
      expect(await store.outbox.counts()).toMatchObject({ pending: 1, leased: 1 });
    });
  });

  it('can be run again: it mends what is missing, follows what changed, and takes out what is gone', async () => {
    await copied(file, database.url);
    await ask(database.url, `delete from entry_key where entry_key like '%e7%'`);
    await ask(database.url, `update article set body = 'damaged'`);
    await using(file, async (store) => {
      await store.subscriptions.remove('one');
      await store.outbox.enqueue([draft({ subject: 'later' })]);
    });
    await copied(file, database.url);
    await using(database.url, async (store) => {
      expect((await store.history.article('a1'))?.article.text).toBe('a\uFFFDb');
      expect(await store.subscriptions.active()).toEqual([]);
      expect(await store.outbox.counts()).toMatchObject({ pending: 2 });
    });
  });

  it('goes back to a file as well', async () => {
    const there = await copied(file, database.url);
    const back = await copied(database.url, `sqlite:${join(folder, 'back.sqlite')}`);
    const without = (counts: typeof back) => counts.filter((one) => one.table !== 'meta');
    expect(without(back)).toEqual(without(there));
  });

  it('takes a target that was only migrated, and refuses one that holds anything else', async () => {
    await using(database.url, (store) => store.sources.sync([source('z')]));
    await copied(file, database.url);
    const other = await newDatabase();
    await using(other.url, (store) => store.subscriptions.add(subscription('theirs')));
    await expect(copied(file, other.url)).rejects.toThrow('The target holds other data (in channel)');
    await other.drop();
    await using(`${file}2`, fill);
    await expect(copied(`${file}2`, database.url)).rejects.toThrow('The target holds other data');
  });

  it('refuses while a bot runs, when one has run on the target since, and what is no pair', async () => {
    await using(file, (store) => store.hold('clusterer', 'alive', noon, after(60)));
    await expect(copied(file, database.url)).rejects.toThrow(/A bot is running on sqlite:/);
    await using(file, (store) => store.hold('clusterer', 'alive', noon, noon));
    await copied(file, database.url);
    await using(database.url, (store) => store.meta.set('heartbeat', after(60)));
    await expect(copied(file, database.url)).rejects.toThrow('A bot has run on the target since');
    await expect(copied(database.url, database.url)).rejects.toThrow('pg_dump');
    await expect(copied(file, file)).rejects.toThrow('the same file');
  });
});
