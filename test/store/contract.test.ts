import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { contractOfStore, type OpenedStore } from '../contract/store.ts';
import { havePostgres, newDatabase } from '../fakes/postgres.ts';
import { noon } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;

async function open(url: string, done: () => Promise<void>): Promise<OpenedStore> {
  let now = Date.parse(noon);
  const store = await openStore({ url, migrations, now: () => now });
  return {
    store,
    setNow: (ms) => {
      now = ms;
    },
    close: async () => {
      await store.close();
      await done();
    },
  };
}

contractOfStore('SQLite in memory', () => open(':memory:', async () => {}));

contractOfStore('a SQLite file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'borderwire-store-'));
  return open(`sqlite:${join(folder, 'data', 'b.db')}`, () => rm(folder, { recursive: true }));
});

describe.skipIf(!havePostgres())('PostgreSQL', () => {
  contractOfStore('PostgreSQL', async () => {
    const { url, drop } = await newDatabase();
    return open(url, drop);
  });
});
