import { InvalidArgumentError, type Command as Program } from 'commander';
import { labelOf } from '../store/address.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

/** `migrate`, `backup FILE` and `forget PLATFORM WORKSPACE`. */
export function addDatabase(program: Program, io: CliIo, _outcome: Outcome): void {
  program
    .command('migrate')
    .description('Bring the database up to date (every command does this first)')
    .action(() =>
      withApp(io, (app) => {
        writeLine(io.stdout, `The database is up to date: ${labelOf(app.config.databaseUrl)}`);
        return Promise.resolve();
      }),
    );
  program
    .command('backup')
    .description('Copy the database to a file while the bot runs')
    .argument('<file>', 'the copy; must not exist yet')
    .action((file: string) =>
      withApp(io, async (app) => {
        await app.store.backup(file);
        writeLine(io.stdout, `Copied to ${file}.`);
      }),
    );
  program
    .command('forget')
    .description('Delete at once what is kept of a Discord server or Slack workspace')
    .argument('<platform>', 'discord or slack', readPlatform)
    .argument('<workspace>', 'the id of the server or workspace', readWorkspace)
    .action((platform: 'discord' | 'slack', workspace: string) =>
      withApp(io, async (app) => {
        const { subscriptions, deliveries } = await app.store.forget(platform, workspace);
        writeLine(
          io.stdout,
          `Deleted ${subscriptions} subscriptions and ${deliveries} deliveries of ${platform} ${workspace}.`,
        );
      }),
    );
}

function readPlatform(text: string): 'discord' | 'slack' {
  if (text === 'discord' || text === 'slack') return text;
  throw new InvalidArgumentError(`“${text}” is no platform that keeps data of others. Choose discord or slack.`);
}

function readWorkspace(text: string): string {
  if (/^[A-Za-z0-9]+$/.test(text)) return text;
  throw new InvalidArgumentError(`“${text}” is no id. Discord’s are digits, Slack’s begin with T or E.`);
}
