import type pg from 'pg';
import { ConfigError } from '../core/errors.ts';
import { type Applied, checkApplied, type Migration, migrationLedger } from './migrate.ts';
import { asStoreError, codeOf } from './postgres-errors.ts';

/** The oldest server that has all that the migrations ask for. */
const oldestVersion = 130_000;

/** Throws ConfigError for a server that is too old. `version` as `server_version_num` gives it: 150018. */
export function checkServer(label: string, version: string): void {
  if (Number(version) >= oldestVersion) return;
  const [found, needed] = [Number(version), oldestVersion].map((each) => Math.floor(each / 10_000));
  throw new ConfigError(label, `the server is PostgreSQL ${found}, too old`, `Use PostgreSQL ${needed} or later.`);
}

/**
 * Brings a PostgreSQL database up to date: everything that is missing in one transaction, so that a migration that
 * fails leaves it as it was. Workers that start together meet at the first table: one makes it, the others see it
 * made and look again. Answers the names applied. Throws ConfigError when the database is newer than the program.
 */
export async function migratePostgres(
  pool: pg.Pool,
  label: string,
  migrations: readonly Migration[],
  now: () => number,
): Promise<readonly string[]> {
  const client = await pool.connect();
  // What breaks between two statements fails the next one.
  client.on('error', () => {});
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num');
    checkServer(label, version.rows[0]?.server_version_num ?? '0');
    const bytewise = await client.query<{ bytewise: boolean }>(`select 'B' < 'a' as bytewise`);
    const dialect = bytewise.rows[0]?.bytewise === true ? migrations : migrations.map(sortedByBytes);
    for (;;) {
      const before = await appliedTo(client);
      checkApplied(label, before, migrations);
      try {
        return await applyMissing(client, label, dialect, now);
      } catch (error) {
        await client.query('rollback');
        if ((await appliedTo(client)).length > before.length) continue;
        throw error;
      }
    }
  } finally {
    // Not given back to the pool: a migration may take longer than an answer may.
    client.release(true);
  }
}

/** Text is compared by its bytes on both engines, whatever language the database was made for. */
function sortedByBytes(migration: Migration): Migration {
  const sql = migration.sql.replaceAll(/--.*$|\bTEXT\b/gm, (found) => (found === 'TEXT' ? 'TEXT COLLATE "C"' : found));
  return { ...migration, sql };
}

async function appliedTo(client: pg.PoolClient): Promise<readonly Applied[]> {
  try {
    const found = await client.query<Applied>('select version, name, checksum from schema_migration order by version');
    return found.rows;
  } catch (error) {
    // 42P01: no such table yet.
    if (codeOf(error) === '42P01') return [];
    throw error;
  }
}

async function applyMissing(
  client: pg.PoolClient,
  label: string,
  migrations: readonly Migration[],
  now: () => number,
): Promise<readonly string[]> {
  const applied = await appliedTo(client);
  const missing = migrations.slice(applied.length);
  if (missing.length === 0) return [];
  await client.query('begin');
  await client.query(migrationLedger);
  for (const one of missing) {
    await apply(client, label, one);
    const record = 'insert into schema_migration (version, name, checksum, applied_at) values ($1, $2, $3, $4)';
    await client.query(record, [one.version, one.name, one.checksum, new Date(now()).toISOString()]);
  }
  await client.query('commit');
  return missing.map((one) => one.name);
}

async function apply(client: pg.PoolClient, label: string, one: Migration): Promise<void> {
  try {
    await client.query({ text: one.sql, query_timeout: 0 } as pg.QueryConfig);
  } catch (cause) {
    // A full disk or a cut network is no fault of the migration.
    if (asStoreError(cause, label) !== cause) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = 'The database is as it was before. Report this.';
    throw new ConfigError(label, `migration ${one.name} failed: ${why}`, hint, { cause });
  }
}
