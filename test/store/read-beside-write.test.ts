import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { entry, source, sourceState } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const seenAt = '2026-03-02T12:00:00.000Z';
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bw-store-'));
  store = await openStore({ url: join(folder, 'b.sqlite'), migrations, now: Date.now });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a database file', () => {
  it('answers questions while thousands of entries are stored, and shows none of them before all are there', async () => {
    await store.sources.sync([source('a')]);
    const entries = Array.from({ length: 2_000 }, (_, n) => entry(`e${n}`));
    const stored = new AbortController();
    const poll = store.sources.recordPoll({ state: sourceState('a'), entries, seenAt, silent: false });
    const ended = poll.finally(() => stored.abort());
    const seen: number[] = [];
    while (!stored.signal.aborted) {
      await store.stories.latest({}, 5);
      seen.push((await store.stories.unreadEntries(3_000)).length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended;
    expect(new Set(seen.slice(0, -1))).toEqual(new Set([0]));
    expect(await poll).toMatchObject({ added: 2_000 });
    expect(seen.length).toBeGreaterThan(3);
    expect(await store.stories.unreadEntries(3_000)).toHaveLength(2_000);
  });
});
