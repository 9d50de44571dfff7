import type { Config } from './config/load.ts';
import { UsageError } from './core/errors.ts';
import type { Clock, Log, Random, SourceConfig, Store } from './core/ports.ts';
import { checkSources, type SourceCheck } from './feeds/check.ts';
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
  sources: readonly SourceConfig[];
  /** Instead of the network. */
  http?: Http;
}

/** Everything that fetches: the poller, and a look at a source without storing anything. */
export interface Feeds {
  poller: Poller;
  /** Sources by id, or all. Throws UsageError for an unknown id. */
  check(ids: readonly string[], signal: AbortSignal): Promise<readonly SourceCheck[]>;
  close(): Promise<void>;
}

export function createFeeds(parts: FeedsParts): Feeds {
  const { config, clock, random, owner, store, sources } = parts;
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
  return {
    poller,
    check: async (ids, signal) => {
      const unknown = ids.find((id) => !sources.some((source) => source.id === id));
      if (unknown !== undefined)
        throw new UsageError(`There is no source “${unknown}”. borderwire sources lists their ids.`);
      const chosen = sources.filter((source) => ids.length === 0 || ids.includes(source.id));
      return checkSources({ http, parse, now: () => clock.now() }, chosen, poll.concurrency, signal);
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
