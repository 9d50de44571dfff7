import type { Command as Program } from 'commander';
import type { SourceCheck } from '../feeds/check.ts';
import { sourceFor } from '../feeds/discover.ts';
import { readOpml } from '../feeds/opml.ts';
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
        const taken = new Set((await app.store.sources.list()).map(({ config }) => config.id));
        let count = 0;
        const feeds = readOpml(readTextFile(file));
        for (const { url, title, language, publisher, kind } of feeds) {
          const more = { note: 'Imported from OPML.', language: language ?? 'und', kind: kind ?? 'news' };
          const source = sourceFor({ url, title }, taken, { ...more, ...(publisher === null ? {} : { publisher }) });
          if (!(await app.store.sources.add(source))) continue;
          taken.add(source.id);
          count++;
        }
        writeLine(io.stdout, `${count} of ${feeds.length} feeds added; the others are watched already.`);
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
  if (check.ok) return `ok   ${check.sourceId}: ${check.items} items, newest ${check.newest ?? 'undated'}`;
  const { error } = check;
  return `FAIL ${check.sourceId}: ${error ? `${error.message}. ${error.remedy}` : 'an empty answer. Open the address in a browser'}`;
}
