import { UserError } from '../core/errors.ts';
import type { Store } from '../core/ports.ts';
import { labelOf } from './address.ts';
import { type StoreOptions, storeOver } from './assemble.ts';
import { readMigrations } from './migrate.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { kyselyOverPool, openPool } from './postgres.ts';
import { asOpenError } from './postgres-errors.ts';

/** Connections of one process: those that write, and those that answer people meanwhile. */
const writers = 10;
const readers = 4;

/** Opens a PostgreSQL database and brings it up to date. Throws ConfigError naming what the operator must mend. */
export async function openPostgresStore(options: StoreOptions): Promise<Store> {
  const label = labelOf(options.url);
  const pool = openPool(options.url, writers);
  const reading = openPool(options.url, readers);
  try {
    await migratePostgres(pool, label, readMigrations(options.migrations, 'postgres'), options.now);
  } catch (error) {
    await Promise.all([pool.end(), reading.end()]);
    throw asOpenError(error, label);
  }
  const db = kyselyOverPool(pool, label);
  const reader = kyselyOverPool(reading, label);
  return { ...(await storeOver(db, reader, options)), ...careOf(label, reader) };
}

/** What is the server's own business. */
function careOf(label: string, reader: ReturnType<typeof kyselyOverPool>): Pick<Store, 'backup' | 'check' | 'present'> {
  return {
    backup: () => {
      throw new UserError(`${label} is a PostgreSQL server. Back it up with its own tools: pg_dump, or its snapshots.`);
    },
    check: async () => {
      // A server keeps checksums of its own; that it answers from every table is what can be seen from here.
      for (const table of ['story_revision', 'outbox', 'entry'] as const)
        await reader.selectFrom(table).select(reader.fn.countAll().as('count')).executeTakeFirst();
      return null;
    },
    // A server that is gone answers no query.
    present: () => Promise.resolve(),
  };
}
