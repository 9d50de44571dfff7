import type { OutboxDraft } from '../core/delivery.ts';
import { type RollUpKind, rollUpMessage } from '../core/roll-up.ts';
import type { Channel } from '../core/subscription.ts';
import { toRow } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';
import type { Db, Tx } from './transaction.ts';

/*
 * A first post that is told in a roll-up is `superseded` and names the roll-up in `rolled_into`; `sent_at` is when that
 * was decided. The roll-up is a delivery of its own: a post, and edits of it as it grows.
 */

export function inChannel(tx: Db | Tx, { platform, workspace, id }: Channel) {
  return tx
    .selectFrom('outbox')
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('channel', '=', id);
}

export function membersOf(tx: Tx, rollUp: string): Promise<OutboxTable[]> {
  return tx.selectFrom('outbox').selectAll().where('rolled_into', '=', rollUp).orderBy('id').execute();
}

/** The roll-up as it now is: a post, or an edit of it no sooner than the pause after what was sent last. */
export async function rollUpDraft(tx: Tx, subject: string, at: string, pauseMs: number): Promise<OutboxDraft | null> {
  const members = (await membersOf(tx, subject)).map((row) => toRow(row));
  const [first] = members;
  if (!first) return null;
  const kind = subject.slice(0, subject.indexOf('/')) as RollUpKind;
  const message = rollUpMessage(kind, members);
  const told = await inChannel(tx, first.channel)
    .select(['revision', 'sent_at'])
    .where('kind', '=', 'roll-up')
    .where('subject', '=', subject)
    .orderBy('revision', 'desc')
    .execute();
  const lastSent = told
    .flatMap((row) => row.sent_at ?? [])
    .toSorted()
    .at(-1);
  const rested = lastSent === undefined ? at : new Date(Date.parse(lastSent) + pauseMs).toISOString();
  return {
    channel: first.channel,
    kind: 'roll-up',
    subject,
    revision: (told[0]?.revision ?? 0) + 1,
    action: told.length === 0 ? 'post' : 'edit',
    message,
    ...(told.length === 0 ? {} : { standalone: message }),
    notBefore: rested > at ? rested : at,
    late: kind === 'catch-up',
  };
}
