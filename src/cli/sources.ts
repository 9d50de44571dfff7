import type { Command as Program } from 'commander';
import { truncatedNote } from '../commands/source-changes.ts';
import type { SourceCheck } from '../feeds/check.ts';
import { readOpml, sourcesOf } from '../feeds/opml.ts';
import { consoleAsker, withApp } from './app-session.ts';
import { readTextFile } from './files.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import { printReply } from './print.ts';
import type { Outcome } from './program.ts';

/** `sources`, `sources import` and `sources check`. */
export function addSources(program: Program, io: CliIo, outcome: Outcome): void {
  const sources = program.command('sources').description('The feeds that are watched, and their health');
  sources
    .command('list', { isDefault: true })
    .description('List them')
    .option('--json', 'as data')
    .action((options: { json?: boolean }) =>
      withApp(io, async (app) => {
        const reply = await app.dispatcher.call('sources', {}, consoleAsker);
        if (options.json) writeJson(io.stdout, reply.data);
        else printReply(io, reply);
      }),
    );
  sources
    .command('import')
    .description('Add the feeds of an OPML file')
    .argument('<file>', 'an OPML file')
    .action((file: string) =>
      withApp(io, async (app) => {
        const taken = (await app.store.sources.list()).map(({ config }) => config.id);
        const listed = sourcesOf(readOpml(readTextFile(file)), taken);
        let count = 0;
        for (const source of listed) if (await app.store.sources.add(source)) count++;
        writeLine(io.stdout, `${count} of ${listed.length} feeds added; the others are watched already.`);
      }),
    );
  sources
    .command('check')
    .description('Fetch and read each source once without storing anything; says what is wrong and what would help')
    .argument('[ids...]', 'only these; default: all, disabled ones too')
    .option('--json', 'as data')
    .action((ids: string[], options: { json?: boolean }) =>
      withApp(io, async (app) => {
        const checks = await (await app.feeds()).check(ids, io.signal);
        if (options.json) writeJson(io.stdout, { version: 1, sources: checks });
        else for (const check of checks) writeLine(io.stdout, lineOf(check));
        outcome.code = checks.every((check) => check.ok) ? 0 : 1;
      }),
    );
}

function lineOf(check: SourceCheck): string {
  if (check.ok)
    return `ok   ${check.sourceId}: ${check.items} items, newest ${check.newest ?? 'undated'}${check.truncated ? `; ${truncatedNote}` : ''}`;
  const { error } = check;
  return `FAIL ${check.sourceId}: ${error ? `${error.message}. ${error.remedy}` : 'an empty answer. Open the address in a browser'}`;
}
