import type { Command as Program } from 'commander';
import type { Services } from '../commands/services.ts';
import { nextWords, truncatedNote } from '../commands/source-changes.ts';
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
        const tried = await (await app.feeds()).check(ids, io.signal);
        const known = new Map((await app.store.sources.list()).map((one) => [one.config.id, one]));
        const checks = tried.flatMap((check) => {
          const source = known.get(check.sourceId);
          if (!source) return [];
          const { state, lastSuccess, nextPoll } = app.services.sourceHealth(source.config, source.state);
          return [{ ...check, state, lastSuccess, nextPoll }];
        });
        if (options.json) writeJson(io.stdout, { version: 1, sources: checks });
        else for (const check of checks) writeLine(io.stdout, lineOf(check));
        outcome.code = checks.every((check) => check.ok) ? 0 : 1;
      }),
    );
}

type Standing = Pick<ReturnType<Services['sourceHealth']>, 'state' | 'lastSuccess' | 'nextPoll'>;

/** What it answered now, then how it stands by its polls. */
function lineOf(check: SourceCheck & Standing): string {
  const { sourceId, items, newest, error, state, lastSuccess } = check;
  const polls = ` [${state}, last read ${lastSuccess ?? 'never'}, next ${nextWords(check)}]`;
  if (check.ok)
    return `ok   ${sourceId}: ${items} items, newest ${newest ?? 'undated'}${check.truncated ? `; ${truncatedNote}` : ''}${polls}`;
  return `FAIL ${sourceId}: ${error ? `${error.message}. ${error.remedy}` : 'an empty answer. Open the address in a browser'}${polls}`;
}
