import type { FeedItem, ParsedFeed } from '../../src/core/article.ts';
import type { Log } from '../../src/core/ports.ts';
import type { SourceConfig } from '../../src/core/source-ports.ts';
import { createPoller, type Parse, type Poller, type PollLimits } from '../../src/feeds/poll.ts';
import { createHttp, type Http } from '../../src/lib/http.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { type FeedServer, startFeedServer } from '../fakes/feed-server/server.ts';
import { createMemorySources, type MemorySources } from '../fakes/memory-sources.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => quiet,
};

/** Documents are JSON here: what is tested is the way to them, not how they are read. */
export const parseJson: Parse = async (bytes) => {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  return { title: null, link: null, ...(value as { items: FeedItem[] }) } satisfies ParsedFeed;
};

export function item(n: number | string, more: Partial<FeedItem> = {}): FeedItem {
  return {
    id: `id-${n}`,
    title: `Officials tell of round ${n} of the talks`,
    link: `https://site.org/2025/talks-go-on-round-${n}`,
    publishedAt: null,
    updatedAt: null,
    author: null,
    summary: null,
    content: null,
    ...more,
  };
}

export function document(items: readonly FeedItem[], more: Partial<ParsedFeed> = {}): string {
  return JSON.stringify({ ...more, items });
}

export function source(id: string, url: string, more: Partial<SourceConfig> = {}): SourceConfig {
  return {
    id,
    name: `Source ${id}`,
    url,
    format: 'feed',
    kind: 'news',
    publisher: `Publisher ${id}`,
    language: 'en',
    enabled: true,
    note: 'test',
    allowPrivate: true,
    ...more,
  };
}

/** A poller over loopback with a clock that is set by hand. */
export interface Bench {
  server: FeedServer;
  http: Http;
  sources: MemorySources;
  poller: Poller;
  /** Milliseconds; change it to pass time. */
  time: { now: number };
  close(): Promise<void>;
}

export async function createBench(
  configs: (origin: string) => readonly SourceConfig[],
  limits: Partial<PollLimits> = {},
  waitMs = 3000,
  parse = parseJson,
): Promise<Bench> {
  const server = await startFeedServer();
  const time = { now: Date.parse('2025-06-02T12:00:00Z') };
  const clock = { now: () => time.now, sleep: async () => undefined };
  const http = createHttp({
    clock,
    userAgent: 'test',
    limits: {
      totalMs: waitMs,
      connectMs: waitMs,
      headersMs: waitMs,
      stallMs: waitMs,
      maxBytes: 1024 * 1024,
      perHost: 64,
      spacingMs: 0,
    },
  });
  const sources = createMemorySources(configs(server.origin));
  const random = createRandom(clock.now, seeded(7));
  const poller = createPoller({ sources, http, parse, clock, random, log: quiet, owner: 'test', limits });
  return {
    server,
    http,
    sources,
    poller,
    time,
    close: async () => {
      await http.close();
      await server.close();
    },
  };
}
