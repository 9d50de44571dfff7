import type { webApi } from '@slack/bolt';
import type { Capabilities, ChatAdapter, OutboxRow } from '../../core/delivery.ts';
import type { Message } from '../../core/message.ts';
import { type ConnectionOptions, createConnection } from './connection.ts';
import { deliveryEvent } from './delivery-event.ts';
import { type ListenerParts, listen } from './listeners.ts';
import { isAddresseeGone, outcomeOf } from './outcome.ts';
import { reconcileRow } from './reconcile.ts';
import { type Payload, renderPayload } from './render.ts';

export interface SlackOptions extends ConnectionOptions, ListenerParts {
  now: () => number;
}

/**
 * Slack has no key that folds a repeated send. It allows a message a second in a channel, several hundred a minute in a
 * workspace, and fifty edits a minute there (its tier 3).
 */
const capabilities: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 0,
  history: true,
  maxMessageCharacters: 12_000,
  pace: {
    channel: { count: 1, perMs: 1_015 },
    workspace: { count: 300, perMs: 60_300 },
    edits: { workspace: { count: 50, perMs: 60_300 } },
    global: { count: 100, perMs: 1_000 },
  },
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
    reconcile: (row) => reconcileRow(app.client, row),
    reachable: () =>
      app.client.auth.test().then(
        () => true,
        () => false,
      ),
  };
}

/** Posts, edits or answers in the thread; gives the message’s ts, which is its id in its channel. */
async function send(client: webApi.WebClient, row: OutboxRow): Promise<string> {
  const { replyTo } = row;
  if (row.action === 'post' || replyTo === null) return post(client, row, row.message);
  try {
    return row.action === 'edit' ? await edit(client, row, replyTo) : await post(client, row, row.message, replyTo);
  } catch (error) {
    // Somebody deleted the post: Slack stored nothing, so what is new can be told as a whole.
    if (row.standalone && isAddresseeGone(error)) return post(client, row, row.standalone);
    throw error;
  }
}

/** What Slack refused in full is said in plain text, in which nothing is left to refuse. */
function contentOf(row: OutboxRow, message: Message): Payload {
  const rendered = renderPayload(message);
  return row.rejectedBefore ? { text: rendered.text, blocks: [] } : rendered;
}

async function edit(client: webApi.WebClient, row: OutboxRow, ts: string): Promise<string> {
  await client.chat.update({ channel: row.channel.id, ts, ...contentOf(row, row.message), parse: 'none' });
  return ts;
}

async function post(client: webApi.WebClient, row: OutboxRow, message: Message, thread?: string): Promise<string> {
  const posted = await client.chat.postMessage({
    channel: row.channel.id,
    ...contentOf(row, message),
    metadata: { event_type: deliveryEvent, event_payload: { id: row.id } },
    unfurl_links: false,
    unfurl_media: false,
    ...(thread === undefined ? {} : { thread_ts: thread, reply_broadcast: false as const }),
  });
  if (posted.ts === undefined) throw new Error('Slack’s answer holds no ts');
  return posted.ts;
}
