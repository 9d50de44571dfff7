import type { Command as Program } from 'commander';
import { definitions } from '../commands/index.ts';
import { readArguments, usage } from '../core/command-line.ts';
import type { Reply } from '../core/message.ts';
import { consoleAsker, withApp } from './app-session.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import { printReply } from './print.ts';
import type { Outcome } from './program.ts';

/** Commands of the chat that are questions: the same words on the command line. */
const questions = ['ban-status', 'timeline', 'deals', 'courts', 'latest', 'search', 'since', 'story', 'deliveries'];

/** `borderwire ban-status laos --on 2025-07-01 --json` and its kin, and `borderwire do '/subscribe …'`. */
export function addAnswers(program: Program, io: CliIo, outcome: Outcome): void {
  for (const definition of definitions.filter((each) => questions.includes(each.name))) {
    const command = program
      .command(definition.name)
      .summary(definition.summary)
      .description(`${definition.summary}. ${usage(definition)}`)
      .argument('[words...]', 'the question')
      .option('--json', 'a stable, versioned shape (docs/schemas)');
    for (const option of definition.options.filter((each) => !each.positional)) {
      command.option(option.type === 'flag' ? `--${option.name}` : `--${option.name} <${option.type}>`, option.summary);
    }
    command.action(async (words: string[], options: Record<string, string | boolean>) => {
      const args = readArguments(definition, [...words, ...namedWords(options)]);
      await withApp(io, async (app) => {
        tell(await app.dispatcher.call(definition.name, args, consoleAsker), options.json === true);
      });
    });
  }
  program
    .command('do')
    .description("Run any chat command as the console's user: borderwire do '/subscribe laos'")
    .argument('<line>', 'a line that begins with /')
    .option('--json', 'the answer’s data')
    .action(async (line: string, options: { json?: boolean }) => {
      await withApp(io, async (app) => {
        tell(await app.dispatcher.line(line, consoleAsker), options.json === true);
      });
    });

  /** What went wrong is one line on standard error, as it is for any other command. */
  function tell(reply: Reply, json: boolean): void {
    if (json) writeJson(io.stdout, reply.data);
    else if (reply.message.tone === 'error') writeLine(io.stderr, reply.message.plain);
    else printReply(io, reply);
    outcome.code = reply.exitCode;
  }
}

function namedWords(options: Record<string, string | boolean>): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    name === 'json' ? [] : value === true ? [name] : [`${name}:${String(value)}`],
  );
}
