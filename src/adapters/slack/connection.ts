import { setTimeout as sleep } from 'node:timers/promises';
import { App, webApi } from '@slack/bolt';
import { ConfigError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { acknowledged } from './acknowledged.ts';
import { callingAt } from './calling.ts';
import { completed } from './completed.ts';
import { createLink, type LinkOptions, startError } from './link.ts';
import { boltLogger } from './logger.ts';

export interface ConnectionOptions extends LinkOptions {
  /** The one workspace’s token; none where each workspace installs the app by itself. */
  botToken?: string;
  /** Milliseconds for one call. */
  timeoutMs?: number;
}

export interface Connection {
  app: App;
  /** Calls in a workspace’s name. Throws NotInstalled where there is no token for it. */
  client: (workspace: string) => Promise<webApi.WebClient>;
  /** Answers the one workspace that the token is for; null where there are many. */
  start(): Promise<string | null>;
  stop(): Promise<void>;
}

/** A workspace took the app away, or never had it. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

const stopsWithinMs = 2500;
const firstWaitMs = 500;
const longestWaitMs = 60_000;

/** Bolt with Socket Mode or HTTP, connected by `start`. Throws ConfigError when neither is set up. */
export function createConnection(options: ConnectionOptions): Connection {
  const clientOptions: webApi.WebClientOptions = {
    // The outbox decides what is sent again, and when: a client that repeats on its own posts twice.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: callingAt(options.apiUrl),
    timeout: options.timeoutMs ?? 10_000,
    logger: boltLogger(options.log),
    ...(options.apiUrl === undefined ? {} : { slackApiUrl: `${options.apiUrl.replace(/\/+$/, '')}/` }),
  };
  const { receiver, link } = createLink(options, clientOptions);
  const stopping = new AbortController();
  const { installer } = receiver;
  const { botToken, oauth } = options;
  if (!installer && botToken === undefined)
    throw new ConfigError('SLACK_BOT_TOKEN', 'is missing', 'Copy it (xoxb-…) from OAuth & Permissions of your app');
  const app = new App({
    // With an installer, Bolt asks it for each workspace's token by itself.
    ...(installer || botToken === undefined ? {} : { token: botToken }),
    clientOptions,
    receiver,
    logger: boltLogger(options.log),
    deferInitialization: true,
    convoStore: false,
  });
  let only = '';
  const handle = app.processEvent.bind(app);
  app.processEvent = (event) => acknowledged({ ...event, body: completed(event.body, only) }, handle, options.log);
  const clients = new Map<string, webApi.WebClient>();

  async function clientOf(workspace: string): Promise<webApi.WebClient> {
    if (!installer) return app.client;
    const { botToken: token } = await installer
      .authorize({ teamId: workspace, enterpriseId: undefined, isEnterpriseInstall: false })
      .catch((cause: unknown) => {
        throw new NotInstalled(`no token for the workspace ${workspace}`, { cause });
      });
    if (token === undefined) throw new NotInstalled(`no token for the workspace ${workspace}`);
    const client = clients.get(token) ?? new webApi.WebClient(token, clientOptions);
    clients.set(token, client);
    return client;
  }

  return {
    app,
    client: clientOf,
    start: async () => {
      await oauth?.installations.verify();
      const workspace = await patiently(
        () => (installer ? app.init().then(() => null) : verifyToken(app)),
        options.log,
        stopping.signal,
      );
      only = workspace ?? '';
      await patiently(() => link.open(), options.log, stopping.signal);
      return workspace;
    },
    stop: async () => {
      stopping.abort();
      await Promise.race([link.close(), sleep(stopsWithinMs, undefined, { ref: false })]);
    },
  };
}

/** Tries what may pass by itself until it does, or until it is stopped. */
async function patiently<Result>(step: () => Promise<Result>, log: Log, signal: AbortSignal): Promise<Result> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      return await step();
    } catch (error) {
      if (error instanceof ConfigError || signal.aborted) throw error;
      log.warn({ err: error, waitMs }, 'Slack cannot be reached; waiting');
    }
    await sleep(waitMs, undefined, { signal });
  }
}

async function verifyToken(app: App): Promise<string | null> {
  try {
    await app.init();
    return (await app.client.auth.test()).team_id ?? null;
  } catch (error) {
    throw startError(error, 'SLACK_BOT_TOKEN', 'Copy the bot token anew from OAuth & Permissions of your app');
  }
}
