import { Option, type Command as Program } from 'commander';
import type { ReviewDifference } from '../core/review.ts';
import type { Proposal } from '../ledger/read/read.ts';
import { withApp } from './app-session.ts';
import { readTextFile } from './files.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import { addLedgerPropose } from './ledger-propose.ts';
import type { Outcome } from './program.ts';

/** `ledger check`, `ledger read` and `ledger propose`. */
export function addLedger(program: Program, io: CliIo, outcome: Outcome): void {
  const ledger = program.command('ledger').description('The legal record');
  addLedgerPropose(ledger, io, outcome);
  ledger
    .command('check')
    .description(
      'Prove the record: schema, dates, countries, overlaps, links, counts; names file and line of what is wrong, and where approvals differ from the shipped record',
    )
    .option('--json', 'as data')
    .action((options: { json?: boolean }) =>
      withApp(io, (app) => {
        const problems = app.ledgerProblems();
        const differences = app.services.review.differences();
        if (options.json) writeJson(io.stdout, { version: 1, problems, differences });
        else for (const line of [...problems, ...differences.map(differenceLine)]) writeLine(io.stdout, line);
        if (problems.length === 0 && !options.json)
          writeLine(io.stdout, `The ledger holds together. Data ends ${app.ledger.dataEnds}.`);
        outcome.code = problems.length === 0 ? 0 : 1;
        return Promise.resolve();
      }),
    );
  ledger
    .command('read')
    .description('Read a proclamation or order (text, Markdown or HTML) and say which rows it would change, and why')
    .argument('<file>', 'the document, or - for standard input')
    .addOption(
      new Option('--against <ledger>', 'what it changes: the shipped record, or none')
        .choices(['empty', 'shipped'])
        .default('shipped'),
    )
    .option('--json', 'as data')
    .action((file: string, options: { against: 'empty' | 'shipped'; json?: boolean }) =>
      withApp(
        io,
        (app) => {
          const reading = app.readDocument(readTextFile(file), options.against);
          if (options.json) writeJson(io.stdout, { version: 1, ...reading });
          else {
            writeLine(io.stdout, `${reading.instrument.name ?? reading.instrument.title ?? file}: ${reading.reason}`);
            for (const proposal of reading.proposals) writeLine(io.stdout, proposalLine(proposal));
          }
          return Promise.resolve();
        },
        { memory: true },
      ),
    );
}

/** An approval stands over the shipped record until an operator gives it back. */
function differenceLine({ key, approved, shipped }: ReviewDifference): string {
  const theirs = shipped === null ? 'the shipped record has no such entry' : `the shipped record says: ${shipped}`;
  return `${key}: approved: ${approved}; ${theirs}. What was approved stands; /review adopt:${key} takes the shipped one`;
}

function proposalLine({ action, country, tier, visaClasses, effective, quote }: Proposal): string {
  const what = action === 'end' ? '' : ` ${tier} (${visaClasses.join(', ')})`;
  return `${action} ${country}${what} from ${effective ?? 'a day not told'}: “${quote}”`;
}
