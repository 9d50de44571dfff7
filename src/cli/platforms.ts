import { join } from 'node:path';
import { adapters } from '../adapters/index.ts';
import type { App } from '../app.ts';
import type { Role } from '../app-run.ts';
import type { ChatAdapter } from '../core/delivery.ts';
import type { HttpServer } from '../lib/http-server.ts';
import { consoleAsker } from './app-session.ts';
import { type CliIo, widthOf } from './io.ts';
import { discordPlaces } from './places.ts';
import { slackFor, usesSlack } from './slack.ts';

/** The console as a chat platform. `memory`: what was shown is not remembered, as nothing else is. */
export async function consoleFor(
  app: App,
  io: CliIo,
  how: { readsCommands: boolean; memory?: boolean },
): Promise<ChatAdapter> {
  const create = await adapters.console();
  return create({
    output: io.stdout,
    ...(how.readsCommands
      ? { input: io.stdin, command: (line: string) => app.dispatcher.line(line, consoleAsker) }
      : {}),
    journal: how.memory ? null : join(app.config.dataFolder, 'console-shown.log'),
    width: widthOf(io.stdout),
    log: app.log.child({ part: 'console' }),
  });
}

/**
 * The platforms that have tokens and that this process talks on or delivers to; the console when no platform has a
 * token, for a process that delivers.
 */
export async function connectedAdapters(
  app: App,
  io: CliIo,
  how: { readsCommands: boolean; roles: readonly Role[]; http?: HttpServer | undefined },
): Promise<readonly ChatAdapter[]> {
  const { environment } = app.config;
  const connected: ChatAdapter[] = [];
  const uses = (platform: Role) => how.roles.includes(platform) || how.roles.includes('deliver');
  if (environment.DISCORD_TOKEN !== undefined && uses('discord'))
    connected.push(await discordFor(app, environment.DISCORD_TOKEN));
  if (usesSlack(environment) && uses('slack')) connected.push(await slackFor(app, how.http));
  const anyPlatform = environment.DISCORD_TOKEN !== undefined || usesSlack(environment);
  return !anyPlatform && how.roles.includes('deliver') ? [await consoleFor(app, io, how)] : connected;
}

async function discordFor(app: App, token: string): Promise<ChatAdapter> {
  const { environment, settings } = app.config;
  const create = await adapters.discord();
  return create({
    token,
    ...(environment.DISCORD_API_URL === undefined ? {} : { apiUrl: environment.DISCORD_API_URL }),
    ...(environment.DISCORD_TEST_GUILD === undefined ? {} : { testGuild: environment.DISCORD_TEST_GUILD }),
    operators: settings.operators.discord,
    runner: app.dispatcher,
    phrases: app.phrases,
    meta: app.store.meta,
    kept: app.store.kept,
    places: discordPlaces(app),
    log: app.log.child({ part: 'discord' }),
    now: () => app.clock.now(),
  });
}
