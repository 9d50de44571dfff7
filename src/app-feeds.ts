import type { Config } from './config/load.ts';
import type { FeedItem } from './core/article.ts';
import { UsageError } from './core/errors.ts';
import type { Clock, Log, Random, Store } from './core/ports.ts';
import type { SourceConfig } from './core/source-ports.ts';
import { checkSources, type SourceCheck } from './feeds/check.ts';
import { discoverFeed, fetchPage, sourceFor } from './feeds/discover.ts';
import { readOpml, sourcesOf } from './feeds/opml.ts';
import { createPoller, type Parse, type Poller } from './feeds/poll.ts';
import { createParserPool } from './feeds/worker/pool.ts';
import { systemClock } from './lib/clock.ts';
import { createHttp, type Http } from './lib/http.ts';

export interface FeedsParts {
  config: Config;
  clock: Clock;
  random: Random;
  log: Log;
  owner: string;
  store: Store;
  /** Instead of the network. */
  http?: Http;
}

/** Everything that fetches: the poller, and a look at a source without storing anything. */
export interface Feeds {
  poller: Poller;
  /** Sources by id, or all. Throws UsageError for an unknown id. */
  check(ids: readonly string[], signal: AbortSignal): Promise<readonly SourceCheck[]>;
  /** The feed at an address, or that its page names, as a source that is not stored yet. Public addresses only. Throws SourceError. */
  find(address: string): Promise<{ config: SourceConfig; items: number; newest: readonly FeedItem[] }>;
  /** The feeds of the OPML list at a public address, as sources that are not stored yet. Throws SourceError or UserError. */
  opmlAt(address: string): Promise<readonly SourceConfig[]>;
  close(): Promise<void>;
}

export function createFeeds(parts: FeedsParts): Feeds {
  const { config, clock, random, owner, store } = parts;
  const { poll, stories } = config.settings;
  const http = parts.http ?? httpOf(config);
  const pool = createParserPool();
  const parse: Parse = (bytes, contentType, source, url) => pool.read(bytes, contentType, source, url);
  const poller = createPoller({
    sources: store.sources,
    http,
    parse,
    clock,
    random,
    log: parts.log.child({ part: 'feeds' }),
    owner,
    limits: { concurrency: poll.concurrency, maxAgeHours: stories.maxAgeHours },
  });
  const taken = async () => new Set((await store.sources.list()).map(({ config: source }) => source.id));
  return {
    poller,
    check: async (ids, signal) => {
      const known = (await store.sources.list()).map(({ config: source }) => source);
      const unknown = ids.find((id) => !known.some((source) => source.id === id));
      if (unknown !== undefined)
        throw new UsageError(`There is no source “${unknown}”. borderwire sources lists their ids.`);
      const chosen = known.filter((source) => ids.length === 0 || ids.includes(source.id));
      return checkSources({ http, parse, now: () => clock.now() }, chosen, poll.concurrency, signal);
    },
    find: async (address) => {
      const { items, newest, ...found } = await discoverFeed({ http, parse }, address);
      return {
        config: sourceFor(found, await taken(), { note: 'Added by a manager.', language: 'und' }),
        items,
        newest,
      };
    },
    opmlAt: async (address) => {
      const { bytes } = await fetchPage({ http }, address);
      return sourcesOf(readOpml(bytes.toString('utf8')), await taken());
    },
    close: async () => {
      await pool.close();
      await http.close();
    },
  };
}

/** The network keeps real time, whatever clock the rest runs on. */
function httpOf(config: Config): Http {
  const { environment, settings } = config;
  const contact = settings.poll.contact === '' ? 'https://github.com/borderwire/borderwire' : settings.poll.contact;
  return createHttp({
    clock: systemClock,
    userAgent: `Borderwire/0.1 (+${contact})`,
    limits: { totalMs: settings.poll.timeoutSeconds * 1000 },
    proxy: {
      ...(environment.HTTP_PROXY === undefined ? {} : { http: environment.HTTP_PROXY }),
      ...(environment.HTTPS_PROXY === undefined ? {} : { https: environment.HTTPS_PROXY }),
      ...(environment.NO_PROXY === undefined ? {} : { except: environment.NO_PROXY }),
    },
  });
}
