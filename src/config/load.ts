import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../core/errors.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { parseSettings, type Settings } from './settings.ts';

/** Folders of the package itself: what it ships stands beside src/ and dist/. */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Everything that is read before anything starts. Data files are read through `file` when a command needs them. */
export interface Config {
  environment: Environment;
  settings: Settings;
  /** Absolute. */
  dataFolder: string;
  databaseUrl: string;
  migrationsFolder: string;
  /** Text of a config file: the operator's own when there is one, else the shipped one. */
  file(name: string): { text: string; path: string };
  /** The folder that holds `name`: the operator's own when it does, else the shipped one. */
  folderOf(name: string): string;
}

/**
 * Reads environment and settings. `.env` of the working folder is read first; real variables win over it.
 * Throws ConfigError naming the variable, or file and line, what was found and what would do.
 */
export function loadConfig(variables: NodeJS.ProcessEnv = process.env, workingFolder = process.cwd()): Config {
  const dotenv = join(workingFolder, '.env');
  if (variables === process.env && existsSync(dotenv)) process.loadEnvFile(dotenv);
  const environment = readEnvironment(variables);
  const folder = configFolder(environment, workingFolder);
  const file = (name: string) => readConfigFile(folder, name);
  const settings = file('settings.yaml');
  const dataFolder = resolve(workingFolder, environment.BORDERWIRE_DATA);
  return {
    environment,
    settings: parseSettings(settings.text, settings.path),
    dataFolder,
    databaseUrl: environment.DATABASE_URL ?? `sqlite:${join(dataFolder, 'borderwire.sqlite')}`,
    migrationsFolder: join(packageFolder, 'migrations'),
    file,
    folderOf: (name) => (existsSync(join(folder, name)) ? folder : join(packageFolder, 'config')),
  };
}

function configFolder(environment: Environment, workingFolder: string): string {
  if (environment.BORDERWIRE_CONFIG === undefined) return resolve(workingFolder, 'config');
  const folder = resolve(workingFolder, environment.BORDERWIRE_CONFIG);
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new ConfigError(
    'BORDERWIRE_CONFIG',
    `${folder} is not a folder`,
    'Name the folder that holds settings.yaml and sources.yaml',
  );
}

function readConfigFile(folder: string, name: string): { text: string; path: string } {
  const own = join(folder, name);
  const path = existsSync(own) ? own : join(packageFolder, 'config', name);
  try {
    return { text: readFileSync(path, 'utf8'), path };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      path,
      `cannot be read (${reason})`,
      'Restore the file, or point BORDERWIRE_CONFIG to the right folder',
      {
        cause: error,
      },
    );
  }
}
