import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { StoreError, UserError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { fileOf, isPostgresUrl } from './address.ts';
import { type StoreOptions, storeOver } from './assemble.ts';
import { integrityOf } from './integrity.ts';
import { migrateSqlite, readMigrations } from './migrate.ts';
import { kyselyOver, openSqlite } from './sqlite.ts';
import { asOpenError, asStoreError, backupHint } from './sqlite-errors.ts';

export type { StoreOptions } from './assemble.ts';

/**
 * Opens the database and brings it up to date. Throws ConfigError, naming the file and the remedy, when it cannot be
 * opened, is no database, or is newer than the program; a migration that fails leaves it as it was.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (!isPostgresUrl(options.url)) return openSqliteStore(options);
  // Who uses a file need not load the driver.
  const { openPostgresStore } = await import('./open-postgres.ts');
  return openPostgresStore(options);
}

async function openSqliteStore(options: StoreOptions): Promise<Store> {
  const file = fileOf(options.url);
  let handle: Database.Database | undefined;
  try {
    handle = openSqlite(file);
    migrateSqlite(handle, file, readMigrations(options.migrations, 'sqlite'), options.now);
  } catch (error) {
    handle?.close();
    throw asOpenError(error, file);
  }
  const db = kyselyOver(handle, file);
  // Who reads need not wait for who writes: a database in memory has one connection only.
  const second = file === ':memory:' ? null : openSqlite(file);
  const reader = second === null ? db : kyselyOver(second, file);
  const store = await storeOver(db, reader, options);
  const close = async () => {
    await store.close();
    // Kysely closes only what it was asked to use; the last handle folds what waits beside the file into it.
    second?.close();
    handle?.close();
  };
  return { ...store, ...careOf(second ?? handle, file), close };
}

/**
 * What only the file itself can be asked for; `handle` is in no transaction between two ticks. A backup is one statement:
 * the driver's own backup is an object of the kind that aborts on Node 24 when it is collected (see sqlite.ts).
 */
function careOf(handle: Database.Database, file: string): Pick<Store, 'backup' | 'check' | 'present'> {
  const opened = inodeOf(file);
  return {
    backup: async (target) => {
      if (existsSync(target)) throw new UserError(`${target} exists already. Name a new file.`);
      if (!existsSync(dirname(target)))
        throw new UserError(`${dirname(target)} does not exist. Name a file in a folder that does.`);
      try {
        handle.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`);
      } catch (error) {
        rmSync(target, { force: true });
        throw asStoreError(error, target);
      }
    },
    check: async () => {
      const found = file === ':memory:' ? null : await integrityOf(file);
      return found === null ? null : `${file} is damaged (${found}). Stop the bot. ${backupHint}`;
    },
    present: async () => {
      if (inodeOf(file) !== opened)
        throw new StoreError('io', file, 'the file is gone, or another stands in its place', wayBack);
    },
  };
}

/** A deleted file can be written to until it is closed: only its name tells that nobody will read it again. */
const wayBack = 'Stop the bot, put the file or the newest backup in its place, and start the bot again.';

function inodeOf(file: string): number | undefined {
  return file === ':memory:' ? undefined : statSync(file, { throwIfNoEntry: false })?.ino;
}
