import { CommanderError, Command as Program } from 'commander';
import { ConfigError, StoreError, UsageError, UserError } from '../core/errors.ts';
import { addAnswers } from './answers.ts';
import { addArticles } from './articles.ts';
import { addChart } from './chart.ts';
import { addCopy } from './copy.ts';
import { addDatabase } from './database.ts';
import { addDemo } from './demo.ts';
import { addDoctor } from './doctor.ts';
import { addHealth } from './health.ts';
import { type CliIo, type ExitCode, writeLine } from './io.ts';
import { addLedger } from './ledger.ts';
import { addMap } from './map.ts';
import { addPreview } from './preview.ts';
import { addRegister } from './register.ts';
import { addReplay } from './replay.ts';
import { addRun } from './run.ts';
import { addSlackManifest } from './slack-manifest.ts';
import { addSources } from './sources.ts';

/** Where a subcommand leaves its exit code. */
export interface Outcome {
  code: ExitCode;
}

/** Runs one command line. Never rejects: what goes wrong becomes a line on stderr and an exit code. */
export async function runCli(argv: readonly string[], io: CliIo, version: string): Promise<ExitCode> {
  const outcome: Outcome = { code: 0 };
  const program = createProgram(io, outcome, version);
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return 2;
    }
    await program.parseAsync(argv, { from: 'user' });
    return outcome.code;
  } catch (error) {
    return explain(error, io);
  }
}

function createProgram(io: CliIo, outcome: Outcome, version: string): Program {
  const program = new Program('borderwire')
    .description('Watches US travel bans and deportation deals: one story at a time, with sources and dates.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  addRun(program, io, outcome);
  addDemo(program, io, outcome);
  addAnswers(program, io, outcome);
  addMap(program, io);
  addChart(program, io);
  addSources(program, io, outcome);
  addArticles(program, io, outcome);
  addReplay(program, io, outcome);
  addLedger(program, io, outcome);
  addDatabase(program, io, outcome);
  addCopy(program, io, outcome);
  addDoctor(program, io, outcome);
  addHealth(program, io, outcome);
  addSlackManifest(program, io);
  addRegister(program, io);
  addPreview(program, io);
  explainUsage(program, 'borderwire');
  return program;
}

/** Wrong usage is one line, with the help to look at. */
function explainUsage(program: Program, path: string): void {
  const outputError = (text: string, write: (line: string) => void): void =>
    write(`${text.trim().replace(/\s+/g, ' ')} Try: ${path} --help\n`);
  program.configureOutput({ ...program.configureOutput(), outputError });
  for (const command of program.commands) {
    command.copyInheritedSettings(program);
    explainUsage(command, `${path} ${command.name()}`);
  }
}

function explain(error: unknown, io: CliIo): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ConfigError) {
    writeLine(io.stderr, `Configuration: ${error.message}`);
    return 78;
  }
  if (error instanceof UsageError || error instanceof UserError) {
    writeLine(io.stderr, error.message);
    return 2;
  }
  if (error instanceof StoreError) {
    writeLine(io.stderr, error.message);
    return 1;
  }
  writeLine(io.stderr, error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
