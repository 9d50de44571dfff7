import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { ConfigError } from '../core/errors.ts';
import { prepare } from './sqlite.ts';
import { asStoreError } from './sqlite-errors.ts';

export interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
}

const fileName = /^(\d{4})_[a-z0-9-]+(?:\.(sqlite|postgres))?\.sql$/;

/** The migrations of a folder for one dialect, in order. Throws ConfigError when a number is missing or used twice. */
export function readMigrations(folder: string, dialect: 'sqlite' | 'postgres'): readonly Migration[] {
  const found: Migration[] = [];
  for (const name of list(folder).sort()) {
    const match = fileName.exec(name);
    if (!match || (match[2] !== undefined && match[2] !== dialect)) continue;
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(sql).digest('hex');
    found.push({ version: Number(match[1]), name, sql, checksum });
  }
  for (const [at, one] of found.entries()) {
    if (one.version !== at + 1)
      throw new ConfigError(join(folder, one.name), `migration ${at + 1} is missing or double`, 'Install again.');
  }
  return found;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new ConfigError(folder, 'the migrations cannot be read', 'Install again: the folder belongs to it.', {
      cause,
    });
  }
}

export interface Applied {
  version: number;
  name: string;
  checksum: string;
}

/** Where a database remembers what was done to it. */
export const migrationLedger = `CREATE TABLE IF NOT EXISTS schema_migration (
  version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL
)`;

/**
 * Brings a SQLite file up to date: everything that is missing in one transaction, so that a migration that fails
 * leaves the file as it was, and a second process waits and then finds nothing to do. Answers the names applied.
 * Throws ConfigError when the file is newer than the program or was migrated by something else.
 */
export function migrateSqlite(
  handle: Database,
  file: string,
  migrations: readonly Migration[],
  now: () => number,
): readonly string[] {
  handle.exec('BEGIN IMMEDIATE');
  try {
    handle.exec(migrationLedger);
    const applied = prepare(handle, 'SELECT * FROM schema_migration ORDER BY version').all() as Applied[];
    checkApplied(file, applied, migrations);
    const missing = migrations.slice(applied.length);
    for (const one of missing) apply(handle, file, one, now);
    handle.exec('COMMIT');
    return missing.map((one) => one.name);
  } catch (error) {
    if (handle.inTransaction) handle.exec('ROLLBACK');
    throw error;
  }
}

/** Throws ConfigError when a database is newer than the program, or was migrated by something else. */
export function checkApplied(file: string, applied: readonly Applied[], migrations: readonly Migration[]): void {
  if (applied.length > migrations.length) {
    throw new ConfigError(
      file,
      `it was made by a newer version (schema ${applied.length}, this program knows ${migrations.length})`,
      'Update the program, or name another database.',
    );
  }
  for (const [at, done] of applied.entries()) {
    if (done.checksum === migrations[at]?.checksum) continue;
    throw new ConfigError(
      file,
      `migration ${done.name} is not the one that this program ships`,
      'Use the release that made it, or name another database.',
    );
  }
}

function apply(handle: Database, file: string, one: Migration, now: () => number): void {
  try {
    handle.exec(one.sql);
  } catch (cause) {
    // A full disk is no fault of the migration.
    if (asStoreError(cause, file) !== cause) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(file, `migration ${one.name} failed: ${why}`, 'The file is as it was before. Report this.', {
      cause,
    });
  }
  if (!handle.inTransaction) throw new Error(`migration ${one.name} ends the transaction it runs in`);
  const record = 'INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)';
  prepare(handle, record).run(one.version, one.name, one.checksum, new Date(now()).toISOString());
}
