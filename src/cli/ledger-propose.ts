import type { Command as Program } from 'commander';
import { UserError } from '../core/errors.ts';
import { type HandKind, handFields, handKinds } from '../ledger/by-hand-input.ts';
import { withApp } from './app-session.ts';
import { readTextFile } from './files.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

const told: Readonly<Record<HandKind, string>> = {
  row: 'a measure on a country: a visa pause, a bond, a suspension that no reader covers',
  end: 'the end of a row that stands',
  deal: 'a step of a third-country removal arrangement',
  court: 'an order or another step of a case, and what is set to happen next',
  exception: 'whom an instrument of the record leaves out, or no longer does',
  enforcement: 'what a court lets be enforced of an instrument, from a day on',
  programme: 'a ruling on a programme, parole or TPS, for some nationalities',
};

/** `ledger propose KIND --citation … --url … --quote …`: enters the same review as what the machine reads. */
export function addLedgerPropose(ledger: Program, io: CliIo, outcome: Outcome): void {
  const propose = ledger
    .command('propose')
    .description('Enter a change of the record by hand, with its citation, for review');
  addDocument(propose, io);
  for (const kind of handKinds) {
    const command = propose.command(kind).description(`Propose ${told[kind]}`).option('--json', 'as data');
    for (const field of handFields(kind)) command.option(`--${field} <text>`);
    command.action((options: Record<string, string | boolean>) =>
      withApp(io, async (app) => {
        const { json, ...given } = options;
        const fields = Object.entries(given).filter((each): each is [string, string] => typeof each[1] === 'string');
        const draft = app.draftByHand(kind, Object.fromEntries(fields), 'console:console');
        const [id] = await app.services.review.propose([draft]);
        if (json === true) writeJson(io.stdout, { version: 1, proposed: id ?? null, summary: draft.summary });
        else if (id === undefined) writeLine(io.stdout, `This is proposed already: ${draft.summary}`);
        else
          writeLine(
            io.stdout,
            `Proposed: ${draft.summary}\nIt waits for review: borderwire do '/review ${id.slice(-8)}' shows it.`,
          );
        outcome.code = 0;
      }),
    );
  }
}

/** A document that no feed has brought enters the review as if one had. */
function addDocument(propose: Program, io: CliIo): void {
  propose
    .command('document')
    .description('Propose what a proclamation or order in a file changes')
    .argument('<file>', 'the document (text, Markdown or HTML), or - for standard input')
    .requiredOption('--url <address>', 'where it is published')
    .action((file: string, { url }: { url: string }) =>
      withApp(io, async (app) => {
        if (!/^https?:/i.test(url) || !URL.canParse(url))
          throw new UserError(`--url is not right: “${url}” is no address. Write it with https://.`);
        const { drafts, reason } = app.draftsOfDocument(readTextFile(file), url);
        const known = await app.services.review.propose(drafts);
        for (const { summary } of drafts) writeLine(io.stdout, summary);
        writeLine(
          io.stdout,
          drafts.length === 0 ? `Nothing is proposed: ${reason}` : waiting(known.length, drafts.length),
        );
      }),
    );
}

function waiting(fresh: number, all: number): string {
  return `${fresh} of ${all} are new. They wait for review: borderwire do '/review' shows them.`;
}
