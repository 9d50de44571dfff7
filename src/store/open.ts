import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import type { CountryCode } from '../core/country.ts';
import { ConfigError, UserError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { endLeases, hold } from './hold.ts';
import { createIds } from './ids.ts';
import { createLedgerStore } from './ledger.ts';
import { createMetaStore } from './meta.ts';
import { migrateSqlite, readMigrations } from './migrate.ts';
import { createNoticeStore } from './notices.ts';
import { createOutboxStore } from './outbox.ts';
import { englishName } from './search.ts';
import { createSourceStore } from './sources.ts';
import { kyselyOver, openSqlite, prepare } from './sqlite.ts';
import { asOpenError } from './sqlite-errors.ts';
import { createHistoryStore, createStoryStore } from './stories.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import type { Db } from './transaction.ts';

export interface StoreOptions {
  /** `sqlite:PATH` (relative to the working directory), a bare path, or `:memory:`. */
  url: string;
  /** Folder of the migrations. */
  migrations: string;
  /** Milliseconds since the epoch; for ids and times of creation. */
  now: () => number;
  /** Names under which a country is found by search; the English one when absent. */
  names?: (code: CountryCode) => readonly string[];
}

/** The file that a database address names, `:memory:` included. Throws ConfigError for other databases. */
export function fileOf(url: string): string {
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, '').replace(/^file:(\/\/(?=\/))?/, '');
  if (path === ':memory:') return path;
  if (/^[a-z][a-z0-9+.-]+:/i.test(path) || path === '') {
    throw new ConfigError('DATABASE_URL', `${url.replace(/\/\/[^@/]*@/, '//…@')} is not supported`, 'Use sqlite:PATH.');
  }
  return isAbsolute(path) ? path : resolve(path);
}

/**
 * Opens the database and brings it up to date. Throws ConfigError, naming the file and the remedy, when it cannot be
 * opened, is no database, or is newer than the program; a migration that fails leaves it as it was.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
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
  const reader = file === ':memory:' ? db : kyselyOver(openSqlite(file), file);
  return { ...storeOver(db, reader, options, await newestId(db)), ...careOf(handle, file) };
}

/** Ids go on where they ended, whatever the clock says now. */
async function newestId(db: Db): Promise<string> {
  const entry = await db.selectFrom('entry').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const row = await db.selectFrom('outbox').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const change = await db.selectFrom('ledger_change').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return [entry?.id ?? '', row?.id ?? '', change?.id ?? ''].sort().at(-1) ?? '';
}

/** What only the file itself can be asked for. */
function careOf(handle: Database.Database, file: string): Pick<Store, 'backup' | 'check'> {
  return {
    backup: async (target) => {
      if (existsSync(target)) throw new UserError(`${target} exists already. Name a new file.`);
      await handle.backup(target);
    },
    check: () => {
      const found: unknown = prepare(handle, 'PRAGMA integrity_check').pluck().get();
      const damaged =
        found === 'ok' ? null : `${file} is damaged (${String(found)}). Stop the bot and restore a backup`;
      return Promise.resolve(damaged);
    },
  };
}

function storeOver(db: Db, reader: Db, options: StoreOptions, last: string): Omit<Store, 'backup' | 'check'> {
  const nextId = createIds(options.now, last);
  const shared = { nextId, now: options.now, names: options.names ?? englishName };
  return {
    sources: createSourceStore(db, reader, nextId),
    stories: createStoryStore(db, reader, shared),
    history: createHistoryStore(reader),
    subscriptions: createSubscriptionStore(db, reader),
    outbox: createOutboxStore(db, shared),
    notices: createNoticeStore(db),
    meta: createMetaStore(db),
    ledger: createLedgerStore(db, reader, nextId),
    hold: (name, owner, now, until) => hold(db, name, owner, now, until),
    endLeases: (isDead, now) => endLeases(db, isDead, now),
    close: async () => {
      if (reader !== db) await reader.destroy();
      await db.destroy();
    },
  };
}
