import type { ExpressionBuilder } from 'kysely';
import { StoreError } from '../core/errors.ts';
import { instant } from './codec.ts';
import type { Tables } from './schema.ts';
import { chunks, type Db, locked, type Tx, writeRelaxed } from './transaction.ts';

/** Takes or renews a named hold for `owner`; false while another's has not run out. */
export function hold(db: Db, name: string, owner: string, now: string, until: string): Promise<boolean> {
  const columns = { owner, until: instant(until) };
  // One statement decides: of two who ask at once, the second sees what the first wrote.
  const take = (tx: Tx) =>
    tx
      .insertInto('held')
      .values({ name, ...columns })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet(columns)
          .where((or) => or.or([or('held.owner', '=', owner), or('held.until', '<=', instant(now))])),
      )
      .executeTakeFirst();
  return writeRelaxed(db, async (tx) => (await take(tx)).numInsertedOrUpdatedRows === 1n, 'locking');
}

/** Throws StoreError when another holds the name now: part of the transaction of what only the holder may do. */
export async function refuseWhenLost(tx: Tx, { name, owner }: { name: string; owner: string }, now: string) {
  const held = await locked(tx, tx.selectFrom('held').selectAll().where('name', '=', name)).executeTakeFirst();
  if (!held || held.owner === owner || held.until <= now) return;
  const hint = 'This one commits nothing more, and waits for its turn.';
  throw new StoreError('busy', name, 'another process has taken it over', hint);
}

async function owners(tx: Tx, now: string): Promise<readonly string[]> {
  const held = await tx.selectFrom('held').select('owner').where('until', '>', now).execute();
  const polls = tx.selectFrom('source').select('lease_owner as owner').distinct().where('lease_until', '>', now);
  const sends = tx.selectFrom('outbox').select('lease_owner as owner').distinct().where('state', '=', 'leased');
  const all = [...held, ...(await polls.execute()), ...(await sends.where('lease_until', '>', now).execute())];
  return [...new Set(all.flatMap((row) => row.owner ?? []))];
}

/** No lease is as long, and no two clocks differ by as much, in milliseconds. */
const longestLeaseMs = 15 * 60_000;
const skewMs = 60_000;

/** What a clock noted that was ahead and has been set back since: leases free, sources due. */
async function endTheFuture(tx: Tx, now: string): Promise<void> {
  const [far, near] = [longestLeaseMs, skewMs].map((ms) => new Date(Date.parse(now) + ms).toISOString());
  if (far === undefined || near === undefined) return;
  await tx.updateTable('held').set({ until: now }).where('until', '>', far).execute();
  await tx.updateTable('source').set({ lease_until: now }).where('lease_until', '>', far).execute();
  await tx.updateTable('source').set({ next_poll_at: now }).where('last_polled_at', '>', near).execute();
  const sends = tx.updateTable('outbox').set({ lease_until: now }).where('lease_until', '>', far);
  await sends.where('state', '=', 'leased').execute();
  await hastenTheFuture(tx, now, near);
}

/** What is due by itself, or was made by a clock that was ahead to go out soon, goes out now; quiet hours stay. */
async function hastenTheFuture(tx: Tx, now: string, near: string): Promise<void> {
  const later = tx.selectFrom('outbox').select(['id', 'created_at', 'not_before']).where('waiting', '=', 1);
  const asked = (or: ExpressionBuilder<Tables, 'outbox'>) =>
    or.or([or('reason', 'is', null), or('reason', 'not like', 'rate limited%')]);
  const rows = await later.where('due_at', '>', near).where(asked).execute();
  const soon = rows.filter(({ created_at, not_before }) =>
    created_at > near ? Date.parse(not_before) - Date.parse(created_at) <= longestLeaseMs : not_before <= now,
  );
  for (const some of chunks(soon.map(({ id }) => id)))
    await tx.updateTable('outbox').set({ due_at: now }).where('id', 'in', some).execute();
}

/** Ends the leases of owners that are no more, and those of the future; answers how many owners the former were. */
export function endLeases(db: Db, isDead: (owner: string) => boolean, at: string): Promise<number> {
  const now = instant(at);
  const end = async (tx: Tx) => {
    await endTheFuture(tx, now);
    const dead = (await owners(tx, now)).filter(isDead);
    if (dead.length === 0) return 0;
    await tx.updateTable('held').set({ until: now }).where('owner', 'in', dead).where('until', '>', now).execute();
    await tx.updateTable('source').set({ lease_until: now }).where('lease_owner', 'in', dead).execute();
    const sends = tx.updateTable('outbox').set({ lease_until: now }).where('lease_owner', 'in', dead);
    await sends.where('state', '=', 'leased').execute();
    return dead.length;
  };
  return writeRelaxed(db, end, 'locking');
}
