import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consoleAsker } from '../../src/cli/app-session.ts';
import { createDispatcher, type Dispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import { answerSchemas } from '../../src/core/answers/index.ts';
import { SourceError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/ports.ts';
import { silentLog } from '../../src/lib/log.ts';
import { openTestApp } from '../fakes/app.ts';
import { runLine } from '../fakes/io.ts';
import { source } from '../fakes/samples.ts';
import { askerIn, testServices } from '../fakes/services.ts';

let store: Store;
let dispatcher: Dispatcher;
const manager = askerIn('a');

beforeEach(async () => {
  const made = await testServices({
    sourceTools: {
      find: (address) =>
        address.includes('nothing')
          ? Promise.reject(
              new SourceError('malformed', 'no-feed', `${address}: neither a feed nor a page`, 'Look for RSS'),
            )
          : Promise.resolve({
              config: source('found', { name: 'The Found', url: 'https://found.example.com/rss' }),
              items: 12,
              newest: [1, 2, 3].map((n) => ({
                id: `${n}`,
                title: `Item ${n}`,
                link: null,
                publishedAt: `2026-11-0${n}T00:00:00Z`,
                updatedAt: null,
                author: null,
                summary: null,
                content: null,
              })),
            }),
      test: (id) =>
        Promise.resolve({ ok: id === 'found', items: 12, newest: null, truncated: id === 'found', error: null }),
      opml: () => Promise.resolve('<opml version="2.0"/>'),
      opmlAt: () =>
        Promise.resolve(
          ['one', 'two', 'shipped'].map((id) => source(id, { url: `https://${id}.example.com/rss`, added: true })),
        ),
    },
  });
  store = made.store;
  await store.sources.sync([source('shipped')]);
  dispatcher = createDispatcher(createCommands(made.services), silentLog);
});
afterEach(() => store.close());

const ask = (line: string, who = manager) => dispatcher.line(line, who);

describe('/sources', () => {
  it('adds the feed of a page for managers, shows its newest three, and keeps it', async () => {
    const reply = await ask('/sources add https://found.example.com/');
    expect(reply.message.plain).toMatch(/The Found is watched now as found: 12 items/);
    expect(reply.message.blocks[1]).toMatchObject({
      items: [['2026-11-01: Item 1'], ['2026-11-02: Item 2'], ['2026-11-03: Item 3']],
    });
    expect(answerSchemas['sources-change']?.safeParse(reply.data).success).toBe(true);
    expect((await ask('/sources')).message.plain).toMatch(/2 sources are watched/);
    expect((await ask('/sources add https://found.example.com/')).message.plain).toMatch(/watched already/);
    expect((await ask('/sources add https://nothing.example.com/')).message.plain).toMatch(
      /neither a feed.*Look for RSS/,
    );
    expect((await ask('/sources add x.example.com', askerIn('a', { manager: false }))).exitCode).toBe(2);
  });

  it('lets managers pause and remove what was added, and operators what is shipped', async () => {
    await ask('/sources add https://found.example.com/');
    expect((await ask('/sources pause found')).exitCode).toBe(0);
    expect((await ask('/sources pause shipped')).message.plain).toMatch(/operators/);
    expect((await ask('/sources remove shipped')).message.plain).toMatch(/operators/);
    const operator = askerIn('a', { operator: true });
    expect((await ask('/sources pause shipped', operator)).exitCode).toBe(0);
    expect((await ask('/sources remove shipped', operator)).message.plain).toMatch(/sources\.yaml/);
    expect((await ask('/sources remove found')).message.plain).toMatch(/no longer watched/);
    expect((await ask('/sources')).message.plain).toMatch(/1 sources are watched/);
  });

  it('tries one, and writes all as OPML', async () => {
    await ask('/sources add https://found.example.com/');
    expect((await ask('/sources test found')).message.plain).toMatch(/found answers: 12 items.*truncated/);
    expect((await ask('/sources test found', askerIn('a', { manager: false }))).exitCode).toBe(2);
    expect(await ask('/sources test shipped')).toMatchObject({ exitCode: 1 });
    expect((await ask('/sources test nowhere')).message.plain).toMatch(/no source “nowhere”/);
    expect((await ask('/sources export')).data).toEqual({ version: 1, opml: '<opml version="2.0"/>' });
  });
});

describe('an OPML list', () => {
  it('is imported for managers, what is watched already left out', async () => {
    const reply = await ask('/sources import https://lists.example.com/mine.opml');
    expect(reply.data).toEqual({ version: 1, imported: ['one', 'two'], listed: 3 });
    expect(answerSchemas['sources-change']?.safeParse(reply.data).success).toBe(true);
    const again = await ask('/sources import https://lists.example.com/mine.opml');
    expect(again.message.plain).toMatch(/^0 of 3/);
    expect((await ask('/sources import https://x.example', askerIn('a', { manager: false }))).exitCode).toBe(2);
  });
});

describe('in the whole program', () => {
  it('never fetches an address inside the network for somebody who adds it', async () => {
    const server = createServer((_request, response) => response.end('<rss version="2.0"><channel/></rss>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const app = await openTestApp({ memory: true, sources: [] });
    const { port } = server.address() as AddressInfo;
    const reply = await app.dispatcher.line(`/sources add http://127.0.0.1:${port}/feed`, consoleAsker);
    expect(reply.exitCode).toBe(2);
    expect(await app.store.sources.list()).toEqual([]);
    await app.close();
    server.close();
  });

  it('imports OPML, each address once, and keeps it over a restart', async () => {
    const data = mkdtempSync(join(tmpdir(), 'bw-opml-'));
    const file = join(data, 'list.opml');
    writeFileSync(
      file,
      '<opml version="2.0"><body><outline text="One" xmlUrl="https://one.example.com/rss"/><outline text="Two" xmlUrl="https://two.example.com/rss"/></body></opml>',
    );
    const env = { BORDERWIRE_DATA: data };
    expect((await runLine(['sources', 'import', file], env)).out).toMatch(/^2 of 2 feeds added/);
    expect((await runLine(['sources', 'import', file], env)).out).toMatch(/^0 of 2 feeds added/);
    expect((await runLine(['do', '/sources export'], env)).out).toContain('https://two.example.com/rss');
  });
});
