import type { SourceConfig, SourceState, SourceStore } from '../core/source-ports.ts';
import { createBatch } from './batch.ts';
import { decode, encode, flag, instant, instantOrNull } from './codec.ts';
import { recordEntries } from './entries.ts';
import type { SourceTable } from './schema.ts';
import { chunks, type Db, locked, type Tx, unlockedOnly, write, writeRelaxed } from './transaction.ts';

type Leased = { config: SourceConfig; state: SourceState };

function fromRow(row: SourceTable): Leased {
  const where = `source ${row.id}`;
  return {
    config: decode(row.config, where) as SourceConfig,
    state: {
      id: row.id,
      movedTo: row.moved_to,
      etag: row.etag,
      lastModified: row.last_modified,
      bodyHash: row.body_hash,
      firstPolledAt: row.first_polled_at,
      lastPolledAt: row.last_polled_at,
      lastSuccessAt: row.last_success_at,
      nextPollAt: row.next_poll_at,
      failures: row.failures,
      error: row.error === null ? null : (decode(row.error, where) as NonNullable<SourceState['error']>),
      memory: decode(row.memory, where) as Record<string, unknown>,
      paused: row.paused === 1,
    },
  };
}

/** `paused` is left out: a poll that began before the pause must not undo it. */
function stateColumns(state: SourceState) {
  return {
    moved_to: state.movedTo,
    etag: state.etag,
    last_modified: state.lastModified,
    body_hash: state.bodyHash,
    first_polled_at: instantOrNull(state.firstPolledAt),
    last_polled_at: instantOrNull(state.lastPolledAt),
    last_success_at: instantOrNull(state.lastSuccessAt),
    next_poll_at: instantOrNull(state.nextPollAt),
    failures: state.failures,
    error: state.error === null ? null : encode(state.error),
    memory: encode(state.memory),
  };
}

async function putConfig(tx: Tx, config: SourceConfig): Promise<void> {
  const added = flag(config.added === true);
  const columns = { config: encode(config), configured: flag(true), enabled: flag(config.enabled), added };
  await tx
    .insertInto('source')
    .values({ id: config.id, ...columns, paused: 0, failures: 0, memory: '{}' })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

/** Sources that may be leased at `now`. */
function leasable(tx: Tx, now: string) {
  return tx
    .selectFrom('source')
    .selectAll()
    .where('configured', '=', 1)
    .where('enabled', '=', 1)
    .where('paused', '=', 0)
    .where((or) => or.or([or('lease_until', 'is', null), or('lease_until', '<=', now)]));
}

/** Those never polled first. Two questions, so that the index gives the order: thousands may be due at a time. */
async function leaseDue(tx: Tx, owner: string, now: string, until: string, limit: number): Promise<Leased[]> {
  const unpolled = leasable(tx, now).where('next_poll_at', 'is', null).orderBy('id');
  const rows = await unlockedOnly(tx, unpolled.limit(limit)).execute();
  if (rows.length < limit) {
    const due = leasable(tx, now).where('next_poll_at', '<=', now).orderBy('next_poll_at').orderBy('id');
    rows.push(...(await unlockedOnly(tx, due.limit(limit - rows.length)).execute()));
  }
  for (const some of chunks(rows.map((row) => row.id))) {
    await tx.updateTable('source').set({ lease_owner: owner, lease_until: until }).where('id', 'in', some).execute();
  }
  return rows.map(fromRow);
}

/** State as a poll leaves it; the lease is given back. */
async function settle(tx: Tx, state: SourceState): Promise<void> {
  const columns = { ...stateColumns(state), lease_owner: null, lease_until: null };
  await tx.updateTable('source').set(columns).where('id', '=', state.id).execute();
}

/** Sources with what is remembered of them, and the entries of their polls. */
export function createSourceStore(db: Db, reader: Db, nextId: () => string): SourceStore {
  // Most polls bring nothing, and many end at a time.
  const settleSoon = createBatch<SourceState>((states) => {
    // In one order for all processes: rows that are locked crosswise would be a deadlock.
    const ordered = states.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const record = async (tx: Tx): Promise<void> => {
      for (const state of ordered) await settle(tx, state);
    };
    return writeRelaxed(db, record, 'locking');
  });
  return {
    sync: (configs) =>
      write(db, async (tx) => {
        await tx.updateTable('source').set({ configured: 0 }).where('added', '=', 0).execute();
        for (const config of configs) await putConfig(tx, config);
      }),
    async list() {
      const rows = await reader.selectFrom('source').selectAll().where('configured', '=', 1).orderBy('id').execute();
      return rows.map(fromRow);
    },
    leaseDue: (owner, now, until, limit) =>
      writeRelaxed(db, (tx) => leaseDue(tx, owner, instant(now), instant(until), limit), 'locking'),
    async recordPoll(poll) {
      if (poll.entries.length === 0 && !poll.deleted?.length) {
        await settleSoon(poll.state);
        return { added: 0, changed: 0 };
      }
      const record = async (tx: Tx) => {
        // Two polls of one source, the older one late, are recorded one after the other.
        const row = tx.selectFrom('source').select('id').where('id', '=', poll.state.id);
        await locked(tx, row).execute();
        const counts = await recordEntries(tx, nextId, poll.state.id, poll);
        await settle(tx, poll.state);
        return counts;
      };
      return await writeRelaxed(db, record, 'locking');
    },
    add: (config) =>
      write(db, async (tx) => {
        const rows = await tx.selectFrom('source').selectAll().where('configured', '=', 1).execute();
        const known = rows.map((row) => fromRow(row).config);
        if (known.some((each) => each.id === config.id || each.url === config.url)) return false;
        await putConfig(tx, { ...config, added: true });
        return true;
      }),
    async remove(id) {
      const update = db.updateTable('source').set({ configured: 0, added: 0 }).where('id', '=', id);
      return (await update.where('added', '=', 1).executeTakeFirst()).numUpdatedRows > 0n;
    },
    async setPaused(id, paused) {
      await db
        .updateTable('source')
        // What is resumed is wanted now, not when its backoff would have ended.
        .set({ paused: flag(paused), ...(paused ? {} : { next_poll_at: null }) })
        .where('id', '=', id)
        .execute();
    },
  };
}
