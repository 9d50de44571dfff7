import { ConfigError, StoreError, type StoreErrorKind } from '../core/errors.ts';

type Known = readonly [code: RegExp, kind: StoreErrorKind, what: string, hint: string];

const again = 'What was not committed is tried again when it answers.';

/** SQLSTATE codes (PostgreSQL, appendix A) and the system's own words for a network that fails. */
const runtime: readonly Known[] = [
  [/^53100$/, 'full', 'the server’s disk is full', `Free some space there. ${again}`],
  [/^53300$/, 'busy', 'the server takes no more connections', 'Raise its max_connections, or run fewer workers.'],
  [/^(53|54)/, 'io', 'the server has no more memory or room for this', 'Look at the server’s log.'],
  [/^(40001|40P01|55P03)$/, 'busy', 'other workers hold what is asked for', again],
  [/^25006$/, 'read-only', 'the server takes no writes', 'Name the primary, not a replica.'],
  [/^42501$/, 'read-only', 'this user lacks the right', 'Make it the owner of the database, or grant it the tables.'],
  [/^XX00[12]$/, 'corrupt', 'the database is damaged', 'Restore it from a backup.'],
  [
    /^(08|57P0[1-5]|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT|cut$)/,
    'io',
    'the database does not answer',
    `Check that it runs and that the network reaches it. ${again}`,
  ],
];

/** What the driver says without a code when a connection fails. */
const cutWords = /connection terminated|timeout exceeded|query read timeout|client has encountered|not queryable/i;

/** The SQLSTATE or system code of an error, `cut` for a connection that failed without one, else ''. */
export function codeOf(error: unknown): string {
  if (error instanceof StoreError) return codeOf(error.cause);
  if (error instanceof AggregateError && !('code' in error)) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return cutWords.test(error.message) ? 'cut' : '';
}

/** Whether the connection that gave this error is of no more use: all but the server’s answer to a statement. */
export function isBroken(error: unknown): boolean {
  return !/^[0-9A-Z]{5}$/.test(codeOf(error)) || /^(08|57P|25P03)/.test(codeOf(error));
}

/** The driver's error as one that names the database and the remedy; anything else (a wrong statement) as it came. */
export function asStoreError(error: unknown, label: string): unknown {
  const code = codeOf(error);
  const known = code === '25P03' ? runtime.at(-1) : runtime.find(([pattern]) => pattern.test(code));
  return known ? new StoreError(known[1], label, known[2], known[3], { cause: error }) : error;
}

const opening: readonly (readonly [code: RegExp, what: string, hint: string])[] = [
  [
    /^28P01$/,
    'the password is wrong',
    'Mend the password in DATABASE_URL, or in the file that DATABASE_URL_FILE names.',
  ],
  [/^28000$/, 'the server refuses this user from here', 'Mend the user, or allow it in the server’s pg_hba.conf.'],
  [/^3D000$/, 'the database does not exist', 'Make it first: createdb NAME, or CREATE DATABASE NAME.'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the host is not known', 'Mend the host in DATABASE_URL, or the name service.'],
  [/^ECONNREFUSED$/, 'nothing listens there', 'Start the server, or mend host and port in DATABASE_URL.'],
  [
    /^ERR_(INVALID_URL|SOCKET_BAD_PORT)$/,
    'the address cannot be read',
    'Give postgres://USER:PASSWORD@HOST:PORT/NAME, with special characters written as %XX.',
  ],
  [/^ENOENT$/, 'there is no such socket', 'Start the server, or mend the folder after host= in DATABASE_URL.'],
];

/** What stopped the database from opening, as a ConfigError that names the address (without password) and what would do. */
export function asOpenError(error: unknown, label: string): unknown {
  if (error instanceof ConfigError) return error;
  const code = codeOf(error);
  const known = opening.find(([pattern]) => pattern.test(code));
  if (known) return new ConfigError(label, known[1], known[2], { cause: error });
  const trouble = asStoreError(error, label);
  if (trouble instanceof StoreError) return trouble;
  if (/SSL|TLS|certificate/i.test(error instanceof Error ? error.message : '')) {
    const hint = 'Give ?sslmode=require, no-verify or disable after the name, as the server wants it.';
    return new ConfigError(label, `no secure connection (${(error as Error).message})`, hint, { cause: error });
  }
  return error;
}
