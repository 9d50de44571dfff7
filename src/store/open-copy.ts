import { existsSync } from 'node:fs';
import { ConfigError, UserError } from '../core/errors.ts';
import { createRandom } from '../lib/random.ts';
import { fileOf, isPostgresUrl, labelOf } from './address.ts';
import type { StoreOptions } from './assemble.ts';
import { type CopiedCount, type CopyProgress, copyDatabase } from './copy.ts';
import { openStore } from './open.ts';
import { kyselyOverPool, openPool } from './postgres.ts';
import { kyselyOver, openSqlite } from './sqlite.ts';
import type { Db } from './transaction.ts';

export type { CopyProgress } from './copy.ts';

export interface CopyOptions extends Omit<StoreOptions, 'url'> {
  from: string;
  to: string;
  /** Whether an owner of leases is gone for certain. */
  isDead: (owner: string) => boolean;
  progress: (progress: CopyProgress) => void;
}

function plain(url: string): Db {
  if (isPostgresUrl(url)) return kyselyOverPool(openPool(url, 2), labelOf(url));
  const file = fileOf(url);
  return kyselyOver(openSqlite(file), file);
}

/**
 * Moves all of one database to another, both brought up to date first, and answers what both hold then. Throws
 * ConfigError for addresses that cannot be copied between, UserError when a bot runs on either.
 */
export async function copyStore(options: CopyOptions): Promise<readonly CopiedCount[]> {
  const { from, to } = options;
  if (isPostgresUrl(from) && isPostgresUrl(to))
    throw new ConfigError(labelOf(to), 'both are PostgreSQL', 'Use its own tools: pg_dump and pg_restore.');
  if (!isPostgresUrl(from) && !isPostgresUrl(to) && fileOf(from) === fileOf(to))
    throw new ConfigError(labelOf(to), 'both are the same file', 'Name another target.');
  if (!isPostgresUrl(from) && !existsSync(fileOf(from)))
    throw new UserError(`There is no database ${labelOf(from)}. Name the one to copy.`);
  for (const url of [from, to]) await (await openStore({ ...options, url })).close();
  const [source, target] = [plain(from), plain(to)];
  try {
    for (const [db, url] of [
      [source, from],
      [target, to],
    ] as const)
      await refuseRunning(db, labelOf(url), options);
    return await copyDatabase(source, target, { id: await idOf(source, options.now), progress: options.progress });
  } finally {
    await Promise.all([source.destroy(), target.destroy()]);
  }
}

async function refuseRunning(db: Db, label: string, { now, isDead }: CopyOptions): Promise<void> {
  const held = await db.selectFrom('held').selectAll().where('until', '>', new Date(now()).toISOString()).execute();
  if (held.every((row) => isDead(row.owner))) return;
  throw new UserError(`A bot is running on ${label}. Stop it first; what it did until then is copied.`);
}

const idName = 'database';

/** A name of the source's own, by which a target that was begun is known again. */
async function idOf(db: Db, now: () => number): Promise<string> {
  const known = await db.selectFrom('meta').select('value').where('name', '=', idName).executeTakeFirst();
  if (known) return known.value;
  const value = createRandom(now).id();
  await db.insertInto('meta').values({ name: idName, value }).execute();
  return value;
}
