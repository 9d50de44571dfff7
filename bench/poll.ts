import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Parser from 'rss-parser';
import type { Log } from '../src/core/ports.ts';
import type { SourceConfig } from '../src/core/source-ports.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { createPoller } from '../src/feeds/poll.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createHttp } from '../src/lib/http.ts';
import { createRandom } from '../src/lib/random.ts';
import { openStore } from '../src/store/open.ts';
import type { Bench, BenchRow } from './row.ts';

/*
 * A round over many sources, nine in ten of them unchanged, beside a plain loop over rss-parser's parseURL with as many
 * requests at a time. Server, poller and loop are processes of their own, so that each one's memory is its own.
 */

const sources = Number(process.env.BENCH_SOURCES ?? 5000);
const concurrency = 64;
const itemsPerFeed = 20;
const longerThanAnyIntervalMs = 7 * 3_600_000;

interface Figures {
  seconds: number;
  megabytes: number;
  note: string;
}

function feed(n: number, version: number): string {
  const items = Array.from({ length: itemsPerFeed }, (_, at) => {
    const k = itemsPerFeed - at + version;
    const words = `Paragraph ${k} of feed ${n} tells of talks, of what was said there and of what was not. `.repeat(8);
    return `<item><guid>${n}-${k}</guid><title>Feed ${n} tells of its talk number ${k}</title><link>https://site${n}.example/talk-number-${k}-of-many</link><pubDate>${new Date(
      Date.UTC(2025, 5, 1, k % 24),
    ).toUTCString()}</pubDate><description>&lt;p&gt;${words}&lt;/p&gt;</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${n}</title><link>https://site${n}.example/</link>${items.join('')}</channel></rss>`;
}

/** Serves feed N at /N; `POST /` publishes one more item in every tenth. */
async function serve(): Promise<void> {
  let version = 0;
  const versionOf = (n: number): number => (n % 10 === 0 ? version : 0);
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      version++;
      return response.end();
    }
    const n = Number(request.url?.slice(1));
    const etag = `"${n}-${versionOf(n)}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
    return response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(feed(n, versionOf(n)));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quiet,
};

function configOf(n: number, origin: string): SourceConfig {
  const words = { name: `Feed ${n}`, publisher: `Feed ${n}`, note: 'bench', language: 'en' };
  return {
    id: `s${n}`,
    url: `${origin}/${n}`,
    format: 'feed',
    kind: 'news',
    enabled: true,
    allowPrivate: true,
    ...words,
  };
}

function megabytes(): number {
  return process.memoryUsage().rss / 1024 / 1024;
}

async function timed(work: () => Promise<string>): Promise<Figures> {
  let peak = megabytes();
  const watch = setInterval(() => {
    peak = Math.max(peak, megabytes());
  }, 50);
  const started = performance.now();
  const before = process.cpuUsage();
  const done = await work();
  const { user, system } = process.cpuUsage(before);
  const note = `${done}, ${((user + system) / 1e6).toFixed(1)} s of processor time`;
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  return { seconds, megabytes: Math.max(peak, megabytes()), note };
}

/** One round of the poller over a real database. */
async function pollWithOurs(origin: string, file: string, count: number, aheadMs: number): Promise<Figures> {
  const migrations = new URL('../migrations', import.meta.url).pathname;
  const store = await openStore({ url: `sqlite:${file}`, migrations, now: Date.now });
  await store.sources.sync(Array.from({ length: count }, (_, n) => configOf(n, origin)));
  const limits = { perHost: concurrency, spacingMs: 0 };
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  const http = createHttp({ clock: systemClock, userAgent: 'bench', limits });
  const poller = createPoller({
    sources: store.sources,
    http,
    parse: (bytes, contentType, _, url) => parseFeed(bytes, contentType, url),
    clock,
    random: createRandom(Date.now),
    log: quiet,
    owner: 'bench',
    limits: { concurrency },
  });
  const figures = await timed(async () => {
    const { polled, unchanged, added, failed } = await poller.pollDue();
    return `${polled} polled, ${unchanged} unchanged, ${added} new, ${failed.length} failed`;
  });
  await http.close();
  await store.close();
  return figures;
}

/** What a script would do: fetch and parse everything, every time. */
async function pollWithLoop(origin: string): Promise<Figures> {
  const parser = new Parser();
  return await timed(async () => {
    let next = 0;
    let items = 0;
    const worker = async (): Promise<void> => {
      for (let n = next++; n < sources; n = next++) {
        const { items: read } = await parser.parseURL(`${origin}/${n}`);
        items += read.length;
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return `${items} items read`;
  });
}

function child(role: string, ...more: string[]): Promise<{ answer: unknown; stop(): void }> {
  return new Promise((resolve, reject) => {
    const process_ = fork(new URL(import.meta.url).pathname, [role, ...more], { execArgv: ['--import', 'tsx'] });
    process_.once('message', (answer) => resolve({ answer, stop: () => process_.kill() }));
    process_.once('error', reject);
    process_.once('exit', (code) => reject(new Error(`${role} ended with ${code ?? 'a signal'}`)));
  });
}

/** The first round stores the baseline; the second, in a fresh process, is the figure. */
async function secondRound(origin: string, folder: string, count: number): Promise<Figures> {
  const file = join(folder, `${count}.sqlite`);
  await child('ours', origin, file, String(count));
  await fetch(origin, { method: 'POST' });
  return (await child('ours', origin, file, String(count), String(longerThanAnyIntervalMs))).answer as Figures;
}

/** Milliseconds of a round over so many sources each, nine in ten unchanged. */
export async function pollRounds(counts: readonly number[]): Promise<readonly number[]> {
  const server = await child('serve');
  const folder = mkdtempSync(join(tmpdir(), 'bench-poll-'));
  const times: number[] = [];
  try {
    for (const count of counts)
      times.push((await secondRound(`http://127.0.0.1:${String(server.answer)}`, folder, count)).seconds * 1000);
    return times;
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function run(): Promise<BenchRow[]> {
  const server = await child('serve');
  const origin = `http://127.0.0.1:${String(server.answer)}`;
  const folder = mkdtempSync(join(tmpdir(), 'bench-poll-'));
  try {
    const a = await secondRound(origin, folder, sources);
    const loop = await child('loop', origin);
    const figure = `poll ${sources} feeds, nine in ten unchanged`;
    const b = loop.answer as Figures;
    return [
      {
        figure: `${figure} (${a.note})`,
        ours: `${a.seconds.toFixed(1)} s`,
        baseline: `${b.seconds.toFixed(1)} s (rss-parser's parseURL in a loop, ${b.note})`,
        ratio: `${(b.seconds / a.seconds).toFixed(1)} times as fast; reach 20 s for 5000`,
      },
      {
        figure: `${figure}: resident`,
        ours: `${a.megabytes.toFixed(0)} MB`,
        baseline: `${b.megabytes.toFixed(0)} MB`,
        ratio: `${(a.megabytes / b.megabytes).toFixed(2)}; reach 300 MB`,
      },
    ];
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

export const bench: Bench = { name: 'poll', run };

const [, , role, origin = '', file = '', count = '0', ahead = '0'] = process.argv;
if (process.send) {
  if (role === 'serve') await serve();
  if (role === 'ours')
    process.send(await pollWithOurs(origin, file, Number(count), Number(ahead)), () => process.exit(0));
  if (role === 'loop') process.send(await pollWithLoop(origin), () => process.exit(0));
}
