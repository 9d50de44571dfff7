import { InvalidArgumentError, type Command as Program } from 'commander';
import type { App, AppOptions } from '../app.ts';
import { type Role, roles, runApp, runOnce } from '../app-run.ts';
import type { Config } from '../config/load.ts';
import type { ChatAdapter } from '../core/delivery.ts';
import { createHttpServer, type HttpServer } from '../lib/http-server.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeLine } from './io.ts';
import { connectedAdapters } from './platforms.ts';
import type { Outcome } from './program.ts';
import { slackNeedsHttp, usesSlack } from './slack.ts';

/** `run`, `run --once` and `poll`. */
export function addRun(program: Program, io: CliIo, _outcome: Outcome): void {
  program
    .command('run')
    .description('Run the bot: poll, join, deliver and answer, until it is stopped')
    .option('--once', 'one round, then exit')
    .option('--roles <list>', `only some roles: ${roles.join(', ')}`, readRoles)
    .action(async (options: { once?: boolean; roles?: readonly Role[] }) => {
      const wanted = options.roles ?? roles;
      if (options.once)
        await withApp(io, async (app) =>
          once(app, await connectedAdapters(app, io, { readsCommands: false, roles: wanted })),
        );
      else await withApp(io, (app) => run(app, wanted), measured);
    });
  program
    .command('poll')
    .description('Poll every enabled source once, send what is due, and exit')
    .action(() =>
      withApp(io, async (app) => once(app, await connectedAdapters(app, io, { readsCommands: false, roles }))),
    );

  async function run(app: App, wanted: readonly Role[]): Promise<void> {
    const http = httpServerFor(app, wanted);
    const adapters = await connectedAdapters(app, io, { readsCommands: true, roles: wanted, http });
    const say = (line: string) => writeLine(io.stdout, line);
    await runApp(app, { adapters, roles: wanted, signal: io.signal, say, http });
  }

  async function once(app: App, adapters: readonly ChatAdapter[]): Promise<void> {
    const summary = await runOnce(app, { adapters, signal: io.signal });
    for (const line of summary) writeLine(io.stdout, line);
  }
}

/** Slack's own default, for HTTP mode without a port of its own. */
const slackPort = 3000;

/** Listens where HTTP_PORT says, or where Slack's HTTP mode needs it; not at all otherwise. */
function httpServerFor({ config: { environment } }: App, wanted: readonly Role[]): HttpServer | undefined {
  const slackOverHttp = wanted.includes('slack') && usesSlack(environment) && slackNeedsHttp(environment);
  const port = environment.HTTP_PORT ?? (slackOverHttp ? slackPort : undefined);
  return port === undefined ? undefined : createHttpServer({ host: environment.HTTP_HOST, port });
}

/** Figures are kept where somebody can ask for them. */
async function measured({ environment }: Config): Promise<AppOptions> {
  if (environment.HTTP_PORT === undefined) return {};
  const { createMetrics } = await import('../app-metrics.ts');
  return { metrics: createMetrics };
}

function readRoles(text: string): readonly Role[] {
  return text.split(',').map((word) => {
    const role = roles.find((known) => known === word.trim());
    if (!role) throw new InvalidArgumentError(`“${word.trim()}” is no role. Choose from ${roles.join(', ')}.`);
    return role;
  });
}
