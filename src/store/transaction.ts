import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, PostgresAdapter, type SelectQueryBuilder, sql, type Transaction } from 'kysely';
import { StoreError } from '../core/errors.ts';
import { codeOf } from './postgres-errors.ts';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;
/** A transaction: given to every function that must be part of one. */
export type Tx = Transaction<Tables>;

/**
 * How a transaction is kept apart from others on PostgreSQL; SQLite runs one at a time anyway.
 * `serializable`: as if nothing else ran, whatever it reads; run again when that cannot be had.
 * `locking`: the work itself locks the rows that it decides on (`locked`, `unlockedOnly`). For what runs often and side
 * by side on neighbouring rows, where the other kind would mostly be run again.
 */
export type Isolation = 'serializable' | 'locking';

export function isPostgres(db: Db | Tx): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * Runs `work` in one transaction, on the disk when this resolves. A throw undoes it. On PostgreSQL `work` may run
 * several times: what it does outside of the transaction must bear that.
 */
export function write<T>(db: Db, work: (tx: Tx) => Promise<T>, isolation: Isolation = 'serializable'): Promise<T> {
  return isPostgres(db) ? untilSerialized(db, work, isolation) : db.transaction().execute(work);
}

/**
 * As `write`, but a power cut may forget it whole (never half, and never after a later `write`, which takes what came
 * before to the disk with it). For what is simply done again: polls and leases. A killed process forgets nothing.
 */
export function writeRelaxed<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  isolation: Isolation = 'serializable',
): Promise<T> {
  if (isPostgres(db)) {
    return untilSerialized(
      db,
      async (tx) => {
        await sql`set local synchronous_commit = off`.execute(tx);
        return work(tx);
      },
      isolation,
    );
  }
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

/** Serialization failure, deadlock, and two who lease rows of one channel at once. */
const retryable = /^(40001|40P01)$/;
const mostTries = 12;

function mayTryAgain(error: unknown): boolean {
  return retryable.test(codeOf(error)) || (codeOf(error) === '23505' && String(error).includes('outbox_one_leased'));
}

async function untilSerialized<T>(db: Db, work: (tx: Tx) => Promise<T>, isolation: Isolation): Promise<T> {
  const level = isolation === 'serializable' ? 'serializable' : 'read committed';
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction().setIsolationLevel(level).execute(work);
    } catch (error) {
      if (tries >= mostTries || !mayTryAgain(error)) throw error;
      await sleep(randomInt(2, 10 * tries + 3));
    }
  }
}

/** How long what happened in the world waits to be recorded, and how often it is tried. Milliseconds. */
const patienceMs = 60_000;
const betweenTriesMs = 500;

/**
 * As a `locking` write, and through a server that does not answer for a while: for what has happened and must not be
 * forgotten. `work` must bear to be done twice, for a lost answer does not tell whether it was done.
 */
export async function writePatiently<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += betweenTriesMs) {
    try {
      return await write(db, work, 'locking');
    } catch (error) {
      const passing = error instanceof StoreError && (error.kind === 'io' || error.kind === 'busy');
      if (!passing || !isPostgres(db) || waitedMs >= patienceMs) throw error;
      await sleep(betweenTriesMs);
    }
  }
}

type Select<Table extends keyof Tables, Row> = SelectQueryBuilder<Tables, Table, Row>;

/** The rows that a query finds, locked until the transaction ends; waits for those that another holds. */
export function locked<Table extends keyof Tables, Row>(tx: Tx, query: Select<Table, Row>): Select<Table, Row> {
  return isPostgres(tx) ? query.forUpdate() : query;
}

/** As `locked`, but passes over rows that another holds. */
export function unlockedOnly<Table extends keyof Tables, Row>(tx: Tx, query: Select<Table, Row>): Select<Table, Row> {
  return isPostgres(tx) ? query.forUpdate().skipLocked() : query;
}

/** Lists as long as SQLite and PostgreSQL both take in one statement. */
export function* chunks<T>(list: readonly T[], size = 500): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
