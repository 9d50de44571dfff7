import type { Command as Program } from 'commander';
import { lastRound } from '../app-http.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

/** `health`: for a container's health check; exit 0 when a running bot finished a round of late. */
export function addHealth(program: Program, io: CliIo, outcome: Outcome): void {
  program
    .command('health')
    .description('Exit 0 when the bot on this database finished a round in the last ten minutes, else 1')
    .action(() =>
      withApp(io, async (app) => {
        const { well, told } = await lastRound(app.store, app.clock);
        writeLine(io.stdout, told);
        outcome.code = well ? 0 : 1;
      }),
    );
}
