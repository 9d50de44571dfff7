import { afterEach, describe, expect, it } from 'vitest';
import { sourceHealth } from '../../src/feeds/health.ts';
import { parseFeed } from '../../src/feeds/parse.ts';
import type { Parse } from '../../src/feeds/poll.ts';
import * as faults from '../fakes/feed-server/faults.ts';
import { type Bench, createBench, day, document, hour, item, minute, source } from './poll-fixture.ts';

let bench: Bench;
afterEach(() => bench.close());

const json = { 'content-type': 'application/json' };

async function one(body: string, headers: Record<string, string> = json): Promise<void> {
  bench = await createBench((origin) => [source('a', `${origin}/a`)]);
  bench.server.routes.set('/a', faults.serve(body, headers));
}

const state = () => bench.sources.state('a');
const serve = (body: string, headers: Record<string, string> = json, status = 200) =>
  bench.server.routes.set('/a', faults.serve(body, headers, status));
const iso = (ms: number) => new Date(ms).toISOString();

async function pollAfter(ms: number) {
  bench.time.now += ms;
  return await bench.poller.pollAll();
}

it('what was read of an answer that is too large is kept, and the source says truncated', async () => {
  const parse: Parse = (bytes, type, _, url) => parseFeed(bytes, type, url);
  bench = await createBench((origin) => [source('a', `${origin}/a`)], {}, 3000, parse);
  const entry = (n: number): string => `<item><guid>${n}</guid><title>Entry ${n}</title></item>`;
  const small = `<rss version="2.0"><channel><title>T</title>${entry(1)}`;
  const large = `${small}${Array.from({ length: 20 }, (_, n) => entry(n + 2)).join('')}<item><title>${'x'.repeat(1_200_000)}`;
  serve(small, {});
  await bench.poller.pollAll();
  serve(large, {});
  expect(await pollAfter(hour)).toMatchObject({ added: 20, failed: [] });
  const health = () => sourceHealth(source('a', ''), state(), bench.time.now);
  expect(health()).toMatchObject({ state: 'ok', truncated: true });
  serve('x'.repeat(1_200_000), {});
  expect((await pollAfter(hour)).failed[0]).toMatchObject({ code: 'too-large' });
  serve(small, {});
  await pollAfter(hour);
  expect(health().truncated).toBe(false);
});

describe('what is told', () => {
  it('the first poll is silent, later entries are told, and only once', async () => {
    await one(document([item(2), item(1)]));
    expect(await bench.poller.pollDue()).toMatchObject({ polled: 1, added: 2, failed: [] });
    serve(document([item(3), item(2), item(1)]));
    expect(await pollAfter(hour)).toMatchObject({ added: 1 });
    serve(document([item(2), item(3)]));
    expect(await pollAfter(hour)).toMatchObject({ added: 0, changed: 0 });
    expect(bench.sources.told).toEqual(['a/3@1']);
  });

  it('an edited entry is a new version', async () => {
    await one(document([]));
    await bench.poller.pollAll();
    serve(document([item(1)]));
    await pollAfter(hour);
    serve(document([item(1, { title: 'Officials tell of the first round of the talks' })]));
    expect(await pollAfter(hour)).toMatchObject({ added: 0, changed: 1 });
    expect(bench.sources.told).toEqual(['a/1@1', 'a/1@2']);
  });

  it('undated, date-only, future and back-dated entries are told; old ones that surface are kept silently', async () => {
    await one(document([]));
    await bench.poller.pollAll();
    const now = bench.time.now;
    const dates: Record<string, string | null> = {
      undated: null,
      today: '2025-06-02T00:00:00.000Z',
      future: iso(now + 40 * day),
      backdated: iso(now - 2 * day),
      old: iso(now - 30 * day),
    };
    const items = Object.entries(dates).map(([name, publishedAt]) => item(name, { publishedAt }));
    serve(document(items));
    expect(await pollAfter(hour)).toMatchObject({ added: 5 });
    serve(document(items.toReversed()));
    expect(await pollAfter(hour)).toMatchObject({ added: 0, changed: 0 });
    const silent = bench.sources.entriesOf('a').filter((entry) => entry.silent);
    expect(silent.map((entry) => entry.item.id)).toEqual(['id-old']);
  });

  it('what came during an outage is told when it is over', async () => {
    await one(document([]));
    await bench.poller.pollAll();
    serve('', {}, 500);
    for (let n = 0; n < 8; n++) await pollAfter(day);
    serve(document([item(1, { publishedAt: iso(bench.time.now - 7 * day) })]));
    await pollAfter(hour);
    expect(bench.sources.told).toEqual(['a/1@1']);
  });

  it('a rebuilt archive is a flood: stored silently, but for what is dated about the last poll or later; the operator hears', async () => {
    await one(document([item(1)]));
    await bench.poller.pollAll();
    const archive = Array.from({ length: 60 }, (_, n) =>
      item(`old-${n}`, { publishedAt: iso(bench.time.now - 5.5 * hour - n * hour) }),
    );
    const fresh = item('fresh', { publishedAt: iso(bench.time.now + 30 * minute) });
    serve(document([fresh, ...archive, ...[1, 2, 3].map((n) => item(`undated-${n}`))]));
    const summary = await pollAfter(hour);
    expect(summary.added).toBe(64);
    expect(summary.notices.map((notice) => notice.kind)).toEqual(['flood']);
    const told = bench.sources.entriesOf('a').filter((entry) => !entry.silent);
    expect(new Set(told.map((entry) => entry.item.id))).toEqual(new Set(['id-fresh', 'id-old-0']));
  });
});

describe('conditional requests', () => {
  it('send validators back as they came, weak ones too, and take 304 for unchanged', async () => {
    await one(document([item(1)]), { ...json, etag: 'W/"a-1"', 'last-modified': 'Mon, 02 Jun 2025 10:00:00 GMT' });
    await bench.poller.pollAll();
    bench.server.routes.set('/a', (_, response) => response.writeHead(304).end());
    expect(await pollAfter(hour)).toMatchObject({ unchanged: 1, failed: [] });
    expect(bench.server.asked.get('/a')).toMatchObject({
      'if-none-match': 'W/"a-1"',
      'if-modified-since': 'Mon, 02 Jun 2025 10:00:00 GMT',
    });
    expect(state()).toMatchObject({ etag: 'W/"a-1"', failures: 0 });
  });

  it('take the same bytes for unchanged when the server has no validators, or changes them each time', async () => {
    await one(document([item(1)]));
    await bench.poller.pollAll();
    serve(document([item(1)]), { ...json, etag: '"other"' });
    expect(await pollAfter(hour)).toMatchObject({ unchanged: 1 });
  });

  it('forget validators that the server drops', async () => {
    await one(document([item(1)]), { ...json, etag: '"1"' });
    await bench.poller.pollAll();
    serve(document([item(2)]));
    await pollAfter(hour);
    await pollAfter(hour);
    expect(bench.server.asked.get('/a')?.['if-none-match']).toBeUndefined();
  });

  it('do not believe for ever: a server that says unchanged of a changed body loses its say', async () => {
    let body = document([item(1)]);
    await one(body);
    bench.server.routes.set('/a', (request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end();
      else response.writeHead(200, { ...json, etag: '"never changes"' }).end(body);
    });
    await bench.poller.pollAll();
    body = document([item(2), item(1)]);
    expect(await pollAfter(hour)).toMatchObject({ unchanged: 1 });
    expect(await pollAfter(day)).toMatchObject({ added: 1 });
    body = document([item(3), item(2), item(1)]);
    expect(await pollAfter(hour)).toMatchObject({ added: 1 });
    expect(bench.sources.told).toHaveLength(2);
  });

  it('do not keep validators of a body that could not be read', async () => {
    await one('[{ broken', { ...json, etag: '"broken"' });
    expect((await bench.poller.pollAll()).failed[0]).toMatchObject({ code: 'unreadable' });
    serve(document([item(1)]));
    expect(await pollAfter(hour)).toMatchObject({ added: 1 });
    expect(bench.server.asked.get('/a')?.['if-none-match']).toBeUndefined();
  });

  it('a 304 that was not asked for is a fault', async () => {
    await one('');
    bench.server.routes.set('/a', (_, response) => response.writeHead(304).end());
    expect((await bench.poller.pollAll()).failed[0]?.code).toBe('unasked-304');
  });
});

describe('a server that says when', () => {
  it.each([
    ['seconds', '7200', 2 * hour],
    ['a date', 'Mon, 02 Jun 2025 15:00:00 GMT', 3 * hour],
    ['nonsense', 'soon', 0],
    ['more than a day', '9000000', day],
  ])('Retry-After in %s is kept, up to a day', async (_, value, wait) => {
    await one('');
    const date = new Date(bench.time.now).toUTCString();
    bench.server.routes.set('/a', (_request, response) => {
      response.setHeader('date', date);
      response.writeHead(429, { 'retry-after': value }).end();
    });
    const summary = await bench.poller.pollDue();
    expect(summary.failed[0]?.code).toBe('rate-limited');
    expect(Date.parse(state().nextPollAt ?? '')).toBeGreaterThanOrEqual(bench.time.now + wait);
    expect(Date.parse(state().nextPollAt ?? '')).toBeLessThanOrEqual(bench.time.now + Math.max(wait, hour));
  });

  it('is left alone by every source of its host', async () => {
    bench = await createBench((origin) => [source('a', `${origin}/a`), source('b', `${origin}/b`, { every: 1 })]);
    serve('', { 'retry-after': '3600' }, 429);
    bench.server.routes.set('/b', faults.serve(document([]), json));
    await bench.poller.pollDue();
    const hits = bench.server.hits.get('/b');
    bench.time.now += 5 * minute;
    expect(await bench.poller.pollDue()).toMatchObject({ polled: 0, deferred: 1 });
    expect(bench.server.hits.get('/b')).toBe(hits);
    bench.time.now += 2 * hour;
    expect(await bench.poller.pollDue()).toMatchObject({ deferred: 0 });
    expect(bench.server.hits.get('/b')).toBe((hits ?? 0) + 1);
  });

  it('Cache-Control, ttl and skipHours put the next poll off; `every` does not listen', async () => {
    const asks = document([], { ttlMinutes: 50, skipHours: [13, 14] });
    bench = await createBench((origin) => [source('a', `${origin}/a`), source('b', `${origin}/b`, { every: 10 })]);
    serve(asks, { ...json, 'cache-control': 'public, max-age=2400' });
    bench.server.routes.set('/b', faults.serve(asks, { ...json, 'cache-control': 'max-age=86400' }));
    await bench.poller.pollAll();
    await pollAfter(10 * minute);
    expect(iso(Date.parse(state().nextPollAt ?? '')).slice(0, 13)).toBe('2025-06-02T15');
    const next = Date.parse(bench.sources.state('b').nextPollAt ?? '') - bench.time.now;
    expect(next).toBeLessThan(11 * minute);
  });

  it('410 pauses the source, and the operator hears at once', async () => {
    await one(document([]));
    await bench.poller.pollAll();
    serve('gone', {}, 410);
    const summary = await pollAfter(hour);
    expect(summary.notices.map((notice) => notice.kind)).toEqual(['paused']);
    expect(state().paused).toBe(true);
    bench.time.now += 30 * day;
    expect(await bench.poller.pollDue()).toMatchObject({ polled: 0 });
  });
});

describe('a move', () => {
  it('is remembered when the permanent redirect has repeated for a day, and told once', async () => {
    await one('');
    bench.server.routes.set('/a', faults.redirect(301, '/new'));
    bench.server.routes.set('/new', faults.serve(document([item(1)]), json));
    const kinds: string[] = [];
    for (let n = 0; n < 4; n++) kinds.push(...(await pollAfter(9 * hour)).notices.map((notice) => notice.kind));
    expect(kinds).toEqual(['moved']);
    expect(state().movedTo).toBe(`${bench.server.origin}/new`);
    const hits = bench.server.hits.get('/a');
    await pollAfter(hour);
    expect(bench.server.hits.get('/a')).toBe(hits);
  });

  it('is not remembered when it was a passing one', async () => {
    await one('');
    bench.server.routes.set('/new', faults.serve(document([item(1)]), json));
    for (let n = 0; n < 6; n++) {
      bench.server.routes.set('/a', n % 2 ? faults.serve(document([]), json) : faults.redirect(301, '/new'));
      await pollAfter(day);
    }
    bench.server.routes.set('/a', faults.redirect(302, '/new'));
    for (let n = 0; n < 6; n++) await pollAfter(day);
    expect(state().movedTo).toBeNull();
  });

  it('is taken back when the new place dies and the old one lives', async () => {
    await one('');
    bench.server.routes.set('/a', faults.redirect(308, '/new'));
    bench.server.routes.set('/new', faults.serve(document([item(1)]), json));
    for (let n = 0; n < 4; n++) await pollAfter(day);
    bench.server.routes.delete('/new');
    serve(document([item(1), item(2)]));
    const results = [await pollAfter(day), await pollAfter(day)];
    expect(results.map((one) => one.added)).toEqual([0, 1]);
    expect(state()).toMatchObject({ movedTo: null, failures: 0 });
  });
});

describe('trouble', () => {
  it('is told once an outage and once at recovery, and backs off to a day without giving up', async () => {
    await one(document([item(1)]));
    await bench.poller.pollAll();
    serve('', {}, 503);
    const kinds: string[] = [];
    let polls = 0;
    for (let waited = 0; waited < 20 * day; waited += 5 * minute) {
      bench.time.now += 5 * minute;
      const summary = await bench.poller.pollDue();
      polls += summary.polled;
      kinds.push(...summary.notices.map((notice) => notice.kind));
    }
    expect(kinds).toEqual(['outage']);
    expect(polls).toBeGreaterThan(20);
    expect(polls).toBeLessThan(50);
    expect(Date.parse(state().nextPollAt ?? '') - bench.time.now).toBeLessThanOrEqual(day);
    serve(document([item(2), item(1)]));
    const over = await pollAfter(day);
    expect(over.notices.map((notice) => notice.kind)).toEqual(['recovery']);
    expect((await pollAfter(day)).notices).toEqual([]);
  });

  it.each([
    ['a challenge page with status 200', faults.challengePage, 'challenge-page'],
    ['a web page with status 200', faults.htmlPage, 'html-page'],
    ['an empty answer with status 200', faults.serve(''), 'empty-body'],
    ['403', faults.serve('no', {}, 403), 'forbidden'],
    [
      'a challenge page with status 403',
      faults.serve('<html>Just a moment...</html>', { 'content-type': 'text/html' }, 403),
      'challenge-page',
    ],
    ['404', faults.serve('no', {}, 404), 'not-found'],
    ['500', faults.serve('no', {}, 500), 'server-error'],
    ['418', faults.serve('no', {}, 418), 'status-418'],
  ] as const)('%s is a fault with a remedy, and keeps what was known', async (_, handler, code) => {
    await one(document([item(1)]), { ...json, etag: '"1"' });
    await bench.poller.pollAll();
    bench.server.routes.set('/a', handler);
    const [failed] = (await pollAfter(hour)).failed;
    expect(failed?.code).toBe(code);
    expect(failed?.hint).toMatch(/\w/);
    expect(state()).toMatchObject({ etag: '"1"', failures: 1, error: { code } });
    serve(document([item(2), item(1)]));
    expect(await pollAfter(hour)).toMatchObject({ added: 1 });
  });

  it('of many sources delays none of the others', async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `s${n}`);
    bench = await createBench(
      (origin) => ids.map((id) => source(id, `${origin}/${id}`, { every: 2 })),
      { concurrency: 4 },
      300,
    );
    const wellAt: number[] = [];
    for (const [n, id] of ids.entries()) {
      const well = faults.serve(document([item(id)]), json);
      bench.server.routes.set(
        `/${id}`,
        n < 30
          ? faults.noAnswer
          : (...args) => {
              wellAt.push(n);
              well(...args);
            },
      );
    }
    await bench.poller.pollDue();
    for (let round = 0; round < 4; round++) {
      wellAt.length = 0;
      bench.time.now += 4 * minute;
      const summary = await bench.poller.pollDue();
      expect(wellAt.toSorted((a, b) => a - b)).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39]);
      expect(summary.polled).toBeGreaterThan(10);
    }
    for (const id of ids.slice(0, 30)) expect(bench.sources.state(id).failures).toBeGreaterThan(0);
  });

  it('of the store ends the round with its error', async () => {
    await one(document([item(1)]));
    bench.sources.recordPoll = async () => {
      throw new Error('disk full');
    };
    await expect(bench.poller.pollAll()).rejects.toThrow('disk full');
  });

  it('a stop leaves what was not finished for the next start', async () => {
    await one(document([item(1)]));
    bench.server.routes.set('/a', faults.noAnswer);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopping')), 30);
    expect(await bench.poller.pollAll(stop.signal)).toMatchObject({ polled: 0, failed: [] });
    expect(state().failures).toBe(0);
  });
});

it('a due source is polled by one worker only, and a round is joined', async () => {
  await one(document([item(1)]));
  await Promise.all([bench.poller.pollDue(), bench.poller.pollDue()]);
  expect(bench.server.hits.get('/a')).toBe(1);
  expect(await bench.poller.pollDue()).toMatchObject({ polled: 0 });
});
