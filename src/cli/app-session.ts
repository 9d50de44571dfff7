import { type App, type AppOptions, openApp } from '../app.ts';
import { type Config, loadConfig } from '../config/load.ts';
import type { Asker } from '../core/command.ts';
import { createLog } from '../lib/log.ts';
import type { CliIo } from './io.ts';

/** The console's user: it manages its channel and is an operator. */
export const consoleAsker: Asker = {
  userId: 'console',
  channel: { platform: 'console', workspace: 'console', id: 'console' },
  locale: 'en',
  manager: true,
  operator: true,
};

/**
 * Opens the program's parts (database brought up to date), hands them over, and closes them whatever happens.
 * `options` may depend on the configuration.
 */
export async function withApp<Result>(
  io: CliIo,
  use: (app: App) => Promise<Result>,
  given: AppOptions | ((config: Config) => Promise<AppOptions>) = {},
): Promise<Result> {
  const config = loadConfig(io.env);
  const options = typeof given === 'function' ? await given(config) : given;
  const log =
    options.log ??
    createLog({ level: config.environment.LOG_LEVEL, pretty: io.stderr.isTTY === true, destination: io.stderr });
  const app = await openApp(config, { ...options, log });
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}
