import { setTimeout as sleep } from 'node:timers/promises';
import { App, type webApi } from '@slack/bolt';
import { ConfigError } from '../../core/errors.ts';
import { createLink, type LinkOptions, startError } from './link.ts';
import { boltLogger } from './logger.ts';

export interface ConnectionOptions extends LinkOptions {
  botToken: string;
  /** Base of the Web API; Slack’s own when absent. */
  apiUrl?: string;
  /** Milliseconds for one call. */
  timeoutMs?: number;
}

export interface Connection {
  app: App;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const stopsWithinMs = 2500;
const startWaitsMs = [500, 1000, 2000];

/** Bolt with Socket Mode or HTTP, connected by `start`. Throws ConfigError when neither is set up. */
export function createConnection(options: ConnectionOptions): Connection {
  const clientOptions: webApi.WebClientOptions = {
    // The outbox decides what is sent again, and when: a client that repeats on its own posts twice.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs ?? 10_000,
    logger: boltLogger(options.log),
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: `${options.apiUrl.replace(/\/+$/, '')}/` }),
  };
  const { receiver, link } = createLink(options, clientOptions);
  const stopping = new AbortController();
  const app = new App({
    token: options.botToken,
    clientOptions,
    receiver,
    logger: boltLogger(options.log),
    deferInitialization: true,
    convoStore: false,
  });
  return {
    app,
    start: async () => {
      await patiently(() => verifyToken(app), stopping.signal);
      await patiently(() => link.open(), stopping.signal);
    },
    stop: async () => {
      stopping.abort();
      await Promise.race([link.close(), sleep(stopsWithinMs, undefined, { ref: false })]);
    },
  };
}

/** Tries what may pass by itself four times in a few seconds, as when the network comes up later than we do. */
async function patiently(step: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (const waitMs of startWaitsMs) {
    try {
      await step();
      return;
    } catch (error) {
      if (error instanceof ConfigError || signal.aborted) throw error;
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
  await step();
}

async function verifyToken(app: App): Promise<void> {
  try {
    await app.init();
    await app.client.auth.test();
  } catch (error) {
    throw startError(error, 'SLACK_BOT_TOKEN', 'Copy the bot token anew from OAuth & Permissions of your app');
  }
}
