import { Buffer } from 'node:buffer';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../src/app.ts';
import { consoleAsker } from '../src/cli/app-session.ts';
import { loadConfig } from '../src/config/load.ts';
import { identifyEntries } from '../src/feeds/identity.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import { headerRows, joinAll } from './cluster.ts';
import { deliverAll } from './fan-out.ts';
import { directSqlite, fillStore } from './fill-store.ts';
import { pollRounds } from './poll.ts';
import type { Bench, BenchRow } from './row.ts';

/*
 * Each load at a hundredth, a tenth and the whole: 0 is a cost that does not grow, 1 one that grows with the load, 2 with
 * its square. The whole takes some two minutes of processor, most of it for the hundred thousand articles.
 */

const parts = [0.01, 0.1, 1] as const;
/** A smaller whole, to see that it works where there is no time: its exponents say little. */
const scale = Number(process.env.BENCH_SCALE ?? 1);
const least = 5;
const source = { url: 'https://desk.example/feed', publisher: 'Desk' };

function feedOf(items: number): Buffer {
  const listed = Array.from(
    { length: items },
    (_, n) =>
      `<item><guid>${n}</guid><title>Item ${n} of a long list</title><link>https://desk.example/news/${n}</link><pubDate>Sun, 01 Mar 2026 00:00:00 GMT</pubDate><description>Words of item ${n}, which are not those of another. ${'And some more. '.repeat(10)}</description></item>`,
  );
  return Buffer.from(`<rss version="2.0"><channel><title>Desk</title>${listed.join('')}</channel></rss>`);
}

/** Milliseconds of the fastest of `runs`. */
async function fastest(work: () => unknown, runs = least): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < runs; n++) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

async function parsing(items: number): Promise<number> {
  const bytes = feedOf(items);
  return fastest(() => parseFeed(bytes, 'application/rss+xml', source.url));
}

async function identifying(count: number): Promise<number> {
  const { items } = await parseFeed(feedOf(count), 'application/rss+xml', source.url);
  return fastest(() => identifyEntries(items, source));
}

/** Milliseconds of one answer from a database of so many articles. */
async function answering(articles: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-growth-'));
  const app = await openApp(loadConfig({ BORDERWIRE_DATA: folder }), { sources: [] });
  try {
    const { direct, close } = directSqlite(join(folder, 'borderwire.sqlite'));
    await fillStore(app, direct, articles);
    await close();
    return await fastest(async () => {
      for (const line of ['/ban-status rwanda', '/timeline rwanda', '/latest', '/search rwanda'])
        await app.dispatcher.line(line, consoleAsker);
    }, 4 * least);
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
}

async function joining(articles: number): Promise<number> {
  const headers = headerRows();
  return headers.length === 0 ? Number.NaN : fastest(() => joinAll(headers, articles), 1);
}

async function delivering(channels: number): Promise<number> {
  return (await deliverAll({ discord: channels, slack: 0 })).seconds * 1000;
}

interface Load {
  figure: string;
  of: string;
  whole: number;
  /** What it should be at most. */
  reach: number;
  /** Milliseconds at each load. */
  measure: (loads: readonly number[]) => Promise<readonly number[]>;
}

function each(one: (load: number) => Promise<number>): Load['measure'] {
  return async (loads) => {
    const times: number[] = [];
    for (const load of loads) times.push(await one(load));
    return times;
  };
}

const loads: readonly Load[] = [
  { figure: 'parse one feed', of: 'items', whole: 10_000, reach: 1, measure: each(parsing) },
  { figure: 'tell its entries apart', of: 'items', whole: 10_000, reach: 1, measure: each(identifying) },
  { figure: 'poll', of: 'sources', whole: 5_000, reach: 1, measure: pollRounds },
  { figure: 'join', of: 'articles', whole: 100_000, reach: 1, measure: each(joining) },
  { figure: 'four commands', of: 'articles stored', whole: 100_000, reach: 0, measure: each(answering) },
  { figure: 'fan-out, each delivery recorded', of: 'channels', whole: 10_000, reach: 1, measure: each(delivering) },
];

async function row({ figure, of, whole, reach, measure }: Load): Promise<BenchRow> {
  const counts = parts.map((part) => Math.max(1, Math.round(part * whole * scale)));
  const times = await measure(counts);
  const exponent = Math.log10((times.at(-1) ?? 0) / (times[0] ?? 1)) / 2;
  return {
    figure: `${figure}: ${counts.map((count) => count.toLocaleString('en')).join('; ')} ${of}`,
    ours: times.map((ms) => `${ms.toFixed(ms < 100 ? 1 : 0)} ms`).join(', '),
    baseline: reach === 0 ? 'does not grow: 0.00' : 'linear: 1.00',
    ratio: `exponent ${exponent.toFixed(2)}`,
  };
}

export const bench: Bench = {
  name: 'growth',
  run: async () => {
    const rows: BenchRow[] = [];
    for (const load of loads) rows.push(await row(load));
    return rows;
  },
};
