import { createHash } from 'node:crypto';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { OutboxRow, SendOutcome } from '../../core/delivery.ts';
import type { Message } from '../../core/message.ts';
import { type ChannelKind, forumFrom } from './channels.ts';
import { postInForum, threadName } from './forum.ts';
import { outcomeOf } from './outcome.ts';
import { filesOf, renderPayload } from './render.ts';

export type Wire = Pick<REST, 'get' | 'post' | 'patch'>;

export interface SendParts {
  rest: Wire;
  signal: AbortSignal;
  kindOf: (channelId: string) => ChannelKind;
  /** Whether what is posted in this announcement channel goes on to the servers that follow it. */
  publishes: (channelId: string) => Promise<boolean>;
  /** Lets a post go on to those servers; it stands in its channel whatever becomes of that. */
  publish: (channelId: string, messageId: string) => Promise<void>;
}

const threadMinutes = 4320;
const threadExists = 160_004;
/** Not opened yet or deleted, archived, locked. */
const noSuchThread = new Set<number | string>([10_003, 50_083, 160_005]);
/** Without the right to read the history nothing can be answered. */
const noReplyHere = new Set<number | string>([160_002]);
/** Not in this kind of channel, no right to, too many threads, or the post is gone. */
const noThreadsHere = new Set<number | string>([50_024, 50_013, 160_006, 10_008, 50_001]);
/** What somebody deleted needs no mending, and what is closed takes none. */
const noMessageToMend = new Set<number | string>([10_008]);
const noPostToMend = new Set<number | string>([...noMessageToMend, ...noSuchThread]);
/** A forum that the gateway did not tell us of: it takes posts alone. */
const onlyPosts = new Set<number | string>([50_008]);
/** The right that lacks may be that to attach files alone. */
const mayNot = new Set<number | string>([50_013]);

/** Posts, edits or answers in a thread; gives the message's id. Throws what discord.js throws. */
export async function sendRow(parts: SendParts, given: OutboxRow): Promise<string> {
  const row = given.rejectedBefore ? { ...given, message: inPlainWords(given.message) } : given;
  if (!row.message.picture) return sendWhole(parts, row);
  const { picture: _picture, ...words } = row.message;
  return orElse(
    mayNot,
    () => sendWhole(parts, row),
    () => sendWhole(parts, { ...row, message: words }),
  );
}

async function sendWhole(parts: SendParts, row: OutboxRow): Promise<string> {
  if (row.replyTo !== null && row.action === 'edit') return edit(parts, row, row.replyTo);
  if (row.replyTo !== null && row.action === 'thread') return answer(parts, row, row.replyTo);
  return postNew(parts, row);
}

async function edit({ rest, signal, kindOf }: SendParts, row: OutboxRow, messageId: string): Promise<string> {
  const payload = renderPayload(row.message);
  // Without a list of attachments an edit keeps those of before.
  const body = { ...payload, attachments: payload.attachments ?? [] };
  const within = (channel: string) =>
    rest.patch(Routes.channelMessage(channel, messageId), { body, files: filesOf(row.message), signal });
  const nothing = () => Promise.resolve(null);
  // A forum's post is a channel of its own, with the id of its first message: gone or closed, it is not the forum.
  const inPost = () => orElse(noPostToMend, () => within(messageId), nothing);
  if (kindOf(row.channel.id).kind === 'forum') await inPost();
  else await orElse(noMessageToMend, () => orElse<unknown>(onlyPosts, () => within(row.channel.id), inPost), nothing);
  return messageId;
}

/** A message on its own, whether of the outbox or not. `id` is what a repeated one is known by. */
export type NewPost = Pick<OutboxRow, 'id' | 'channel' | 'message' | 'maybeSentSince'>;

/** Posts in a channel, or begins a post in a forum; gives the message's id. Throws what discord.js throws. */
export async function postNew(parts: SendParts, row: NewPost): Promise<string> {
  const { rest, signal } = parts;
  const channel = parts.kindOf(row.channel.id);
  if (channel.kind === 'forum') return postInForum(rest, row, channel, signal);
  const inForum = async () => {
    const told = await rest.get(Routes.channel(row.channel.id), { signal }).catch(() => null);
    return postInForum(rest, row, forumFrom(told), signal);
  };
  const id = await orElse(onlyPosts, () => create(parts, row, row.channel.id), inForum);
  // Where the kind is not known, somebody who knew it asked for this.
  if (channel.kind !== 'plain' && (await parts.publishes(row.channel.id))) await parts.publish(row.channel.id, id);
  return id;
}

async function create({ rest, signal }: SendParts, row: NewPost, channel: string, more: object = {}) {
  const body = { ...renderPayload(row.message), nonce: nonceOf(row.id), enforce_nonce: true, ...more };
  return idOf(await rest.post(Routes.channelMessages(channel), { body, files: filesOf(row.message), signal }));
}

async function answer(parts: SendParts, row: OutboxRow, answered: string): Promise<string> {
  const inThread = () => create(parts, row, answered);
  const reference = { message_reference: { message_id: answered, fail_if_not_exists: false } };
  const reply = () =>
    parts.kindOf(row.channel.id).kind === 'forum'
      ? postNew(parts, { ...row, message: row.standalone ?? row.message })
      : orElse(
          noReplyHere,
          () => create(parts, row, row.channel.id, reference),
          () => postNew(parts, row),
        );
  const opened = async () =>
    (await openThread(parts, row, answered)) ? orElse(noSuchThread, inThread, reply) : reply();
  return orElse(noSuchThread, inThread, opened);
}

/** The other way when Discord refuses the first for one of these reasons. */
async function orElse<Result>(
  reasons: ReadonlySet<number | string>,
  way: () => Promise<Result>,
  other: () => Promise<Result>,
): Promise<Result> {
  try {
    return await way();
  } catch (error) {
    if (error instanceof DiscordAPIError && reasons.has(error.code)) return other();
    throw error;
  }
}

/** A message's thread has the message's own id. False where no thread can be: then the answer is an ordinary reply. */
async function openThread({ rest, signal, kindOf }: SendParts, row: OutboxRow, messageId: string): Promise<boolean> {
  if (kindOf(row.channel.id).kind === 'forum') return false;
  const body = { name: threadName(row.message), auto_archive_duration: threadMinutes };
  try {
    await rest.post(Routes.threads(row.channel.id, messageId), { body, signal });
    return true;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.code === threadExists) return true;
    if (noThreadsHere.has(error.code)) return false;
    throw error;
  }
}

/** What Discord refused in full is said in one line, in which nothing is left to refuse. */
function inPlainWords({ title, plain, tags }: Message): Message {
  return { title, plain, blocks: [{ kind: 'text', lines: [[plain]] }], ...(tags ? { tags } : {}) };
}

/** An edit changes what is there: a lost answer can be repeated, and a post that is gone is nothing to mend. */
export function sendOutcome(error: unknown, row: OutboxRow, now: number): SendOutcome {
  const outcome = outcomeOf(error, now);
  if (row.action === 'edit' && outcome.kind === 'unknown') return { kind: 'transient', reason: outcome.reason };
  return outcome;
}

/** Twenty-four characters of the row's hash: Discord takes at most twenty-five. */
export function nonceOf(rowId: string): string {
  return createHash('sha256').update(rowId).digest('base64url').slice(0, 24);
}

function idOf(answer: unknown): string {
  const id: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'id') : undefined;
  if (typeof id !== 'string' && typeof id !== 'number') throw new Error('Discord’s answer holds no message id');
  return String(id);
}
