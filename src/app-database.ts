import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from './config/load.ts';
import type { Countries } from './core/country.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock, Store } from './core/ports.ts';
import { isoAt } from './lib/clock.ts';
import { makeFolder } from './lib/disk.ts';
import { fileOf, isPostgresUrl } from './store/address.ts';
import { openStore } from './store/open.ts';
import { backupHint } from './store/sqlite-errors.ts';

/**
 * Opens the database that the configuration names, brought up to date; in memory when asked. `begunAnew` says, for
 * people, that an empty file was there: the trace of a first start that was cut short, or of a database that was lost.
 * Throws ConfigError.
 */
export async function openDatabase(
  config: Config,
  clock: Clock,
  countries: Countries,
  memory: boolean,
): Promise<{ store: Store; begunAnew: string | null }> {
  const url = memory ? ':memory:' : config.databaseUrl;
  const file = memory || isPostgresUrl(url) ? null : fileOf(url);
  if (file !== null) makeDataFolder(dirname(file));
  const isEmpty = file !== null && statSync(file, { throwIfNoEntry: false })?.size === 0;
  const store = await openStore({
    url,
    migrations: config.migrationsFolder,
    now: () => clock.now(),
    names: (code) => {
      const country = countries.get(code);
      return country
        ? [country.name, country.official, ...(country.names.en ?? []), ...(country.demonyms.en ?? [])]
        : [code];
    },
  });
  if (!isEmpty) return { store, begunAnew: null };
  const begunAnew = `${file} was an empty file and is a new database now. If there was one before: ${backupHint}`;
  const at = isoAt(clock.now());
  await store.notices.raise({ kind: 'database-begun-anew', subject: at, text: begunAnew, at, over: true });
  return { store, begunAnew };
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new ConfigError(
      'BORDERWIRE_DATA',
      `the folder ${folder} cannot be made (${error instanceof Error ? error.message : String(error)})`,
      'Name a folder that the user who runs Borderwire may write to',
      { cause: error },
    );
  }
}
