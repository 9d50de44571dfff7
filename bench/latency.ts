import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createConsoleAdapter } from '../src/adapters/console/adapter.ts';
import { openApp } from '../src/app.ts';
import { runApp } from '../src/app-run.ts';
import { loadConfig } from '../src/config/load.ts';
import type { SourceConfig } from '../src/core/source-ports.ts';
import { silentLog } from '../src/lib/log.ts';
import { fileOf } from '../src/store/address.ts';
import { makeDue } from '../test/fakes/crash/program.ts';
import type { Bench, BenchRow } from './row.ts';

/*
 * From an entry served to its message accepted: the whole program with hold-back off, a loopback feed and the console.
 * It polls every second; what it does from the answer on is what is measured.
 */

const entries = Number(process.env.BENCH_ENTRIES ?? 60);

const places = `Albania Angola Argentina Armenia Benin Bhutan Bolivia Botswana Brunei Bulgaria Cambodia Cameroon Chile
Colombia Croatia Cyprus Djibouti Ecuador Egypt Eritrea Eswatini Ethiopia Fiji Finland Gabon Gambia Ghana Greece Guatemala
Guyana Haiti Honduras Hungary Iceland Indonesia Iraq Jamaica Jordan Kazakhstan Kenya Kuwait Kyrgyzstan Laos Latvia Lebanon
Lesotho Liberia Libya Lithuania Madagascar Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Moldova Mongolia
Montenegro Morocco Mozambique Namibia Nauru Nepal Nicaragua Norway Oman Pakistan Palau`.split(/\s+/);

/** A feed that gets one more entry, each of a country of its own, whenever it is told to. */
async function openFeed() {
  const items: string[] = [];
  const served = new Map<string, number>();
  const server = createServer((_, response) => {
    const body = `<rss version="2.0"><channel><title>T</title><link>https://t.example/</link>${items.join('')}</channel></rss>`;
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body);
    const now = performance.now();
    for (const place of places.slice(0, items.length)) if (!served.has(place)) served.set(place, now);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    served,
    publish: (place: string) => {
      const title = `${place} agrees to accept third-country deportees from the United States`;
      const text = `${place} has agreed to accept migrants whom the United States deports, its foreign ministry said.`;
      const date = new Date().toUTCString();
      items.push(
        `<item><guid>${place}</guid><title>${title}</title><pubDate>${date}</pubDate><description>${text}</description></item>`,
      );
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Resolves when a text that names `place` in a headline was written. */
function createListener() {
  const waiting = new Map<string, () => void>();
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const text = chunk.toString();
      for (const [place, tell] of waiting) if (text.includes(`${place} agrees`)) tell();
      done();
    },
  });
  return {
    output,
    hear: (place: string) =>
      new Promise<void>((resolve) => {
        waiting.set(place, () => {
          waiting.delete(place);
          resolve();
        });
      }),
  };
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-latency-'));
  const feed = await openFeed();
  const words = { name: 'Outlet', publisher: 'Outlet', note: 'bench', language: 'en' };
  const rest = { format: 'feed', kind: 'news', enabled: true, allowPrivate: true } as const;
  const source: SourceConfig = { id: 'a', url: feed.url, ...rest, ...words };
  const shipped = loadConfig({ BORDERWIRE_DATA: folder });
  const settings = { ...shipped.settings, poll: { ...shipped.settings.poll, cron: '* * * * * *' } };
  const app = await openApp({ ...shipped, settings }, { sources: [source], holdBackMs: 0 });
  const stop = new AbortController();
  const { output, hear } = createListener();
  const adapter = createConsoleAdapter({ output, journal: null, log: silentLog });
  await (await app.feeds()).poller.pollAll();
  const roles = ['poll', 'ingest', 'deliver'] as const;
  const running = runApp(app, { adapters: [adapter], roles, signal: stop.signal, say: () => undefined });
  const waits: number[] = [];
  try {
    for (const place of places.slice(0, entries)) {
      const heard = hear(place);
      feed.publish(place);
      makeDue({ folder, database: fileOf(shipped.databaseUrl) });
      await heard;
      waits.push(performance.now() - (feed.served.get(place) ?? Number.NaN));
    }
  } finally {
    stop.abort();
    await running;
    await app.close();
    feed.close();
    rmSync(folder, { recursive: true });
  }
  // The first entry also loads what reads and joins.
  const [first = Number.NaN, ...warm] = waits;
  const sorted = warm.toSorted((a, b) => a - b);
  return [
    {
      figure: `entry served to message accepted, hold-back off, ${warm.length} entries after the first (${first.toFixed(0)} ms)`,
      ours: `p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p99 ${percentile(sorted, 0.99).toFixed(0)} ms`,
      baseline: 'a loop that looks once a second: p50 500 ms',
      ratio: '-',
    },
  ];
}

export const bench: Bench = { name: 'latency', run };
