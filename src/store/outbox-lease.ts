import { sql } from 'kysely';
import type { OutboxRow } from '../core/delivery.ts';
import type { Platform } from '../core/subscription.ts';
import { instant } from './codec.ts';
import { choose, type Part, placeOf } from './outbox-next.ts';
import { standingPost, standingRow } from './outbox-posts.ts';
import { supersede } from './outbox-renew.ts';
import { toRow } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';
import { forwarded } from './story-rows.ts';
import { chunks, type Db, type Tx, unlockedOnly, write, writeRelaxed } from './transaction.ts';

/** What is edited or answered; a row that finds no post becomes one. */
async function addressed(tx: Tx, row: OutboxTable): Promise<OutboxRow> {
  const plain = toRow(row);
  if (row.action === 'post' && row.standalone === null) return plain;
  const post = await standingPost(tx, plain.channel, plain.kind, plain.subject);
  if (post) return plain.action === 'post' ? plain : { ...plain, replyTo: post.messageId };
  return { ...plain, action: 'post', message: plain.standalone ?? plain.message };
}

/** Leases those of these rows that still wait, that nobody else is taking and that still say something. */
async function take(tx: Tx, ids: readonly string[], now: string, lessee: Lessee) {
  const waiting = tx.selectFrom('outbox').selectAll().where('id', 'in', ids).where(sql<boolean>`waiting = 1`);
  const stored = await unlockedOnly(tx, waiting.where('due_at', '<=', now).orderBy('id')).execute();
  const rows: OutboxRow[] = [];
  const moot: OutboxTable[] = [];
  for (const before of stored) {
    if (await isMoot(tx, before)) {
      moot.push(before);
      continue;
    }
    const row: OutboxRow = { ...(await addressed(tx, before)), state: 'leased' };
    rows.push(row);
    if (row.action === before.action && row.message !== row.standalone) continue;
    const standing = { action: row.action, message: before.standalone ?? before.message };
    await tx.updateTable('outbox').set(standing).where('id', '=', row.id).execute();
  }
  if (rows.length > 0)
    await tx
      .updateTable('outbox')
      .set({ state: 'leased', waiting: 0, begun: 0, ...lessee })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
  if (moot.length > 0)
    await supersede(
      tx,
      moot.map(({ id }) => id),
      'told as the story that it was folded into',
    );
  return { rows, moot, all: stored.length === ids.length };
}

/**
 * Whether a row would mend a post with words of a story that was folded into another whose post that is now, or say
 * of such a story, where nothing stands, that it was folded.
 */
async function isMoot(tx: Tx, row: OutboxTable): Promise<boolean> {
  if (row.kind !== 'story' || row.action !== 'edit') return false;
  const winner = await forwarded(tx, row.subject);
  if (winner === null || winner === row.subject) return false;
  const { channel } = toRow(row);
  const [own, winners] = await Promise.all([row.subject, winner].map((id) => standingRow(tx, channel, 'story', id)));
  return !own || own.id === winners?.id;
}

interface Lessee {
  lease_owner: string;
  lease_until: string;
}

/** What a row is that was leased and not sent. */
const waitsAgain = {
  state: sql<string>`case when attempts > 0 then 'retry' else 'pending' end`,
  waiting: 1,
  lease_owner: null,
  lease_until: null,
} as const;

/** A lease that ran out before its attempt began: nothing was sent, the row waits as before. */
async function freeIdle(tx: Tx, now: string): Promise<void> {
  const leased = tx.selectFrom('outbox').select('id').where(sql<boolean>`state = 'leased'`);
  const idle = await unlockedOnly(tx, leased.where('begun', '=', 0).where('lease_until', '<=', now)).execute();
  for (const some of chunks(idle)) {
    await tx
      .updateTable('outbox')
      .set(waitsAgain)
      .where(
        'id',
        'in',
        some.map((row) => row.id),
      )
      .execute();
  }
}

/**
 * Rows that may go out now, leased for `owner`: what is said first, and always a few of what is mended. Channels that
 * another worker is at are passed over for others.
 */
export function lease(
  db: Db,
  owner: string,
  now: string,
  until: string,
  limit: number,
  platforms?: readonly Platform[],
): Promise<readonly OutboxRow[]> {
  const wanted = { now: instant(now), platforms };
  const lessee = { lease_owner: owner, lease_until: instant(until) };
  const takeSome = async (tx: Tx) => {
    await freeIdle(tx, wanted.now);
    const rows: OutboxRow[] = [];
    const passed = new Set<string>();
    const takePart = async (part: Part, full: number) => {
      while (rows.length < full) {
        const ids = await choose(tx, { ...wanted, part }, full - rows.length, passed);
        if (ids.length === 0) break;
        const taken = await take(tx, ids, wanted.now, lessee);
        rows.push(...taken.rows);
        for (const row of taken.moot) passed.delete(placeOf(row));
        if (taken.all && taken.moot.length === 0) break;
      }
    };
    await takePart('said', limit - Math.floor(limit / 8));
    await takePart('mended', limit);
    await takePart('said', limit);
    return rows;
  };
  return writeRelaxed(db, takeSome, 'locking');
}

/** Rows whose attempt began under a lease that ran out: it may have arrived since that attempt began. */
export function takeOver(
  db: Db,
  owner: string,
  now: string,
  until: string,
  limit: number,
  platforms?: readonly Platform[],
): Promise<readonly OutboxRow[]> {
  const takeLost = async (tx: Tx) => {
    const leased = tx.selectFrom('outbox').selectAll().where(sql<boolean>`state = 'leased'`);
    const ours = platforms === undefined ? leased : leased.where('platform', 'in', [...platforms, '']);
    const over = ours.where('begun', '=', 1).where('lease_until', '<=', instant(now));
    const rows: OutboxRow[] = [];
    for (const one of await unlockedOnly(tx, over.orderBy('id').limit(limit)).execute()) {
      const since = one.maybe_sent_since ?? (await startOf(tx, one.id, one.attempts)) ?? instant(now);
      const mine = { lease_owner: owner, lease_until: instant(until), maybe_sent_since: since };
      await tx.updateTable('outbox').set(mine).where('id', '=', one.id).execute();
      rows.push(await addressed(tx, { ...one, ...mine }));
    }
    return rows;
  };
  return write(db, takeLost, 'locking');
}

/** When an attempt began, or null. */
export async function startOf(tx: Tx, rowId: string, attempt: number): Promise<string | null> {
  const query = tx.selectFrom('outbox_attempt').select('started_at').where('outbox_id', '=', rowId);
  const row = await query.where('attempt', '=', attempt).executeTakeFirst();
  return row?.started_at ?? null;
}

/** The moment before the send: durable, and refused to whoever no longer holds the lease. */
export function begin(db: Db, rowId: string, owner: string, at: string): Promise<boolean> {
  const record = async (tx: Tx) => {
    const row = await tx
      .updateTable('outbox')
      .set((column) => ({ begun: 1, attempts: column('attempts', '+', 1) }))
      .where('id', '=', rowId)
      .where('state', '=', 'leased')
      .where('lease_owner', '=', owner)
      .where('lease_until', '>', instant(at))
      .where('begun', '=', 0)
      .returning('attempts')
      .executeTakeFirst();
    if (!row) return false;
    await tx
      .insertInto('outbox_attempt')
      .values({ outbox_id: rowId, attempt: row.attempts, owner, started_at: instant(at) })
      .execute();
    return true;
  };
  return write(db, record, 'locking');
}

/** Gives leased rows back before their attempt began. */
export async function release(db: Db, rowIds: readonly string[], owner: string, dueAt: string): Promise<void> {
  if (rowIds.length === 0) return;
  await db
    .updateTable('outbox')
    .set({ ...waitsAgain, due_at: instant(dueAt) })
    .where('id', 'in', rowIds)
    .where('state', '=', 'leased')
    .where('lease_owner', '=', owner)
    .where('begun', '=', 0)
    .execute();
}
