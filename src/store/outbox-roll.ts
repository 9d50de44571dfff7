import { sql } from 'kysely';
import type { RollUp } from '../core/delivery-ports.ts';
import { type RollUpKind, storiesInRollUp } from '../core/roll-up.ts';
import type { Channel } from '../core/subscription.ts';
import { instant } from './codec.ts';
import { type EnqueueOptions, enqueue } from './outbox-enqueue.ts';
import { supersede } from './outbox-renew.ts';
import { inChannel, membersOf, rollUpDraft } from './outbox-rolled.ts';
import { type Db, type Tx, write } from './transaction.ts';

/** First posts that a channel got since then, by themselves or rolled up. */
export async function toldSince(db: Db, channel: Channel, since: string): Promise<number> {
  const row = await inChannel(db, channel)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('sent_at', '>=', instant(since))
    .where('kind', '=', 'story')
    .where('action', '=', 'post')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** First posts of a channel that wait and are due, as rows that may still be told together. */
function waitingPosts(db: Db, channel: Channel, now: string) {
  return inChannel(db, channel)
    .select('id')
    .where(sql<boolean>`waiting = 1`)
    .where('due_at', '<=', instant(now))
    .where('kind', '=', 'story')
    .where('action', '=', 'post')
    .where('standalone', 'is', null)
    .where('maybe_sent_since', 'is', null)
    .orderBy('id');
}

/** First posts of a channel that wait and were due before then, or came late already. */
export async function lateIn(db: Db, channel: Channel, before: string, now: string): Promise<readonly string[]> {
  const rows = await waitingPosts(db, channel, now)
    .where((row) => row.or([row('late', '=', 1), row('not_before', '<=', instant(before))]))
    .execute();
  return rows.map((row) => row.id);
}

/** First posts of a channel that wait and were all held back until the same time. */
export async function heldUntil(db: Db, channel: Channel, until: string, now: string): Promise<readonly string[]> {
  const rows = await waitingPosts(db, channel, now).where('not_before', '=', instant(until)).execute();
  return rows.map((row) => row.id);
}

/** The roll-up of this kind that a channel had a story added to since then and that has room, or null. */
async function runningIn(tx: Tx, channel: Channel, kind: RollUpKind, since: string): Promise<string | null> {
  const newest = await inChannel(tx, channel)
    .select('rolled_into')
    .where('sent_at', '>=', instant(since))
    .where('rolled_into', 'like', `${kind}/%`)
    .orderBy('rolled_into', 'desc')
    .executeTakeFirst();
  const subject = newest?.rolled_into ?? null;
  return subject !== null && (await membersOf(tx, subject)).length < storiesInRollUp ? subject : null;
}

async function tell(tx: Tx, options: EnqueueOptions, subject: string, at: string, pauseMs: number): Promise<void> {
  const draft = await rollUpDraft(tx, subject, at, pauseMs);
  const [first] = await membersOf(tx, subject);
  if (!draft || !first) return;
  // A new one takes the place in the queue that its first story had.
  const inPlace = draft.action === 'post' ? { ...options, nextId: () => `${first.id}r` } : options;
  await enqueue(tx, inPlace, [draft]);
}

/** What was to mend the post that is told in a roll-up from now on is told there. */
async function takeEdits(tx: Tx, channel: Channel, rolledId: string): Promise<void> {
  const rolled = tx.selectFrom('outbox').select('subject').where('id', '=', rolledId);
  const edits = await inChannel(tx, channel)
    .select(['id', 'standalone'])
    .where('kind', '=', 'story')
    .where('subject', '=', rolled)
    .where('action', '=', 'edit')
    .where('waiting', '=', 1)
    .orderBy('id', 'desc')
    .execute();
  const [newest] = edits;
  if (!newest?.standalone) return;
  await tx.updateTable('outbox').set({ message: newest.standalone }).where('id', '=', rolledId).execute();
  const ids = edits.map((edit) => edit.id);
  await supersede(tx, ids, 'told in a roll-up');
}

/** Moves first posts into roll-ups; answers how many were moved. What is in flight or may have arrived is left alone. */
export function roll(db: Db, options: EnqueueOptions, { kind, rowIds, owner, channel, at, since, pauseMs }: RollUp) {
  return write(db, async (tx) => {
    let moved = 0;
    let subject = since === null ? null : await runningIn(tx, channel, kind, since);
    for (const id of rowIds.toSorted()) {
      if (subject === null || (await membersOf(tx, subject)).length >= storiesInRollUp) {
        if (subject !== null) await tell(tx, options, subject, instant(at), pauseMs);
        subject = `${kind}/${options.nextId()}`;
      }
      const done = await tx
        .updateTable('outbox')
        .set({
          state: 'superseded',
          waiting: 0,
          lease_owner: null,
          lease_until: null,
          rolled_into: subject,
          sent_at: instant(at),
          reason: `told in ${subject}`,
        })
        .where('id', '=', id)
        .where('maybe_sent_since', 'is', null)
        .where((row) =>
          row.or([
            row('waiting', '=', 1),
            row.and([row('state', '=', 'leased'), row('lease_owner', '=', owner), row('begun', '=', 0)]),
          ]),
        )
        .executeTakeFirst();
      if (done.numUpdatedRows === 0n) continue;
      moved++;
      await takeEdits(tx, channel, id);
    }
    if (subject !== null && moved > 0) await tell(tx, options, subject, instant(at), pauseMs);
    return moved;
  });
}
