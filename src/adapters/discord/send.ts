import { createHash } from 'node:crypto';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { OutboxRow, SendOutcome } from '../../core/delivery.ts';
import { outcomeOf } from './outcome.ts';
import { filesOf, renderPayload } from './render.ts';
import { cleanText, shorten } from './text.ts';

type Wire = Pick<REST, 'post' | 'patch'>;

const threadName = 100;
const threadMinutes = 4320;
const threadExists = 160_004;
/** Not opened yet or deleted, archived, locked. */
const noSuchThread = new Set<number | string>([10_003, 50_083, 160_005]);
/** Without the right to read the history nothing can be answered. */
const noReplyHere = new Set<number | string>([160_002]);
/** Not in this kind of channel, no right to, too many threads, or the post is gone. */
const noThreadsHere = new Set<number | string>([50_024, 50_013, 160_006, 10_008, 50_001]);

/** Posts, edits or answers in a thread; gives the message's id. Throws what discord.js throws. */
export async function sendRow(rest: Wire, row: OutboxRow, signal: AbortSignal): Promise<string> {
  const files = filesOf(row.message);
  const payload = renderPayload(row.message);
  const { id: channel } = row.channel;
  if (row.action === 'edit' && row.replyTo !== null) {
    // Without a list of attachments an edit keeps those of before.
    const body = { ...payload, attachments: payload.attachments ?? [] };
    await rest.patch(Routes.channelMessage(channel, row.replyTo), { body, files, signal });
    return row.replyTo;
  }
  const body = { ...payload, nonce: nonceOf(row.id), enforce_nonce: true };
  const post = async (to: string, more: object = {}) =>
    idOf(await rest.post(Routes.channelMessages(to), { body: { ...body, ...more }, files, signal }));
  if (row.action !== 'thread' || row.replyTo === null) return post(channel);
  const answered = row.replyTo;
  const inThread = () => post(answered);
  const reference = { message_reference: { message_id: answered, fail_if_not_exists: false } };
  const reply = () =>
    orElse(
      noReplyHere,
      () => post(channel, reference),
      () => post(channel),
    );
  const opened = async () =>
    (await openThread(rest, row, answered, signal)) ? orElse(noSuchThread, inThread, reply) : reply();
  return orElse(noSuchThread, inThread, opened);
}

/** The other way when Discord refuses the first for one of these reasons. */
async function orElse(
  reasons: ReadonlySet<number | string>,
  post: () => Promise<string>,
  other: () => Promise<string>,
): Promise<string> {
  try {
    return await post();
  } catch (error) {
    if (error instanceof DiscordAPIError && reasons.has(error.code)) return other();
    throw error;
  }
}

/** A message's thread has the message's own id. False where no thread can be: then the answer is an ordinary reply. */
async function openThread(rest: Wire, row: OutboxRow, messageId: string, signal: AbortSignal): Promise<boolean> {
  const name = shorten(cleanText(row.message.title).trim(), threadName) || 'Borderwire';
  const body = { name, auto_archive_duration: threadMinutes };
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
  if (typeof id !== 'string') throw new Error('Discord’s answer holds no message id');
  return id;
}
