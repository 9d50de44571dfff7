import { Routes } from 'discord.js';
import type { Message } from '../../core/message.ts';
import { cleanText } from '../../lib/plain-text.ts';
import { type ChannelKind, tagsFor } from './channels.ts';
import { filesOf, renderPayload } from './render.ts';
import type { NewPost, Wire } from './send.ts';
import { shorten } from './text.ts';

const nameLimit = 100;
/** How much Discord's clock and ours may differ. */
const skewMs = 60_000;

/** A post or thread's name, from a message's title. */
export function threadName(message: Message): string {
  return shorten(cleanText(message.title).trim(), nameLimit) || 'Borderwire';
}

/**
 * Begins a post in a forum; gives its id, which is that of its first message too. Discord folds no repeated posts, so
 * one that may have arrived is looked for first.
 */
export async function postInForum(
  rest: Wire,
  row: NewPost,
  forum: Extract<ChannelKind, { kind: 'forum' }>,
  signal: AbortSignal,
): Promise<string> {
  const { message } = row;
  const earlier = row.maybeSentSince ? await findPost(rest, row, row.maybeSentSince, signal) : undefined;
  if (earlier !== undefined) return earlier;
  const tags = tagsFor(message.tags ?? [], forum);
  const body = {
    name: threadName(message),
    message: renderPayload(message),
    ...(tags.length === 0 ? {} : { applied_tags: tags }),
  };
  const made: unknown = await rest.post(Routes.threads(row.channel.id), { body, files: filesOf(message), signal });
  return String(Reflect.get(Object(made), 'id'));
}

/** A post of a forum that may have arrived since (ISO 8601 UTC); undefined when it did not. */
export async function findPost(
  rest: Pick<Wire, 'get'>,
  row: NewPost,
  since: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const how = signal ? { signal } : {};
  const answer: unknown = await rest.get(Routes.guildActiveThreads(row.channel.workspace), how);
  const threads: unknown = Reflect.get(Object(answer), 'threads');
  const from = Date.parse(since) - skewMs;
  const found = (Array.isArray(threads) ? threads : []).map(postOf).find((post) => {
    return post.parent === row.channel.id && post.name === threadName(row.message) && post.created >= from;
  });
  return found?.id;
}

/** A snowflake holds when it was made, in milliseconds since Discord's epoch. */
function postOf(thread: unknown): { id: string; parent: string; name: string; created: number } {
  const id = String(Reflect.get(Object(thread), 'id'));
  const created = /^\d+$/.test(id) ? Number(BigInt(id) >> 22n) + 1_420_070_400_000 : 0;
  return {
    id,
    created,
    parent: String(Reflect.get(Object(thread), 'parent_id')),
    name: String(Reflect.get(Object(thread), 'name')),
  };
}
