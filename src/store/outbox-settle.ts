import { type ExpressionBuilder, sql } from 'kysely';
import type { OutboxRow, OutboxState, SendOutcome } from '../core/delivery.ts';
import type { Channel } from '../core/subscription.ts';
import { encode, instant } from './codec.ts';
import { startOf } from './outbox-lease.ts';
import { inChannel } from './outbox-rolled.ts';
import { toRow } from './outbox-rows.ts';
import type { OutboxTable, Tables } from './schema.ts';
import { chunks, type Db, locked, type Tx, write, writePatiently } from './transaction.ts';

interface Next {
  state: OutboxState;
  retryAt?: string;
  owner?: string;
}

const waitingStates: ReadonlySet<OutboxState> = new Set(['pending', 'retry']);
const free = { lease_owner: null, lease_until: null, begun: 0 as const };

async function finishAttempt(tx: Tx, row: OutboxTable, outcome: SendOutcome, at: string): Promise<void> {
  await tx
    .updateTable('outbox_attempt')
    .set({ finished_at: at, outcome: encode(outcome) })
    .where('outbox_id', '=', row.id)
    .where('attempt', '=', row.attempts)
    .execute();
}

function reasonOf(outcome: SendOutcome): string {
  if (outcome.kind === 'sent') return 'sent';
  if (outcome.kind === 'rate-limited') return `rate limited (${outcome.scope}) until ${outcome.retryAt}`;
  return `${outcome.kind}: ${outcome.reason}`;
}

/** A late answer of one who lost the lease counts only when it says that the message arrived. */
function mayMove(row: OutboxTable, next: Next): boolean {
  if (row.state === 'unknown') return true;
  return row.state === 'leased' && (next.owner === undefined || row.lease_owner === next.owner);
}

async function moveOn(tx: Tx, row: OutboxTable, outcome: SendOutcome, at: string, next: Next): Promise<void> {
  const doubt =
    outcome.kind === 'unknown' ? (row.maybe_sent_since ?? (await startOf(tx, row.id, row.attempts)) ?? at) : null;
  const parked = next.state === 'dead' && (outcome.kind === 'forbidden' || outcome.kind === 'gone');
  await tx
    .updateTable('outbox')
    .set({
      ...free,
      state: next.state,
      waiting: waitingStates.has(next.state) ? 1 : 0,
      due_at: next.retryAt === undefined ? row.due_at : instant(next.retryAt),
      reason: reasonOf(outcome),
      ...(doubt === null ? {} : { maybe_sent_since: doubt }),
      ...(outcome.kind === 'rejected' ? { rejected_before: 1 } : {}),
      ...(parked ? { parked_at: at } : {}),
    })
    .where('id', '=', row.id)
    .execute();
  // In the same transaction: nothing else of this channel may be tried meanwhile.
  if (parked) await parkIn(tx, channelOf(row), reasonOf(outcome), at);
}

function channelOf(row: OutboxTable): Channel {
  return { platform: row.platform as Channel['platform'], workspace: row.workspace, id: row.channel };
}

/** Records what became of an attempt and moves the row on. That a message arrived is recorded whoever says it. */
export function settle(db: Db, rowId: string, outcome: SendOutcome, at: string, next: Next): Promise<void> {
  const record = async (tx: Tx) => {
    const found = tx.selectFrom('outbox').selectAll().where('id', '=', rowId);
    const row = await locked(tx, found).executeTakeFirst();
    if (!row || row.state === 'sent') return;
    const time = instant(at);
    if (outcome.kind === 'sent') {
      const sent = { state: 'sent', waiting: 0 as const, message_id: outcome.messageId, sent_at: time, reason: null };
      await tx
        .updateTable('outbox')
        .set({ ...free, ...sent, maybe_sent_since: null })
        .where('id', '=', rowId)
        .execute();
    } else if (mayMove(row, next)) {
      await moveOn(tx, row, outcome, time, next);
    } else {
      return;
    }
    await finishAttempt(tx, row, outcome, time);
  };
  return writePatiently(db, record);
}

/** Sends again what is unknown, dead or waiting: the one who asks has seen that it did not arrive. */
export async function retry(db: Db, rowId: string, at: string): Promise<boolean> {
  const done = await db
    .updateTable('outbox')
    .set({ ...free, state: 'retry', waiting: 1, due_at: instant(at), maybe_sent_since: null, parked_at: null })
    .where('id', '=', rowId)
    .where('state', 'in', ['unknown', 'dead', 'pending', 'retry'])
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Sends again what was looked for and did not arrive, unless somebody has sent it meanwhile. */
export async function absent(db: Db, rowId: string, since: string, at: string): Promise<boolean> {
  const done = await db
    .updateTable('outbox')
    .set({ ...free, state: 'retry', waiting: 1, due_at: instant(at), maybe_sent_since: null })
    .where('id', '=', rowId)
    .where('state', '=', 'unknown')
    .where('maybe_sent_since', '=', instant(since))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Gives a row up for good. */
export async function drop(db: Db, rowId: string, reason: string, at: string): Promise<boolean> {
  const done = await db
    .updateTable('outbox')
    .set({ ...free, state: 'dead', waiting: 0, reason: `${reason} (${instant(at)})`, parked_at: null })
    .where('id', '=', rowId)
    .where('state', 'in', ['unknown', 'pending', 'retry', 'dead'])
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Waiting rows of a channel that cannot be reached are put aside. */
export function park(db: Db, channel: Channel, reason: string, at: string): Promise<number> {
  return write(db, (tx) => parkIn(tx, channel, reason, instant(at)));
}

async function parkIn(tx: Tx, channel: Channel, reason: string, at: string): Promise<number> {
  const done = await tx
    .updateTable('outbox')
    .set({ state: 'dead', waiting: 0, reason, parked_at: at })
    .where('platform', '=', channel.platform)
    .where('workspace', '=', channel.workspace)
    .where('channel', '=', channel.id)
    .where('waiting', '=', 1)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** What was put aside at or after `since` waits again. */
export async function unpark(db: Db, channel: Channel, since: string, at: string): Promise<number> {
  const done = await db
    .updateTable('outbox')
    .set({ state: 'retry', waiting: 1, due_at: instant(at), parked_at: null })
    .where('platform', '=', channel.platform)
    .where('workspace', '=', channel.workspace)
    .where('channel', '=', channel.id)
    .where('state', '=', 'dead')
    .where('parked_at', '>=', instant(since))
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Not sent, nor on its way: it waits, or it is leased and its attempt has not begun. No attempt can have arrived. */
function isUnsent(row: ExpressionBuilder<Tables, 'outbox'>) {
  const idle = row.or([row('waiting', '=', 1), row.and([row('state', '=', 'leased'), row('begun', '=', 0)])]);
  return row.and([row('maybe_sent_since', 'is', null), idle]);
}

export async function waitingIn(db: Db, channel: Channel): Promise<readonly OutboxRow[]> {
  const rows = await inChannel(db, channel).selectAll().where(isUnsent).orderBy('id').execute();
  return rows.map((row) => toRow(row));
}

export async function withdraw(db: Db, rowIds: readonly string[], reason: string): Promise<number> {
  let withdrawn = 0;
  for (const ids of chunks(rowIds)) {
    const rows = db.updateTable('outbox').set({ ...free, state: 'superseded', waiting: 0, reason });
    const done = await rows.where('id', 'in', ids).where(isUnsent).executeTakeFirst();
    withdrawn += Number(done.numUpdatedRows);
  }
  return withdrawn;
}

/** Waiting rows that are due later are due then, except where the platform said itself when. */
export async function advance(db: Db, rowIds: readonly string[], at: string): Promise<void> {
  for (const ids of chunks(rowIds)) {
    const rows = db
      .updateTable('outbox')
      .set({ due_at: instant(at) })
      .where('id', 'in', ids)
      .where('waiting', '=', 1);
    await rows.where('due_at', '>', instant(at)).where(mayHasten).execute();
  }
}

function mayHasten(row: ExpressionBuilder<Tables, 'outbox'>) {
  return row.or([row('reason', 'is', null), row('reason', 'not like', 'rate limited%')]);
}

const holdBackMs = 15 * 60_000;

/** Rows that wait out a hold-back or an edit pause go now; what waits longer (quiet hours, long retries) goes on waiting. */
export async function hasten(db: Db, now: string): Promise<number> {
  const until = new Date(Date.parse(now) + holdBackMs).toISOString();
  const update = db
    .updateTable('outbox')
    .set({ due_at: instant(now) })
    .where('waiting', '=', 1)
    .where('attempts', '=', 0);
  const done = await update.where('due_at', '>', instant(now)).where('due_at', '<=', until).executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Rows that wait to be tried again at a platform, except where it said itself when. */
export async function hastenRetries(db: Db, platform: string, now: string): Promise<number> {
  const done = await db
    .updateTable('outbox')
    .set({ due_at: instant(now) })
    .where('waiting', '=', 1)
    .where('state', '=', 'retry')
    .where('platform', '=', platform)
    .where('due_at', '>', instant(now))
    .where(mayHasten)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Waiting rows of a channel's workspace, or of its whole platform, are due no sooner than then. */
export async function postpone(
  db: Db,
  { platform, workspace }: Channel,
  reach: 'workspace' | 'platform',
  budget: 'post' | 'edit',
  until: string,
): Promise<void> {
  const update = db
    .updateTable('outbox')
    .set({ due_at: instant(until) })
    .where(sql<boolean>`waiting = 1`)
    .where('due_at', '<', instant(until))
    .where('platform', '=', platform)
    .where('part', '=', budget === 'edit' ? 'mended' : 'said');
  await (reach === 'workspace' ? update.where('workspace', '=', workspace) : update).execute();
}
