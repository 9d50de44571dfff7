import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { ConfigError, StoreError, type StoreErrorKind } from '../core/errors.ts';

/** The way back from a damaged file. */
export const backupHint =
  'Move it away with its -wal and -shm files, and put the newest backup in its place (borderwire backup makes one).';

const runtime: readonly [prefix: string, kind: StoreErrorKind, what: string, hint: string][] = [
  [
    'SQLITE_FULL',
    'full',
    'the disk is full',
    'Free some space; nothing that was committed is lost, and the rest is tried again.',
  ],
  ['SQLITE_BUSY', 'busy', 'another process holds the database', 'Stop the other process, or wait until it is done.'],
  [
    'SQLITE_READONLY',
    'read-only',
    'the database cannot be written',
    'Make the file and its folder writable for this user.',
  ],
  ['SQLITE_NOTADB', 'corrupt', 'the file is not a database', `Name another file. If it was one: ${backupHint}`],
  ['SQLITE_CORRUPT', 'corrupt', 'the database is damaged', backupHint],
  ['SQLITE_CANTOPEN', 'io', 'the file cannot be opened', 'Check that its folder exists and this user may write there.'],
  ['SQLITE_IOERR', 'io', 'the disk did not do what was asked', 'Check the disk and its free space.'],
];

function find(error: unknown, file: string): (typeof runtime)[number] | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  // A full disk shows in several ways, depending on which of the database's files wanted to grow.
  const code = /^SQLITE_(IOERR|CANTOPEN)/.test(error.code) && isDiskFull(file) ? 'SQLITE_FULL' : error.code;
  return runtime.find(([prefix]) => code.startsWith(prefix));
}

/** Room for less than one page counts as none. */
function isDiskFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize < 65_536;
  } catch {
    return false;
  }
}

/** The driver's error as one that names the file and the remedy; anything else (a wrong statement) as it came. */
export function asStoreError(error: unknown, file: string): unknown {
  const known = find(error, file);
  return known ? new StoreError(known[1], file, known[2], known[3], { cause: error }) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const folderHints: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write here',
  EPERM: 'this user may not write here',
  EROFS: 'the file system is read-only',
  ENOENT: 'no folder can be made here',
  ENOTDIR: 'a part of this path is a file',
  EEXIST: 'a file stands where the folder should be',
  ENOSPC: 'the disk is full',
};

/** What stopped the database from opening, as a ConfigError that names the file and what would do. */
export function asOpenError(error: unknown, file: string): unknown {
  if (error instanceof ConfigError) return error;
  const known = find(error, file);
  if (known) return new ConfigError(file, known[2], known[3], { cause: error });
  const why = folderHints[codeOf(error)];
  if (why === undefined) return error;
  return new ConfigError(file, why, 'Choose another data folder (BORDERWIRE_DATA) or make it writable.', {
    cause: error,
  });
}
