import { setTimeout as sleep } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { OutboxRow } from '../../core/delivery.ts';
import type { Message } from '../../core/message.ts';
import { deliveryEvent } from './delivery-event.ts';
import { isAddresseeGone, isDeleted } from './outcome.ts';
import type { Uploads } from './pictures.ts';
import { type Payload, renderPayload } from './render.ts';

/** Slack first looks at a file that was uploaded, and refuses it until then. */
const lookedAtWithinMs = 1500;

/** Posts, edits or answers in the thread; gives the message’s ts, which is its id in its channel. */
export async function sendRow(client: webApi.WebClient, row: OutboxRow, upload: Uploads): Promise<string> {
  const { replyTo } = row;
  if (row.action === 'post' || replyTo === null) return post(client, row, row.message, upload);
  try {
    return row.action === 'edit'
      ? await edit(client, row, replyTo, upload)
      : await post(client, row, row.message, upload, replyTo);
  } catch (error) {
    // Somebody deleted the post: that needs no mending, and what is new can be told as a whole.
    if (row.action === 'edit' && isDeleted(error)) return replyTo;
    if (row.standalone && isAddresseeGone(error)) return post(client, row, row.standalone, upload);
    throw error;
  }
}

/**
 * Sends the message with its picture; what Slack refused for the picture goes out with the picture’s words. What was
 * refused in full before is said in plain text, in which nothing is left to refuse.
 */
async function withPicture(
  row: OutboxRow,
  message: Message,
  upload: Uploads,
  send: (payload: Payload) => Promise<string>,
): Promise<string> {
  const rendered = renderPayload(message);
  if (row.rejectedBefore) return send({ text: rendered.text, blocks: [] });
  const { picture } = message;
  const { workspace } = row.channel;
  const file = picture ? await upload.file(workspace, picture) : null;
  if (!picture || file === null) return send(rendered);
  for (const waitMs of [lookedAtWithinMs, 0]) {
    try {
      return await send(renderPayload(message, { file }));
    } catch (error) {
      if (!isPictureRefused(error)) throw error;
      await sleep(waitMs);
    }
  }
  upload.giveUp(workspace, picture);
  return send(rendered);
}

/** Slack takes no picture that it has not finished looking at, or may not show there; nothing was posted then. */
function isPictureRefused(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && /blocks|file|image|arguments/.test(error.data.error);
}

function edit(client: webApi.WebClient, row: OutboxRow, ts: string, upload: Uploads): Promise<string> {
  return withPicture(row, row.message, upload, async (payload) => {
    await client.chat.update({ channel: row.channel.id, ts, ...payload, parse: 'none' });
    return ts;
  });
}

function post(
  client: webApi.WebClient,
  row: OutboxRow,
  message: Message,
  upload: Uploads,
  thread?: string,
): Promise<string> {
  return withPicture(row, message, upload, async (payload) => {
    const posted = await client.chat.postMessage({
      channel: row.channel.id,
      ...payload,
      metadata: { event_type: deliveryEvent, event_payload: { id: row.id } },
      unfurl_links: false,
      unfurl_media: false,
      ...(thread === undefined ? {} : { thread_ts: thread, reply_broadcast: false as const }),
    });
    if (posted.ts === undefined) throw new Error('Slack’s answer holds no ts');
    return posted.ts;
  });
}
