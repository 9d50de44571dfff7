import { InvalidArgumentError, type Command as Program } from 'commander';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../lib/clock.ts';
import { isOwnerDead, ownerName } from '../lib/process-alive.ts';
import { isPostgresUrl, labelOf } from '../store/address.ts';
import type { CopyProgress } from '../store/open-copy.ts';
import { type CliIo, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

/** `copy FROM TO`. */
export function addCopy(program: Program, io: CliIo, _outcome: Outcome): void {
  program
    .command('copy')
    .description('Move a whole database to another, such as a SQLite file to PostgreSQL; can be run again')
    .argument('<from>', 'sqlite:PATH or postgres://USER@HOST/NAME', readAddress)
    .argument('<to>', 'an empty database, or one that an earlier copy has begun', readAddress)
    .action(async (from: string, to: string) => {
      const { migrationsFolder } = loadConfig(io.env);
      const { copyStore } = await import('../store/open-copy.ts');
      const own = ownerName('copy');
      const counts = await copyStore({
        from,
        to,
        migrations: migrationsFolder,
        now: () => systemClock.now(),
        isDead: (owner) => isOwnerDead(owner, own),
        progress: reporter(io),
      });
      for (const { table, rows, digest } of counts)
        writeLine(io.stdout, `${table.padEnd(20)} ${String(rows).padStart(9)} rows  ${digest.slice(0, 16)}`);
      writeLine(io.stdout, `${labelOf(to)} holds all of ${labelOf(from)}: every count and digest is the same.`);
    });
}

function readAddress(text: string): string {
  if (text === '' || (/^[a-z][a-z0-9+.-]*:/i.test(text) && !isPostgresUrl(text) && !/^(sqlite|file):/i.test(text)))
    throw new InvalidArgumentError('Give sqlite:PATH or postgres://USER@HOST/NAME.');
  return text;
}

/** One line that changes on a terminal, a line for each table that is done elsewhere. */
function reporter(io: CliIo): (progress: CopyProgress) => void {
  return ({ table, done, total }) => {
    const last = done >= total;
    if (io.stderr.isTTY) io.stderr.write(`\r${table}: ${done} of ${total}\u001B[K${last ? '\n' : ''}`);
    else if (last) writeLine(io.stderr, `${table}: ${done} of ${total}`);
  };
}
