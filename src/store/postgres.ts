import { CompiledQuery, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import { type CustomTypesConfig, Pool, type PoolClient, types } from 'pg';
import { asStoreError, isBroken } from './postgres-errors.ts';
import type { Tables } from './schema.ts';

/** How long to wait for a connection, and for one answer: a cut network is then told, not waited out. Milliseconds. */
const connectTimeoutMs = 5_000;
const answerTimeoutMs = 30_000;

/*
 * What a session asks of the server. One whose program is cut off in the middle of a transaction gives its locks back
 * by itself; nobody waits for another's lock without end. Relations are found where the address says, nowhere else.
 */
const session = `set idle_in_transaction_session_timeout = '15s'; set lock_timeout = '10s'`;

/** Counts and sums come as text from the driver, because they could be too large for a number; ours never are. */
const wideNumbers: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC]);
const asNumbers: CustomTypesConfig = {
  getTypeParser: (oid, format) => (wideNumbers.has(oid) ? Number : types.getTypeParser(oid, format)),
};

/** A pool of connections, none opened yet. */
export function openPool(url: string, size: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    types: asNumbers,
    application_name: 'borderwire',
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: answerTimeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // A connection that dies while nobody uses it is replaced; who uses one hears of it there.
  pool.on('error', () => {});
  return pool;
}

/** PostgreSQL keeps no zero characters in text: they become the sign for what cannot be shown, one for one. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** Kysely over a pool. Errors name the database; a connection that failed is not used again. */
export function kyselyOverPool(pool: Pool, label: string): Kysely<Tables> {
  const guards = new WeakMap<PoolClient, PostgresPoolClient>();
  function guard(client: PoolClient): PostgresPoolClient {
    let broken = false;
    // A connection may break between two statements, when no statement is there to fail.
    client.on('error', () => {
      broken = true;
    });
    const query = async (text: string, parameters: readonly unknown[]) => {
      try {
        return await client.query(text, parameters.map(storable));
      } catch (error) {
        broken ||= isBroken(error);
        throw asStoreError(error, label);
      }
    };
    // Kysely asks in this way only; its type also covers cursors, which are not used here.
    return { query, release: () => client.release(broken) } as unknown as PostgresPoolClient;
  }
  const guarded = {
    connect: async () => {
      try {
        const client = await pool.connect();
        const known = guards.get(client) ?? guard(client);
        guards.set(client, known);
        return known;
      } catch (error) {
        throw asStoreError(error, label);
      }
    },
    end: () => pool.end(),
  };
  return new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: guarded,
      onCreateConnection: async (connection) => {
        for (const one of session.split('; ')) await connection.executeQuery(CompiledQuery.raw(one));
      },
    }),
  });
}
