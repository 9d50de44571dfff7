import { sql } from 'kysely';
import {
  type OutboxAttempt,
  type OutboxKind,
  type OutboxRow,
  type OutboxState,
  outboxStates,
  type SendOutcome,
  type Told,
} from '../core/delivery.ts';
import type { OutboxStore } from '../core/delivery-ports.ts';
import type { Channel } from '../core/subscription.ts';
import { decode } from './codec.ts';
import { type EnqueueOptions, enqueue } from './outbox-enqueue.ts';
import { begin, lease, release, takeOver } from './outbox-lease.ts';
import { standingPost, subjectsOf } from './outbox-posts.ts';
import { heldUntil, lateIn, roll, toldSince } from './outbox-roll.ts';
import { toRow } from './outbox-rows.ts';
import {
  absent,
  advance,
  drop,
  hasten,
  hastenRetries,
  park,
  postpone,
  retry,
  settle,
  unpark,
  waitingIn,
  withdraw,
} from './outbox-settle.ts';
import { type Db, write } from './transaction.ts';

async function told(db: Db, kind: OutboxKind, subject: string): Promise<readonly Told[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['platform', 'workspace', 'channel', 'revision', 'state', 'action', 'rolled_into'])
    .where('kind', '=', kind)
    .where('subject', 'in', await subjectsOf(db, kind, subject))
    .where('state', '!=', 'dead')
    .orderBy('id')
    .execute();
  const channels = new Map<string, { channel: Channel; revision: number; sent: boolean; live: boolean }>();
  for (const row of rows) {
    const channel = { platform: row.platform as Channel['platform'], workspace: row.workspace, id: row.channel };
    const key = JSON.stringify(channel);
    const one = channels.get(key) ?? { channel, revision: 0, sent: false, live: false };
    one.revision = Math.max(one.revision, row.revision);
    one.sent ||= row.rolled_into !== null || (row.state === 'sent' && row.action === 'post');
    one.live ||= row.rolled_into !== null || row.state !== 'superseded';
    channels.set(key, one);
  }
  const reached = [...channels.values()].filter((one) => one.live);
  return reached.map((one) => ({ channel: one.channel, revision: one.revision, waiting: !one.sent }));
}

async function attempts(db: Db, rowId: string): Promise<readonly OutboxAttempt[]> {
  const query = db.selectFrom('outbox_attempt').selectAll().where('outbox_id', '=', rowId);
  const rows = await query.orderBy('attempt').execute();
  return rows.map((row) => ({
    attempt: row.attempt,
    owner: row.owner,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome === null ? null : (decode(row.outcome, `outbox ${rowId}`) as SendOutcome),
  }));
}

async function counts(db: Db): Promise<Record<OutboxState, number>> {
  const result = Object.fromEntries(outboxStates.map((state) => [state, 0])) as Record<OutboxState, number>;
  const query = db.selectFrom('outbox').select(['state', ({ fn }) => fn.countAll<number>().as('count')]);
  for (const row of await query.groupBy('state').execute()) result[row.state as OutboxState] = row.count;
  return result;
}

async function list(db: Db, state: OutboxState, limit: number): Promise<readonly OutboxRow[]> {
  const query = db.selectFrom('outbox').selectAll().where('state', '=', state);
  const rows = await query.orderBy('id').limit(limit).execute();
  return rows.map((row) => toRow(row));
}

async function nextAt(db: Db): Promise<string | null> {
  const found = await sql<{ at: string | null }>`
    select min(at) as at from (
      select min(due_at) as at from outbox where waiting = 1
      union all
      select min(lease_until) as at from outbox where state = 'leased') as times`.execute(db);
  return found.rows[0]?.at ?? null;
}

async function row(db: Db, rowId: string): Promise<OutboxRow | null> {
  const stored = await db.selectFrom('outbox').selectAll().where('id', '=', rowId).executeTakeFirst();
  if (!stored) return null;
  const plain = toRow(stored);
  const post = plain.action === 'post' ? null : await standingPost(db, plain.channel, plain.kind, plain.subject);
  return { ...plain, replyTo: post?.messageId ?? null };
}

/** Deliveries from the moment they are owed until they are known to have arrived. */
export function createOutboxStore(db: Db, options: EnqueueOptions): OutboxStore {
  return {
    enqueue: (drafts) => write(db, (tx) => enqueue(tx, options, drafts)),
    lease: (owner, now, until, limit, platforms) => lease(db, owner, now, until, limit, platforms),
    takeOver: (owner, now, until, limit, platforms) => takeOver(db, owner, now, until, limit, platforms),
    begin: (rowId, owner, at) => begin(db, rowId, owner, at),
    release: (rowIds, owner, dueAt) => release(db, rowIds, owner, dueAt),
    settle: (rowId, outcome, at, next) => settle(db, rowId, outcome, at, next),
    posted: (channel, kind, subject) => standingPost(db, channel, kind, subject),
    told: (kind, subject) => told(db, kind, subject),
    counts: () => counts(db),
    list: (state, limit) => list(db, state, limit),
    attempts: (rowId) => attempts(db, rowId),
    row: (rowId) => row(db, rowId),
    retry: (rowId, at) => retry(db, rowId, at),
    absent: (rowId, since, at) => absent(db, rowId, since, at),
    drop: (rowId, reason, at) => drop(db, rowId, reason, at),
    park: (channel, reason, at) => park(db, channel, reason, at),
    unpark: (channel, since, at) => unpark(db, channel, since, at),
    waitingIn: (channel) => waitingIn(db, channel),
    advance: (rowIds, at) => advance(db, rowIds, at),
    withdraw: (rowIds, reason) => withdraw(db, rowIds, reason),
    hasten: (now) => hasten(db, now),
    hastenRetries: (platform, now) => hastenRetries(db, platform, now),
    postpone: (channel, reach, budget, until) => postpone(db, channel, reach, budget, until),
    toldSince: (channel, since) => toldSince(db, channel, since),
    lateIn: (channel, before, now) => lateIn(db, channel, before, now),
    heldUntil: (channel, until, now) => heldUntil(db, channel, until, now),
    roll: (rollUp) => roll(db, options, rollUp),
    nextAt: () => nextAt(db),
  };
}
