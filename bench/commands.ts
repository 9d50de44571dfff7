import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type App, openApp } from '../src/app.ts';
import { consoleAsker } from '../src/cli/app-session.ts';
import { loadConfig } from '../src/config/load.ts';
import type { SourceConfig } from '../src/core/source-ports.ts';
import { postgresPrograms, startCluster } from '../test/fakes/postgres.ts';
import { type Direct, directSqlite, fillStore } from './fill-store.ts';
import type { Bench, BenchRow } from './row.ts';

/*
 * How long a person waits for an answer: in an idle process, while hostile feeds are read in it, and with many
 * articles stored while it polls. A wait counts from when the question was due, so that a stalled process shows.
 */

const everyMs = 100;
const idleQuestions = 40;
const stored = Number(process.env.BORDERWIRE_BENCH_ARTICLES ?? 100_000);
const questionsWithMany = 150;

/** Milliseconds. */
type Waits = number[];

async function ask(app: App, line: string, due: number): Promise<number> {
  await app.dispatcher.line(line, consoleAsker);
  return performance.now() - due;
}

/** Asks in turn from `lines`, one every `everyMs` whether the last was answered or not, until `work` is done. */
async function askWhile(app: App, lines: readonly string[], every: number, work: Promise<unknown>): Promise<Waits> {
  const answers: Promise<number>[] = [];
  const began = performance.now();
  const over = new AbortController();
  const ended = work.finally(() => over.abort());
  for (let n = 0; !over.signal.aborted; n++) {
    const due = began + n * every;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    answers.push(ask(app, lines[n % lines.length] ?? '', due));
    if (early <= 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  return Promise.all(answers);
}

function percentile(waits: Waits, part: number): number {
  const sorted = waits.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function slowest(waits: Waits): string {
  const worst = waits.toSorted((a, b) => b - a).slice(0, 3);
  return `${worst.map((ms) => ms.toFixed(0)).join(', ')} ms (median ${percentile(waits, 0.5).toFixed(1)}, ${waits.length} asked)`;
}

function ninetyNine(waits: Waits): string {
  return `p50 ${percentile(waits, 0.5).toFixed(1)}, p99 ${percentile(waits, 0.99).toFixed(0)}, slowest ${Math.max(...waits).toFixed(0)} ms`;
}

const head = '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://t.example/</link>';
const tail = '</channel></rss>';
const sentence = 'The ministry of one country met the envoy of another on Monday to speak of fisheries. ';

function item(n: number, text: string): string {
  return `<item><guid>${n}</guid><title>Item number ${n}</title><link>https://t.example/${n}</link><description>${text}</description></item>`;
}

/** `/p`: 200 kB of `<p`; `/million`: a million items; anything else: twenty items that are new each time. */
function serve(): void {
  // Most of them empty, else the answer would be too big to be read at all.
  const full = Array.from({ length: 5_000 }, (_, n) => item(n, sentence)).join('');
  const million = head + full + '<item></item>'.repeat(995_000) + tail;
  let version = 0;
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    if (request.url === '/p') return response.end(head + item(1, '&lt;p'.repeat(100_000)) + tail);
    if (request.url === '/million') return response.end(million);
    version++;
    const items = Array.from({ length: 20 }, (_, n) => item(version * 20 + n, sentence.repeat(10)));
    return response.end(head + items.join('') + tail);
  });
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

/** The feeds, in a process of their own. */
function startServer(): Promise<{ origin: string; stop: () => void }> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(import.meta.url).pathname, ['serve'], { execArgv: ['--import', 'tsx'] });
    child.once('message', (origin: string) => resolve({ origin, stop: () => child.kill() }));
    child.once('error', reject);
  });
}

function source(id: string, url: string): SourceConfig {
  const words = { name: id, publisher: id, note: 'bench', language: 'en' };
  return { id, url, format: 'feed', kind: 'news', enabled: true, allowPrivate: true, ...words };
}

function appIn(folder: string, sources: readonly SourceConfig[]): Promise<App> {
  return openApp(loadConfig({ BORDERWIRE_DATA: folder }), { sources });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function round(app: App): Promise<void> {
  await (await app.feeds()).poller.pollAll();
  await (await app.ingest()).drain();
}

async function pollUntil(app: App, over: AbortSignal): Promise<void> {
  while (!over.aborted) await round(app);
}

/** What came of polling everything once, in words. */
async function pollTold(app: App): Promise<string> {
  const { added, failed } = await (await app.feeds()).poller.pollAll();
  return [`${added} entries stored`, ...failed.map(({ message }) => message)].join('; ');
}

async function hostileRows(origin: string): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-commands-'));
  const app = await appIn(folder, [source('p', `${origin}/p`), source('million', `${origin}/million`)]);
  const lines = ['/ban-status laos'];
  try {
    await ask(app, lines[0] ?? '', performance.now());
    const idle = await askWhile(app, lines, everyMs, pause(idleQuestions * everyMs));
    const loading = await askWhile(
      app,
      lines,
      everyMs,
      Promise.all([app.feeds(), app.ingest()]).then(() => pause(everyMs)),
    );
    const poll = pollTold(app);
    const polling = await askWhile(app, lines, everyMs, poll);
    const came = await poll;
    const reading = await askWhile(
      app,
      lines,
      everyMs,
      app.ingest().then((ingest) => ingest.drain()),
    );
    const row = (figure: string, waits: Waits): BenchRow => ({
      figure: `/ban-status every ${everyMs} ms ${figure}: slowest answers`,
      ours: slowest(waits),
      baseline: `idle: ${slowest(idle)}`,
      ratio: `${(Math.max(...waits) / Math.max(...idle)).toFixed(1)} times the slowest idle one`,
    });
    return [
      row(`while 200 kB of <p and a million items are polled (${came})`, polling),
      row('while their entries are read', reading),
      row('while the reader is loaded, once at start', loading),
    ];
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
}

/** A database to fill, and how it is reached past the program's own code. */
interface Place {
  engine: string;
  variables: Readonly<Record<string, string>>;
  direct: Direct;
  close: () => Promise<void>;
}

function sqliteIn(folder: string): Place {
  return {
    engine: 'SQLite',
    variables: { BORDERWIRE_DATA: folder },
    ...directSqlite(join(folder, 'borderwire.sqlite')),
  };
}

/** The empty database that BORDERWIRE_BENCH_POSTGRES names, or a server of our own. */
async function postgresIn(folder: string): Promise<Place> {
  const named = process.env.BORDERWIRE_BENCH_POSTGRES;
  const cluster = named ? null : await startCluster(mkdtempSync(join(tmpdir(), 'bench-pg-')), process.pid);
  const url = named ?? cluster?.url('postgres') ?? '';
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    engine: 'PostgreSQL',
    variables: { BORDERWIRE_DATA: folder, DATABASE_URL: url },
    direct: async (sql) => void (await client.query(sql)),
    close: async () => {
      await client.end();
      await cluster?.stop('immediate');
    },
  };
}

async function manyRows(origin: string, open: (folder: string) => Place | Promise<Place>): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-commands-'));
  const { engine, variables, direct, close } = await open(folder);
  const sources = Array.from({ length: 20 }, (_, n) => source(`n${n}`, `${origin}/news/${n}`));
  const app = await openApp(loadConfig(variables), { sources });
  try {
    const began = performance.now();
    await fillStore(app, direct, stored);
    if (engine === 'PostgreSQL') await direct('vacuum analyze');
    const filled = ((performance.now() - began) / 1000).toFixed(0);
    await round(app);
    const rows: BenchRow[] = [];
    for (const line of ['/ban-status rwanda', '/timeline rwanda', '/latest rwanda', '/search deported']) {
      const idle = await askWhile(app, [line], everyMs, pause((questionsWithMany * everyMs) / 3));
      const over = new AbortController();
      const polling = pollUntil(app, over.signal);
      const busy = await askWhile(app, [line], everyMs, pause(questionsWithMany * everyMs));
      over.abort();
      await polling;
      rows.push({
        figure: `${line}, ${engine}, ${stored} articles stored (in ${filled} s), while polling`,
        ours: ninetyNine(busy),
        baseline: `idle: ${ninetyNine(idle)}`,
        ratio: 'reach p99 50 ms with 1,000,000',
      });
    }
    return rows;
  } finally {
    await app.close();
    await close();
    rmSync(folder, { recursive: true });
  }
}

const noPostgres: BenchRow = {
  figure: 'the same on PostgreSQL: not installed here',
  ours: '-',
  baseline: '-',
  ratio: 'BORDERWIRE_BENCH_POSTGRES=postgres://… names an empty database',
};

export const bench: Bench = {
  name: 'commands',
  async run() {
    const { origin, stop } = await startServer();
    try {
      const hostile = await hostileRows(origin);
      const many = await manyRows(origin, sqliteIn);
      const isHere = process.env.BORDERWIRE_BENCH_POSTGRES !== undefined || postgresPrograms() !== null;
      return [...hostile, ...many, ...(isHere ? await manyRows(origin, postgresIn) : [noPostgres])];
    } finally {
      stop();
    }
  },
};

if (process.send && process.argv[2] === 'serve') serve();
