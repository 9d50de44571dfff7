import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { ConfigError } from '../core/errors.ts';
import { makeFolder } from '../lib/disk.ts';
import type { Tables } from './schema.ts';
import { asStoreError, backupHint } from './sqlite-errors.ts';

/** How long a statement waits for another process's write, in milliseconds. */
const busyTimeoutMs = 5_000;

/**
 * Opens the file (made when absent, with its folder), or `:memory:`.
 *
 * `synchronous` is FULL: a commit is on the disk when it returns, so what was sent and recorded stays recorded through
 * a power cut. Under NORMAL the newest commits could be forgotten, and a message that a platform already shows would
 * look unsent. Transactions that are merely repeated when forgotten ask for less (see `write`).
 */
export function openSqlite(file: string): Database.Database {
  if (file !== ':memory:') prepareFile(file);
  const handle = new Database(file);
  kept.set(handle, new Map());
  try {
    handle.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    handle.exec('PRAGMA journal_mode = WAL');
    handle.exec('PRAGMA synchronous = FULL');
    handle.exec('PRAGMA foreign_keys = ON');
  } catch (error) {
    handle.close();
    throw error;
  }
  return handle;
}

function prepareFile(file: string): void {
  makeFolder(dirname(file));
  accessSync(dirname(file), constants.W_OK);
  if (!existsSync(file)) return;
  accessSync(file, constants.W_OK);
  if (lostItsEnd(file)) throw new ConfigError(file, 'the database is damaged: its end is missing', backupHint);
  if (statSync(file).size === 0 && sizeOf(`${file}-wal`) > 0)
    throw new ConfigError(file, 'the database is damaged: the file is empty, and its -wal file is not', backupHint);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** SQLite notices pages that are missing, not that the last one is cut. What waits in a -wal file may mend it. */
function lostItsEnd(file: string): boolean {
  const header = Buffer.alloc(18);
  const handle = openSync(file, 'r');
  readSync(handle, header);
  closeSync(handle);
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) return false;
  if (sizeOf(`${file}-wal`) > 0) return false;
  // The largest size does not fit its two bytes, and is told as 1: https://www.sqlite.org/fileformat2.html
  const told = header.readUInt16BE(16);
  return statSync(file).size % (told === 1 ? 65_536 : told) !== 0;
}

type Statement = Database.Statement;

/**
 * Every handle, with its statements by their text. On Node 24.19 and later better-sqlite3 12 aborts the process when one
 * of them is collected at a moment when no JavaScript runs, so none is ever given up: each statement is prepared once
 * and kept, closed handles too. Their number is bounded by the texts that src/store writes.
 */
const kept = new Map<Database.Database, Map<string, Statement>>();

/** The one statement of a handle for this text. */
export function prepare(handle: Database.Database, sql: string): Statement {
  const statements = kept.get(handle) ?? new Map<string, Statement>();
  kept.set(handle, statements);
  const statement = statements.get(sql) ?? handle.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

/**
 * Kysely over one handle. Statements are prepared once, errors name the file, and every transaction begins
 * IMMEDIATE: a deferred one that reads before it writes fails at once, without waiting, when another process wrote.
 * One connection behind Kysely's mutex: a transaction's statements never mix with another caller's.
 */
export function kyselyOver(handle: Database.Database, file: string): Kysely<Tables> {
  function guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asStoreError(error, file);
    }
  }
  const database = {
    close: () => void handle.close(),
    prepare: (sql: string) => {
      const statement = guarded(() => prepare(handle, sql === 'begin' ? 'begin immediate' : sql));
      return {
        reader: statement.reader,
        all: (parameters: readonly unknown[]) => guarded(() => statement.all(...parameters)),
        // A full disk makes SQLite roll back by itself; a second time would hide the error that tells of the disk.
        run: (parameters: readonly unknown[]) =>
          sql === 'rollback' && !handle.inTransaction
            ? { changes: 0, lastInsertRowid: 0 }
            : guarded(() => statement.run(...parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters),
      };
    },
  };
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}
