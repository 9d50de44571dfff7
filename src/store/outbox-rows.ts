import type { OutboxKind, OutboxRow, OutboxState } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import type { Channel, Platform } from '../core/subscription.ts';
import { decode } from './codec.ts';
import type { OutboxTable } from './schema.ts';
import { mergedFamily } from './story-rows.ts';
import type { Db, Tx } from './transaction.ts';

/** One row as the port gives it; `replyTo` is looked up by who needs it. */
export function toRow(row: OutboxTable, replyTo: string | null = null): OutboxRow {
  const where = `outbox ${row.id}`;
  return {
    id: row.id,
    channel: { platform: row.platform as Platform, workspace: row.workspace, id: row.channel },
    kind: row.kind as OutboxKind,
    subject: row.subject,
    revision: row.revision,
    action: row.action as OutboxRow['action'],
    message: decode(row.message, where) as Message,
    ...(row.standalone === null ? {} : { standalone: decode(row.standalone, where) as Message }),
    notBefore: row.not_before,
    late: row.late === 1,
    state: row.state as OutboxState,
    attempts: row.attempts,
    createdAt: row.created_at,
    replyTo,
    maybeSentSince: row.maybe_sent_since,
    rejectedBefore: row.rejected_before === 1,
    reason: row.reason,
  };
}

/** A story is also what was folded into it; everything else is itself alone. */
export async function subjectsOf(db: Db | Tx, kind: OutboxKind, subject: string): Promise<readonly string[]> {
  return kind === 'story' ? mergedFamily(db, subject) : [subject];
}

interface Posted {
  messageId: string;
  revision: number;
  sentAt: string;
}

function postsOf(db: Db | Tx, channel: Channel, kind: OutboxKind, subjects: readonly string[]) {
  return db
    .selectFrom('outbox')
    .select(['message_id', 'revision', 'sent_at', 'rolled_into'])
    .where('platform', '=', channel.platform)
    .where('workspace', '=', channel.workspace)
    .where('channel', '=', channel.id)
    .where('kind', '=', kind)
    .where('subject', 'in', subjects)
    .where('action', '=', 'post')
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc');
}

/**
 * The newest post that a channel has for a subject: what is edited and answered. That may be a roll-up's, or where a
 * story has none of its own, that of one folded into it.
 */
export async function newestPost(
  db: Db | Tx,
  channel: Channel,
  kind: OutboxKind,
  subject: string,
): Promise<Posted | null> {
  const own = await newestOf(db, channel, kind, [subject]);
  if (own || kind !== 'story') return own;
  return newestOf(db, channel, kind, await subjectsOf(db, kind, subject));
}

async function newestOf(
  db: Db | Tx,
  channel: Channel,
  kind: OutboxKind,
  subjects: readonly string[],
): Promise<Posted | null> {
  const row = await postsOf(db, channel, kind, subjects).where('state', '=', 'sent').executeTakeFirst();
  if (row && row.message_id !== null && row.sent_at !== null)
    return { messageId: row.message_id, revision: row.revision, sentAt: row.sent_at };
  const rolled = await postsOf(db, channel, kind, subjects).where('rolled_into', 'is not', null).executeTakeFirst();
  return rolled?.rolled_into ? newestPost(db, channel, 'roll-up', rolled.rolled_into) : null;
}
