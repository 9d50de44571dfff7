import { App, LogLevel, type webApi } from '@slack/bolt';
import type { CommandRunner } from '../../core/command.ts';
import type { Capabilities, ChatAdapter, OutboxRow } from '../../core/delivery.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { listen } from './listeners.ts';
import { outcomeOf } from './outcome.ts';
import { renderPayload } from './render.ts';

export interface SlackOptions {
  botToken: string;
  /** Socket Mode. */
  appToken?: string;
  /** HTTP mode, where no app token is given. */
  signingSecret?: string;
  port?: number;
  /** Base of the Web API; Slack’s own when absent. */
  apiUrl?: string;
  operators: readonly string[];
  runner: CommandRunner;
  log: Log;
  now: () => number;
  /** Milliseconds for one call. */
  timeoutMs?: number;
}

/** Slack has no key that folds a repeated send, and allows about a message a second in a channel. */
const capabilities: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 0,
  history: false,
  maxMessageCharacters: 12_000,
  pace: { channel: { count: 1, perMs: 1_050 }, global: { count: 20, perMs: 1_000 } },
};

/** Slack through Bolt: Socket Mode with an app token, HTTP with a signing secret. */
export function createSlackAdapter(options: SlackOptions): ChatAdapter {
  const app = createApp(options);
  listen(app, options);
  return {
    platform: 'slack',
    capabilities,
    start: () => start(app, options),
    stop: async () => {
      await app.stop();
    },
    send: async (row) => {
      try {
        return { kind: 'sent', messageId: await send(app.client, row) };
      } catch (error) {
        return outcomeOf(error, options.now());
      }
    },
  };
}

function createApp({ botToken, appToken, signingSecret, apiUrl, timeoutMs }: SlackOptions): App {
  const clientOptions: webApi.WebClientOptions = {
    // The outbox decides what is sent again, and when: a client that repeats on its own posts twice.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs ?? 10_000,
    ...(apiUrl === undefined ? {} : { slackApiUrl: `${apiUrl.replace(/\/+$/, '')}/` }),
  };
  const base = { token: botToken, clientOptions, logLevel: LogLevel.ERROR, deferInitialization: true };
  if (appToken !== undefined) return new App({ ...base, appToken, socketMode: true });
  if (signingSecret !== undefined) return new App({ ...base, signingSecret });
  throw new ConfigError(
    'SLACK_APP_TOKEN',
    'is missing',
    'Set it (xapp-…) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP mode',
  );
}

async function start(app: App, options: SlackOptions): Promise<void> {
  try {
    await app.init();
    await app.client.auth.test();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      'SLACK_BOT_TOKEN',
      `Slack refused it (${reason})`,
      'Copy the bot token anew from OAuth & Permissions of your app',
      { cause: error },
    );
  }
  await app.start(options.port ?? 3000);
}

/** Posts, edits or answers in the thread; gives the message’s ts, which is its id in its channel. */
async function send(client: webApi.WebClient, row: OutboxRow): Promise<string> {
  const { text, blocks } = renderPayload(row.message);
  const channel = row.channel.id;
  if (row.action === 'edit' && row.replyTo !== null) {
    await client.chat.update({ channel, ts: row.replyTo, text, blocks, parse: 'none' });
    return row.replyTo;
  }
  const thread =
    row.action === 'thread' && row.replyTo !== null ? { thread_ts: row.replyTo, reply_broadcast: false as const } : {};
  const metadata = { event_type: 'borderwire_delivery', event_payload: { id: row.id } };
  const posted = await client.chat.postMessage({
    channel,
    text,
    blocks,
    metadata,
    unfurl_links: false,
    unfurl_media: false,
    ...thread,
  });
  if (posted.ts === undefined) throw new Error('Slack’s answer holds no ts');
  return posted.ts;
}
