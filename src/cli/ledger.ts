import type { Command as Program } from 'commander';
import { withApp } from './app-session.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

/** `ledger check`. */
export function addLedger(program: Program, io: CliIo, outcome: Outcome): void {
  const ledger = program.command('ledger').description('The legal record');
  ledger
    .command('check')
    .description(
      'Prove the record: schema, dates, countries, overlaps, links, counts; names file and line of what is wrong',
    )
    .option('--json', 'as data')
    .action((options: { json?: boolean }) =>
      withApp(
        io,
        (app) => {
          const problems = app.ledgerProblems();
          if (options.json) writeJson(io.stdout, { version: 1, problems });
          else for (const problem of problems) writeLine(io.stdout, problem);
          if (problems.length === 0 && !options.json)
            writeLine(io.stdout, `The ledger holds together. Data ends ${app.ledger.dataEnds}.`);
          outcome.code = problems.length === 0 ? 0 : 1;
          return Promise.resolve();
        },
        { memory: true },
      ),
    );
}
