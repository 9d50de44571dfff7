import { dirname } from 'node:path';
import type { Config } from './config/load.ts';
import type { Countries } from './core/country.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock, Store } from './core/ports.ts';
import { makeFolder } from './lib/disk.ts';
import { fileOf, isPostgresUrl } from './store/address.ts';
import { openStore } from './store/open.ts';

/** Opens the database that the configuration names, brought up to date; in memory when asked. Throws ConfigError. */
export async function openDatabase(
  config: Config,
  clock: Clock,
  countries: Countries,
  memory: boolean,
): Promise<Store> {
  const url = memory ? ':memory:' : config.databaseUrl;
  if (!memory && !isPostgresUrl(url)) makeDataFolder(dirname(fileOf(url)));
  return openStore({
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
