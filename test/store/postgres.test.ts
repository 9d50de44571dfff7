import { mkdtempSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, StoreError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/ports.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { checkServer, migratePostgres } from '../../src/store/migrate-postgres.ts';
import { openStore } from '../../src/store/open.ts';
import { openPool } from '../../src/store/postgres.ts';
import { asStoreError } from '../../src/store/postgres-errors.ts';
import { ask, type Cluster, havePostgres, newDatabase, startCluster } from '../fakes/postgres.ts';
import { after, article, channel, draft, entry, noon, reading, source, sourceState, story } from '../fakes/samples.ts';
import { openTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const now = () => Date.parse(noon);
const known = readMigrations(migrations, 'postgres').length;
const open = (url: string, folder = migrations) => openStore({ url, migrations: folder, now });

describe('errors of a server', () => {
  it('refuse one that is too old, by its number', () => {
    expect(() => checkServer('here', '120015')).toThrow('PostgreSQL 12, too old. Use PostgreSQL 13 or later');
    checkServer('here', '130000');
  });

  it.each([
    ['53100', 'full'],
    ['25006', 'read-only'],
    ['57P01', 'io'],
    ['40001', 'busy'],
    ['ECONNRESET', 'io'],
  ])('%s is trouble of the kind “%s”, with its remedy', (code, kind) => {
    const error = asStoreError(Object.assign(new Error('server words'), { code }), 'postgres://u@h/db');
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ kind, message: expect.stringMatching(/^postgres:\/\/u@h\/db: .+\. .+/) });
  });

  it('leave a wrong statement as it is', () => {
    const error = Object.assign(new Error('syntax'), { code: '42601' });
    expect(asStoreError(error, 'x')).toBe(error);
  });
});

describe.skipIf(!havePostgres())('PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof newDatabase>>;
  beforeEach(async () => {
    database = await newDatabase();
  });
  afterEach(() => database.drop());

  describe('opening', () => {
    it('names what is wrong with the address, never the password', async () => {
      const at = new URL(database.url);
      const wrong: readonly [string, RegExp][] = [
        [`postgres://u:secret@127.0.0.1:1/x`, /nothing listens there/],
        [`postgres://u:secret@no-such-host.invalid/x`, /host is not known|loopback only/],
        [`postgres://borderwire:secret@127.0.0.1:${at.port}/nowhere`, /does not exist\. Make it first/],
        [`postgres://nobody:secret@127.0.0.1:${at.port}/postgres`, /refuses this user/],
        [`postgres://u:secret@127.0.0.1:99999/x`, /address cannot be read/],
        [`postgres://u:secret@:x/z`, /address cannot be read/],
      ];
      for (const [url, words] of wrong) {
        const error = await open(url).catch((caught: unknown) => caught);
        expect(String(error), url).toMatch(words);
        expect(String(error), url).not.toContain('secret');
      }
    });

    it('by many at once migrates once', async () => {
      const stores = await Promise.all(Array.from({ length: 4 }, () => open(database.url)));
      const [row] = await ask<{ count: string }>(database.url, 'select count(*) from schema_migration');
      expect(row?.count).toBe(`${known}`);
      for (const store of stores) await store.close();
    });

    it('leaves the database as it was when a migration fails, and refuses a newer one', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'bw-migrations-'));
      await cp(migrations, folder, { recursive: true });
      const file = join(folder, `${String(known + 1).padStart(4, '0')}_more.sql`);
      await writeFile(file, 'CREATE TABLE half (id TEXT NOT NULL); CREATE TABLE no such syntax;');
      await expect(open(database.url, folder)).rejects.toThrow(/_more\.sql failed: syntax error.*as it was before/);
      expect(await ask(database.url, `select 1 from pg_tables where tablename in ('half', 'meta')`)).toEqual([]);
      await writeFile(file, 'CREATE TABLE whole (id TEXT NOT NULL);');
      await (await open(database.url, folder)).close();
      await expect(open(database.url)).rejects.toThrow(ConfigError);
      await expect(open(database.url)).rejects.toThrow(/newer version/);
      await rm(folder, { recursive: true });
    });

    it('brings the keys of entries over from before 0015', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'bw-before-'));
      const isBefore = (path: string) => !/00(1[5-9]|[2-9]\d)_/.test(path);
      await cp(migrations, folder, { recursive: true, filter: isBefore });
      const pool = openPool(database.url, 1);
      await migratePostgres(pool, 'old', readMigrations(folder, 'postgres'), now);
      await pool.end();
      await ask(
        database.url,
        `insert into source (id, config, configured, enabled, paused, failures, memory) values ('a', $1, 1, 1, 0, 0, '{}')`,
        [JSON.stringify(source('a'))],
      );
      await ask(
        database.url,
        `insert into entry (id, source_id, version, content_hash, item, first_seen_at, seen_at, silent, unread)
         values ('e', 'a', 1, 'h', '{}', $1, $1, 0, 0)`,
        [noon],
      );
      await ask(
        database.url,
        `insert into entry_key values ('a', 'g:known', 'e'), ('a', 'd:2026-03-02', 'e'), ('a', 'u:known', 'e')`,
      );
      const store = await open(database.url);
      const again = { ...entry('known'), contentHash: 'h' };
      const state = sourceState('a');
      expect(await store.sources.recordPoll({ state, entries: [again], seenAt: noon, silent: false })).toMatchObject({
        added: 0,
        changed: 0,
      });
      await store.close();
      const [row] = await ask<{ entry_keys: string }>(database.url, 'select entry_keys from entry');
      expect(row?.entry_keys.split('\n').toSorted()).toEqual(['d:2026-03-02', 'g:known', 'u:known']);
      expect(await ask(database.url, 'select entry_key from entry_key order by 1')).toHaveLength(2);
      await rm(folder, { recursive: true });
    });

    it('sorts by bytes whatever language the database is of', async () => {
      const name = `${database.url.split('/').at(-1)}_lt`;
      const server = database.url.replace(/[^/]*$/, 'postgres');
      await ask(
        server,
        `create database ${name} template template0 lc_collate 'C.UTF-8' locale_provider icu icu_locale 'lt'`,
      );
      const url = database.url.replace(/[^/]*$/, name);
      const store = await open(url);
      await store.sources.sync(['a-y', 'a-j', 'aB', 'a_b', 'ž'].map((id) => source(id)));
      expect((await store.sources.list()).map((one) => one.config.id)).toEqual(['aB', 'a-j', 'a-y', 'a_b', 'ž'].sort());
      await store.close();
      await ask(server, `drop database ${name} with (force)`);
    });
  });

  it('finds an old story behind many newer ones, and of a word that all hold the newest', async () => {
    const store = await open(database.url);
    const told = (id: string, headline: string) =>
      store.stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: article(`of-${id}`),
        reading: reading(),
        stories: [story(id, { headline })],
        outbox: [],
      });
    await told('old', 'Lighthouse flight');
    const copies = `from story t, generate_series(1, 12000) as n where t.id = 'old'`;
    await ask(
      database.url,
      `insert into story (id, revision, day, certainty, disputed, opened_at, updated_at)
       select 'copy' || n, revision, day, certainty, disputed, opened_at, updated_at ${copies}`,
    );
    await ask(
      database.url,
      `insert into story_document (story_id, headline, summary, names, titles)
       select 'copy' || n, 'harbour flight', '', '', '' from generate_series(1, 12000) as n`,
    );
    await told('new', 'Flight flight flight');
    expect((await store.stories.search('lighthouse', 9)).map(({ id }) => id)).toEqual(['old']);
    expect((await store.stories.search('lighthouse flig', 9)).map(({ id }) => id)).toEqual(['old']);
    expect((await store.stories.search('flight', 1)).map(({ id }) => id)).toEqual(['new']);
    expect(await store.stories.search('nowhere', 9)).toEqual([]);
    await store.close();
  });

  describe('with several workers', () => {
    let stores: Store[];
    beforeEach(async () => {
      stores = await Promise.all(['one', 'two', 'three'].map(() => open(database.url)));
    });
    afterEach(async () => {
      for (const store of stores) await store.close();
    });
    const byAll = <T>(work: (store: Store, owner: string) => Promise<T>) =>
      Promise.all(stores.map((store, n) => work(store, `worker ${n}`)));

    it('leases each source to one of them', async () => {
      await stores[0]?.sources.sync(Array.from({ length: 60 }, (_, n) => source(`s${n}`)));
      const leased = await byAll((store, owner) => store.sources.leaseDue(owner, noon, after(60), 25));
      const names = leased.flat().map((one) => one.config.id);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBe(60);
    });

    it('leases each delivery to one of them, one a channel, oldest first, until all are out', async () => {
      const drafts = Array.from({ length: 120 }, (_, n) =>
        draft({ channel: channel(`c${n % 12}`), subject: `s${String(n).padStart(3, '0')}` }),
      );
      await stores[0]?.outbox.enqueue(drafts);
      const sent: string[] = [];
      for (let round = 0; sent.length < 120 && round < 200; round++) {
        const leased = (await byAll((store, owner) => store.outbox.lease(owner, noon, after(60), 7))).flat();
        const channels = leased.map((row) => row.channel.id);
        expect(new Set(channels).size).toBe(channels.length);
        await byAll(async (store, owner) => {
          for (const row of leased) {
            if (!(await store.outbox.begin(row.id, owner, noon))) continue;
            await store.outbox.settle(row.id, { kind: 'sent', messageId: row.id }, noon, { state: 'sent', owner });
            sent.push(`${row.channel.id} ${row.subject}`);
          }
        });
      }
      expect(new Set(sent).size).toBe(120);
      expect(sent).toHaveLength(120);
      for (let n = 0; n < 12; n++) {
        const mine = sent.filter((one) => one.startsWith(`c${n} `));
        expect(mine).toEqual(mine.toSorted());
      }
    });

    it('lets one hold a name', async () => {
      for (let round = 0; round < 10; round++) {
        const at = after(round * 60);
        const held = await byAll((store, owner) =>
          store.hold('clusterer', `${owner} ${round}`, at, after(round * 60 + 60)),
        );
        expect(held.filter(Boolean)).toHaveLength(1);
      }
    });

    it('stores an entry once, though all polled its source', async () => {
      await stores[0]?.sources.sync([source('a')]);
      const entries = Array.from({ length: 20 }, (_, n) => entry(`e${n}`));
      const counts = await byAll((store) =>
        store.sources.recordPoll({ state: sourceState('a'), entries, seenAt: noon, silent: false }),
      );
      expect(counts.reduce((sum, one) => sum + one.added, 0)).toBe(20);
    });

    it('raises a trouble once, and writes through collisions', async () => {
      const raised = await byAll((store) =>
        Promise.all(
          Array.from({ length: 10 }, (_, n) =>
            store.notices.raise({ kind: 'k', subject: `${n}`, text: 't', at: noon }),
          ),
        ),
      );
      expect(raised.flat().filter(Boolean)).toHaveLength(10);
    });
  });
});

describe.skipIf(!havePostgres())('a PostgreSQL server in trouble', () => {
  let cluster: Cluster;
  let proxy: TcpProxy;
  let store: Store;

  beforeEach(async () => {
    cluster = await startCluster(mkdtempSync(join(tmpdir(), 'bw-trouble-')), process.pid, ['synchronous_commit=on']);
    proxy = await openTcpProxy(cluster.port);
    store = await open(`postgres://borderwire@127.0.0.1:${proxy.port}/postgres`);
  });
  afterEach(async () => {
    await store.close();
    await proxy.close();
    await cluster.stop('immediate');
  });

  async function begun() {
    await store.outbox.enqueue([draft()]);
    const [row] = await store.outbox.lease('one', noon, after(60), 1);
    expect(await store.outbox.begin(row?.id ?? '', 'one', noon)).toBe(true);
    return row?.id ?? '';
  }

  it('is told, and what was sent while the network was cut is recorded when it is back', async () => {
    const id = await begun();
    proxy.cut();
    const lost = store.outbox.settle(id, { kind: 'sent', messageId: 'm1' }, noon, { state: 'sent', owner: 'one' });
    await expect(store.outbox.enqueue([draft({ subject: 's2' })])).rejects.toThrow(/does not answer/);
    setTimeout(() => proxy.mend(), 2_000);
    await lost;
    expect(await store.outbox.row(id)).toMatchObject({ state: 'sent' });
    expect(await store.outbox.enqueue([draft({ subject: 's2' })])).toBe(1);
  });

  it('that falls silent and comes back goes on where it was', async () => {
    const id = await begun();
    proxy.silence();
    const late = store.outbox.settle(id, { kind: 'sent', messageId: 'm1' }, noon, { state: 'sent', owner: 'one' });
    setTimeout(() => proxy.mend(), 2_000);
    await late;
    expect(await store.outbox.counts()).toMatchObject({ sent: 1 });
  });

  it('that is restarted keeps what was committed, and is used again', async () => {
    const id = await begun();
    await cluster.stop('immediate');
    const sent = store.outbox.settle(id, { kind: 'sent', messageId: 'm1' }, noon, { state: 'sent', owner: 'one' });
    await expect(store.outbox.counts()).rejects.toThrow(StoreError);
    await cluster.start();
    await sent;
    expect(await store.outbox.attempts(id)).toMatchObject([{ attempt: 1, outcome: { kind: 'sent' } }]);
  });
});
