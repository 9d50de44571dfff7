import type { Command as Program } from 'commander';
import { labelOf } from '../store/address.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

/** `migrate` and `backup FILE`. */
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
}
