import type { Command as Program } from 'commander';
import { heartbeat } from '../app-run.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

const longestSilenceMs = 10 * 60_000;

/** `health`: for a container's health check; exit 0 when a running bot finished a round of late. */
export function addHealth(program: Program, io: CliIo, outcome: Outcome): void {
  program
    .command('health')
    .description('Exit 0 when the bot on this database finished a round in the last ten minutes, else 1')
    .action(() =>
      withApp(io, async (app) => {
        const last = await app.store.meta.get(heartbeat);
        const well = last !== null && app.clock.now() - Date.parse(last) < longestSilenceMs;
        writeLine(io.stdout, last === null ? 'No round has ended yet.' : `The last round ended at ${last}.`);
        outcome.code = well ? 0 : 1;
      }),
    );
}
