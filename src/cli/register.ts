import type { Command as Program } from 'commander';
import { ConfigError } from '../core/errors.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';

/** `register`: Discord's slash commands, without connecting; `run` does the same when they changed. */
export function addRegister(program: Program, io: CliIo): void {
  program
    .command('register')
    .description('Register the slash commands at Discord')
    .action(() =>
      withApp(io, async (app) => {
        const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, DISCORD_TEST_GUILD: testGuild } = app.config.environment;
        if (token === undefined)
          throw new ConfigError('DISCORD_TOKEN', 'is not set', 'Set it to the token of your bot');
        const { registerCommands } = await import('../adapters/discord/connect.ts');
        const count = await registerCommands({
          token,
          ...(apiUrl === undefined ? {} : { apiUrl }),
          ...(testGuild === undefined ? {} : { testGuild }),
          runner: app.dispatcher,
          meta: app.store.meta,
          phrases: app.phrases,
        });
        writeLine(io.stdout, `${count} commands are registered.`);
      }),
    );
}
