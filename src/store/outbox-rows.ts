import type { OutboxKind, OutboxRow, OutboxState } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import type { Platform } from '../core/subscription.ts';
import { decode } from './codec.ts';
import type { OutboxTable } from './schema.ts';

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
