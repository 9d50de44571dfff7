import { sql } from 'kysely';
import type { OutboxRow } from '../core/delivery.ts';
import { instant } from './codec.ts';
import { newestPost, toRow } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';
import { type Db, type Tx, write, writeRelaxed } from './transaction.ts';

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
  platform: string;
  workspace: string;
  channel: string;
}

async function candidates(tx: Tx, now: string, after: string, limit: number): Promise<readonly Candidate[]> {
  const found = await sql<Candidate>`
    select o.id, o.platform, o.workspace, o.channel from outbox o
    where o.waiting = 1 and o.id > ${after} and o.due_at <= ${now}
      and not exists (
        select 1 from outbox f
        where f.state = 'leased'
          and f.platform = o.platform and f.workspace = o.workspace and f.channel = o.channel)
      and not exists (
        select 1 from outbox e
        where e.platform = o.platform and e.workspace = o.workspace and e.channel = o.channel
          and e.kind = o.kind and e.subject = o.subject and e.id < o.id
          and (e.waiting = 1 or (e.state = 'unknown' and e.action = 'post' and o.action = 'edit')))
    order by o.id limit ${limit}`.execute(tx);
  return found.rows;
}

/** The oldest row that may go out of each of at most `limit` channels. */
async function choose(tx: Tx, now: string, limit: number): Promise<readonly string[]> {
  const chosen = new Map<string, string>();
  const page = Math.max(limit * 2, 16);
  let after = '';
  for (;;) {
    const found = await candidates(tx, now, after, page);
    for (const one of found) {
      const channel = JSON.stringify([one.platform, one.workspace, one.channel]);
      if (!chosen.has(channel)) chosen.set(channel, one.id);
      if (chosen.size >= limit) return [...chosen.values()];
    }
    const last = found.at(-1);
    if (!last || found.length < page) return [...chosen.values()];
    after = last.id;
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

async function take(tx: Tx, id: string, owner: string, until: string): Promise<OutboxRow> {
  const stored = await tx.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const row: OutboxRow = { ...(await addressed(tx, stored)), state: 'leased' };
  const standing =
    row.action === stored.action ? {} : { action: row.action, message: stored.standalone ?? stored.message };
  await tx
    .updateTable('outbox')
    .set({ state: 'leased', waiting: 0, begun: 0, lease_owner: owner, lease_until: until, ...standing })
    .where('id', '=', id)
    .execute();
  return row;
}

/** A lease that ran out before its attempt began: nothing was sent, the row waits as before. */
function freeIdle(tx: Tx, now: string) {
  return tx
    .updateTable('outbox')
    .set({
      state: sql<string>`case when attempts > 0 then 'retry' else 'pending' end`,
      waiting: 1,
      lease_owner: null,
      lease_until: null,
    })
    .where(sql<boolean>`state = 'leased'`)
    .where('begun', '=', 0)
    .where('lease_until', '<=', now)
    .execute();
}

/** Rows that may go out now, leased for `owner`. */
export function lease(db: Db, owner: string, now: string, until: string, limit: number): Promise<readonly OutboxRow[]> {
  return writeRelaxed(db, async (tx) => {
    await freeIdle(tx, instant(now));
    const rows: OutboxRow[] = [];
    for (const id of await choose(tx, instant(now), limit)) rows.push(await take(tx, id, owner, instant(until)));
    return rows;
  });
}

/** Rows whose attempt began under a lease that ran out: it may have arrived since that attempt began. */
export function takeOver(
  db: Db,
  owner: string,
  now: string,
  until: string,
  limit: number,
): Promise<readonly OutboxRow[]> {
  return write(db, async (tx) => {
    const lost = await tx
      .selectFrom('outbox')
      .select(['id', 'attempts', 'maybe_sent_since'])
      .where(sql<boolean>`state = 'leased'`)
      .where('begun', '=', 1)
      .where('lease_until', '<=', instant(now))
      .orderBy('id')
      .limit(limit)
      .execute();
    const rows: OutboxRow[] = [];
    for (const one of lost) {
      const since = one.maybe_sent_since ?? (await startOf(tx, one.id, one.attempts)) ?? instant(now);
      const update = tx
        .updateTable('outbox')
        .set({ lease_owner: owner, lease_until: instant(until), maybe_sent_since: since });
      const row = await update.where('id', '=', one.id).returningAll().executeTakeFirstOrThrow();
      rows.push(await addressed(tx, row));
    }
    return rows;
  });
}

/** When an attempt began, or null. */
export async function startOf(tx: Tx, rowId: string, attempt: number): Promise<string | null> {
  const query = tx.selectFrom('outbox_attempt').select('started_at').where('outbox_id', '=', rowId);
  const row = await query.where('attempt', '=', attempt).executeTakeFirst();
  return row?.started_at ?? null;
}

/** The moment before the send: durable, and refused to whoever no longer holds the lease. */
export function begin(db: Db, rowId: string, owner: string, at: string): Promise<boolean> {
  return write(db, async (tx) => {
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
  });
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
