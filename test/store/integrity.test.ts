import { copyFileSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/ports.ts';
import { integrityOf } from '../../src/store/integrity.ts';
import { openStore } from '../../src/store/open.ts';
import { article, draft, member, noon, reading, story } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-integrity-'));
  file = join(folder, 'b.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(path: string): Promise<Store> {
  return openStore({ url: `sqlite:${path}`, migrations, now: Date.now });
}

async function fill(store: Store, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++)
    await store.stories.commitIngest({
      entryId: null,
      entryVersion: 1,
      article: article(`a${n}`, { text: `Text ${n}. `.repeat(300) }),
      reading: reading(),
      stories: [story(`s${n}`, { headline: `Story ${n}`, members: [member(`a${n}`)] })],
      outbox: [draft({ subject: `s${n}` })],
    });
}

it('gives back everything from a copy that was made while others wrote', async () => {
  const store = await open(file);
  await fill(store, 0, 40);
  const copy = join(folder, 'copy.sqlite');
  await Promise.all([store.backup(copy), fill(store, 40, 60)]);
  await store.close();
  writeFileSync(file, 'the file was lost');
  await expect(open(file)).rejects.toThrow(/(damaged|not a database).*backup/s);
  for (const each of ['', '-wal', '-shm']) rmSync(file + each, { force: true });
  copyFileSync(copy, file);

  const restored = await open(file);
  expect(await restored.check()).toBeNull();
  for (let n = 0; n < 40; n++) {
    expect(await restored.stories.story(`s${n}`)).toMatchObject({ headline: `Story ${n}` });
    expect(await restored.history.article(`a${n}`)).toMatchObject({ storyId: `s${n}` });
  }
  expect((await restored.outbox.counts()).pending).toBeGreaterThanOrEqual(40);
  expect(await restored.stories.search('story 7', 5)).toMatchObject([{ id: 's7' }]);
  expect(await restored.hold('clusterer', 'me', noon, noon)).toBe(true);
  await restored.close();
});

it.each([
  ['half of it', (size: number) => Math.floor(size / 2)],
  ['a part of its last page', (size: number) => size - 3_000],
])('refuses a file that lost %s, and names the way back', async (_, cut) => {
  const store = await open(file);
  await fill(store, 0, 40);
  await store.close();
  truncateSync(file, cut(statSync(file).size));
  await expect(open(file)).rejects.toThrow(ConfigError);
  await expect(open(file)).rejects.toThrow(/damaged.*put the newest backup in its place/s);
});

it('refuses an empty file beside which a log of changes waits', async () => {
  writeFileSync(file, '');
  writeFileSync(`${file}-wal`, 'changes of a database that is gone');
  await expect(open(file)).rejects.toThrow(/file is empty, and its -wal file is not.*newest backup/s);
});

it('finds damage inside a file whose header is sound', async () => {
  const store = await open(file);
  await fill(store, 0, 60);
  await store.close();
  const handle = openSync(file, 'r+');
  for (let at = 20 * 4096; at < statSync(file).size; at += 4096)
    writeSync(handle, Buffer.alloc(2000, 0xa5), 0, 2000, at);
  expect(await integrityOf(file)).toMatch(/malformed|invalid|btree|page|Tree/i);
});

it('says so when there is nothing to look at', async () => {
  expect(await integrityOf(file)).toMatch(/unable to open|cannot open/);
});
