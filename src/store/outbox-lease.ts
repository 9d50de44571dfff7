import { sql } from 'kysely';
import type { OutboxRow } from '../core/delivery.ts';
import type { Platform } from '../core/subscription.ts';
import { instant } from './codec.ts';
import { newestPost, toRow } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';
import { chunks, type Db, type Tx, unlockedOnly, write, writeRelaxed } from './transaction.ts';

/*
 * What may go out, and when:
 * - one row a channel is in flight, and the oldest row of a channel that may go out goes first;
 * - rows of one subject (a story) leave in the order in which they were made: one that waits for a retry holds back
 *   the later ones of its own subject in its own channel, and nothing else;
 * - an edit also waits while it is not known whether the first post arrived: there may be nothing to edit, or two.
 *   What is said anew does not wait for that: it then stands alone.
 */

interface Candidate {
  id: string;
  due_at: string;
  platform: string;
  workspace: string;
  channel: string;
  /** The oldest row of the channel that may go out: this one, or one that came due later. */
  oldest: string;
}

/** What is said, or what is mended: a story's ten thousand edits must not stand before the next alert. */
type Part = 'said' | 'mended';

/** When, what, and for which platforms; for all when none are named. */
interface Wanted {
  now: string;
  part: Part;
  platforms: readonly Platform[] | undefined;
}

/** Whether something older of the row's subject is still to go out in its channel, or may have arrived unseen. */
function behindItsOwn(alias: 'o' | 'x') {
  const row = sql.raw(alias);
  return sql`exists (
        select 1 from outbox e
        where e.platform = ${row}.platform and e.workspace = ${row}.workspace and e.channel = ${row}.channel
          and e.kind = ${row}.kind and e.subject = ${row}.subject and e.id < ${row}.id
          and (e.waiting = 1 or (e.state = 'unknown' and e.action = 'post' and ${row}.action = 'edit')))`;
}

/**
 * Found by the time at which they are due: thousands that wait for a platform's pace cost nothing until then, and stand
 * before nobody else's. (The joined empty text keeps SQLite from looking through all that is due for one channel's row.)
 */
async function candidates(tx: Tx, { now, part, platforms }: Wanted, after: Candidate | undefined, limit: number) {
  const among = platforms === undefined ? sql`` : sql`and o.platform in (${sql.join([...platforms, ''])})`;
  const found = await sql<Candidate>`
    select o.id, o.due_at, o.platform, o.workspace, o.channel, (
        select x.id from outbox x
        where x.waiting = 1 and x.platform = o.platform and x.workspace = o.workspace and x.channel = o.channel
          and x.part = o.part and x.due_at || '' <= ${now} and not ${behindItsOwn('x')}
        order by x.id limit 1) as oldest
    from outbox o
    where o.waiting = 1 and o.part = ${part} and o.due_at <= ${now}
      and (o.due_at, o.id) > (${after?.due_at ?? ''}, ${after?.id ?? ''}) ${among}
      and not exists (
        select 1 from outbox f
        where f.state = 'leased'
          and f.platform = o.platform and f.workspace = o.workspace and f.channel = o.channel)
      and not ${behindItsOwn('o')}
    order by o.due_at, o.id limit ${limit}`.execute(tx);
  return found.rows;
}

/** The oldest row that may go out of each of at most `limit` channels that are not `passed`; adds them to `passed`. */
async function choose(tx: Tx, wanted: Wanted, limit: number, passed: Set<string>): Promise<readonly string[]> {
  const chosen: string[] = [];
  const page = Math.max(limit * 2, 16);
  let last: Candidate | undefined;
  for (;;) {
    const found = await candidates(tx, wanted, last, page);
    for (const one of found) {
      const channel = JSON.stringify([one.platform, one.workspace, one.channel]);
      if (passed.has(channel)) continue;
      passed.add(channel);
      chosen.push(one.oldest);
      if (chosen.length >= limit) return chosen;
    }
    last = found.at(-1);
    if (!last || found.length < page) return chosen;
  }
}

/** What is edited or answered; a row that finds no post becomes one. */
async function addressed(tx: Tx, row: OutboxTable): Promise<OutboxRow> {
  const plain = toRow(row);
  if (row.action === 'post') return plain;
  const post = await newestPost(tx, plain.channel, plain.kind, plain.subject);
  if (post) return { ...plain, replyTo: post.messageId };
  return { ...plain, action: 'post', message: plain.standalone ?? plain.message };
}

/** Leases those of these rows that still wait and that nobody else is taking. */
async function take(tx: Tx, ids: readonly string[], now: string, lessee: Lessee): Promise<readonly OutboxRow[]> {
  const waiting = tx.selectFrom('outbox').selectAll().where('id', 'in', ids).where(sql<boolean>`waiting = 1`);
  const stored = await unlockedOnly(tx, waiting.where('due_at', '<=', now).orderBy('id')).execute();
  if (stored.length === 0) return [];
  const taken = stored.map((row) => row.id);
  await tx
    .updateTable('outbox')
    .set({ state: 'leased', waiting: 0, begun: 0, ...lessee })
    .where('id', 'in', taken)
    .execute();
  const rows: OutboxRow[] = [];
  for (const before of stored) {
    const row: OutboxRow = { ...(await addressed(tx, before)), state: 'leased' };
    rows.push(row);
    if (row.action === before.action) continue;
    const standing = { action: row.action, message: before.standalone ?? before.message };
    await tx.updateTable('outbox').set(standing).where('id', '=', row.id).execute();
  }
  return rows;
}

interface Lessee {
  lease_owner: string;
  lease_until: string;
}

/** A lease that ran out before its attempt began: nothing was sent, the row waits as before. */
async function freeIdle(tx: Tx, now: string): Promise<void> {
  const leased = tx.selectFrom('outbox').select('id').where(sql<boolean>`state = 'leased'`);
  const idle = await unlockedOnly(tx, leased.where('begun', '=', 0).where('lease_until', '<=', now)).execute();
  for (const some of chunks(idle)) {
    await tx
      .updateTable('outbox')
      .set({
        state: sql<string>`case when attempts > 0 then 'retry' else 'pending' end`,
        waiting: 1,
        lease_owner: null,
        lease_until: null,
      })
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
        rows.push(...taken);
        if (taken.length === ids.length) break;
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
    .set({
      state: sql<string>`case when attempts > 0 then 'retry' else 'pending' end`,
      waiting: 1,
      due_at: instant(dueAt),
      lease_owner: null,
      lease_until: null,
    })
    .where('id', 'in', rowIds)
    .where('state', '=', 'leased')
    .where('lease_owner', '=', owner)
    .where('begun', '=', 0)
    .execute();
}
