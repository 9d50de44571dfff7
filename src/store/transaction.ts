import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;
/** A transaction: given to every function that must be part of one. */
export type Tx = Transaction<Tables>;

/** Runs `work` in one transaction, on the disk when this resolves. A throw undoes it. */
export function write<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}

/**
 * As `write`, but a power cut may forget it whole (never half, and never after a later `write`, which takes what came
 * before to the disk with it). For what is simply done again: polls and leases. A killed process forgets nothing.
 */
export function writeRelaxed<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

/** Lists as long as SQLite and PostgreSQL both take in one statement. */
export function* chunks<T>(list: readonly T[], size = 500): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
