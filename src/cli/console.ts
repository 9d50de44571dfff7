import { join } from 'node:path';
import { adapters } from '../adapters/index.ts';
import type { App } from '../app.ts';
import type { ChatAdapter } from '../core/delivery.ts';
import { consoleAsker } from './app-session.ts';
import type { CliIo } from './io.ts';

const widest = 110;

/** The console as a chat platform. `memory`: what was shown is not remembered, as nothing else is. */
export function consoleFor(app: App, io: CliIo, how: { readsCommands: boolean; memory?: boolean }): ChatAdapter {
  return adapters.console({
    output: io.stdout,
    ...(how.readsCommands
      ? { input: io.stdin, command: (line: string) => app.dispatcher.line(line, consoleAsker) }
      : {}),
    journal: how.memory ? null : join(app.config.dataFolder, 'console-shown.log'),
    width: Math.min(widest, io.stdout.columns ?? 100),
    log: app.log.child({ part: 'console' }),
  });
}

/** The platforms that have tokens, else the console. */
export function connectedAdapters(app: App, io: CliIo, how: { readsCommands: boolean }): readonly ChatAdapter[] {
  return [consoleFor(app, io, how)];
}
