import { InvalidArgumentError, type Command as Program } from 'commander';
import type { App } from '../app.ts';
import { type Role, roles, runApp, runOnce } from '../app-run.ts';
import type { ChatAdapter } from '../core/delivery.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';
import { connectedAdapters } from './platforms.ts';
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
        const wanted = options.roles ?? roles;
        const adapters = await connectedAdapters(app, io, { readsCommands: options.once !== true, roles: wanted });
        if (options.once) await once(app, adapters);
        else
          await runApp(app, {
            adapters,
            roles: wanted,
            signal: io.signal,
            say: (line) => writeLine(io.stdout, line),
          });
      });
    });
  program
    .command('poll')
    .description('Poll every enabled source once, send what is due, and exit')
    .action(() =>
      withApp(io, async (app) => once(app, await connectedAdapters(app, io, { readsCommands: false, roles }))),
    );

  async function once(app: App, adapters: readonly ChatAdapter[]): Promise<void> {
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
