import { InvalidArgumentError, type Command as Program } from 'commander';
import { type Role, roles, runApp, runOnce } from '../app-run.ts';
import { withApp } from './app-session.ts';
import { connectedAdapters } from './console.ts';
import { type CliIo, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

/** `run`, `run --once` and `poll`. */
export function addRun(program: Program, io: CliIo, _outcome: Outcome): void {
  program
    .command('run')
    .description('Run the bot: poll, join, deliver and answer, until it is stopped')
    .option('--once', 'one round, then exit')
    .option('--roles <list>', `only some roles: ${roles.join(', ')}`, readRoles)
    .action(async (options: { once?: boolean; roles?: readonly Role[] }) => {
      await withApp(io, async (app) => {
        const adapters = connectedAdapters(app, io, { readsCommands: options.once !== true });
        if (options.once) await once(app, adapters);
        else
          await runApp(app, {
            adapters,
            roles: options.roles ?? roles,
            signal: io.signal,
            say: (line) => writeLine(io.stdout, line),
          });
      });
    });
  program
    .command('poll')
    .description('Poll every enabled source once, send what is due, and exit')
    .action(() => withApp(io, (app) => once(app, connectedAdapters(app, io, { readsCommands: false }))));

  async function once(
    app: Parameters<typeof runOnce>[0],
    adapters: Parameters<typeof runOnce>[1]['adapters'],
  ): Promise<void> {
    const summary = await runOnce(app, { adapters, signal: io.signal });
    for (const line of summary) writeLine(io.stdout, line);
  }
}

function readRoles(text: string): readonly Role[] {
  return text.split(',').map((word) => {
    const role = roles.find((known) => known === word.trim());
    if (!role) throw new InvalidArgumentError(`“${word.trim()}” is no role. Choose from ${roles.join(', ')}.`);
    return role;
  });
}
