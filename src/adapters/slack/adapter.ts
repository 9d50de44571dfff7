import type { webApi } from '@slack/bolt';
import type { Capabilities, ChatAdapter, OutboxRow } from '../../core/delivery.ts';
import { type ConnectionOptions, createConnection } from './connection.ts';
import { type ListenerParts, listen } from './listeners.ts';
import { outcomeOf } from './outcome.ts';
import { renderPayload } from './render.ts';

export interface SlackOptions extends ConnectionOptions, ListenerParts {
  now: () => number;
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
  const connection = createConnection(options);
  const { app } = connection;
  listen(app, options);
  return {
    platform: 'slack',
    capabilities,
    start: () => connection.start(),
    stop: () => connection.stop(),
    send: async (row) => {
      try {
        return { kind: 'sent', messageId: await send(app.client, row) };
      } catch (error) {
        return outcomeOf(error, options.now());
      }
    },
  };
}

/** Posts, edits or answers in the thread; gives the message’s ts, which is its id in its channel. */
async function send(client: webApi.WebClient, row: OutboxRow): Promise<string> {
  const rendered = renderPayload(row.message);
  // What Slack refused in full is said in plain text, in which nothing is left to refuse.
  const { text, blocks } = row.rejectedBefore ? { text: rendered.text, blocks: [] } : rendered;
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
