import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { App } from '../../src/app.ts';
import type { SourceConfig } from '../../src/core/source-ports.ts';

const full = 5_000;
const million = Buffer.from(`${'<item></item>'.repeat(1_000_000 - full)}</channel></rss>`);

/** What the news may say; one in fifty is about what the bot watches. */
function item(number: number, published: string): string {
  const words =
    number % 50 === 0
      ? `The State Department suspended visas for nationals of Laos, an official told desk ${number} on Sunday.`
      : `The ministry of one country met envoy ${number} of another on Monday to speak of fisheries and of boats.`;
  const guid = `<guid>${number}</guid><link>https://desk.example/${number}</link><pubDate>${published}</pubDate>`;
  return `<item>${guid}<title>Item number ${number}</title><description>${words.repeat(3)}</description></item>`;
}

export interface MillionFeed {
  source: SourceConfig;
  close(): Promise<void>;
}

/** A feed of a million items on 127.0.0.1; those that are not empty are new whenever it is asked for. */
export async function startMillionFeed(now: () => number): Promise<MillionFeed> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    const published = new Date(now()).toUTCString();
    const items = Array.from({ length: full }, (_, n) => item(asked * full + n, published));
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.write(`<rss version="2.0"><channel><title>Desk</title>${items.join('')}`);
    response.end(million);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
  const words = { name: 'Desk', publisher: 'Desk', note: 'load', language: 'en' };
  return {
    source: { id: 'desk', url, format: 'feed', kind: 'news', enabled: true, allowPrivate: true, ...words },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface Load {
  /** Polls so far, entries that they stored, and why they failed. */
  told: { polls: number; added: number; failed: string[] };
  stop(): Promise<void>;
}

/** Polls every source again and again, and reads meanwhile what is new. */
export async function startLoad(app: App): Promise<Load> {
  const [{ poller }, ingest] = await Promise.all([app.feeds(), app.ingest()]);
  const told: Load['told'] = { polls: 0, added: 0, failed: [] };
  const over = new AbortController();
  async function again(work: () => Promise<void>): Promise<void> {
    while (!over.signal.aborted) await work();
  }
  const working = [
    again(async () => {
      const { added, failed } = await poller.pollAll(over.signal);
      told.polls += 1;
      told.added += added;
      told.failed.push(...failed.map(({ message }) => message));
    }),
    again(async () => {
      await ingest.drain(over.signal);
      await turn();
    }),
  ];
  return {
    told,
    stop: async () => {
      over.abort();
      await Promise.all(working);
    },
  };
}
