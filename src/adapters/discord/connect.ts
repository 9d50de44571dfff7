import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, DiscordAPIError, Events, REST, type RESTOptions, Routes } from 'discord.js';
import type { CommandRunner } from '../../core/command.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { Log, MetaStore } from '../../core/ports.ts';
import { registrationHash, registrationOf } from './registration.ts';
import { request, requestUnderApi } from './request.ts';

export interface ConnectOptions {
  token: string;
  apiUrl?: string;
  testGuild?: string;
  runner: CommandRunner;
  meta: MetaStore;
  phrases: Phrases;
  log: Log;
  firstWaitMs?: number;
}

const longestWaitMs = 60_000;
const notThere = 'no Discord answers there; look at DISCORD_API_URL, which is given without a version';
const notRegistered =
  'commands could not be registered; trying again. Was the bot invited with the scope applications.commands, and to DISCORD_TEST_GUILD?';
/** Close codes of the gateway that no retry mends. */
const authenticationFailed = 4004;
const unmendable: Readonly<Record<number, string>> = {
  4010: 'it refuses the shard',
  4011: 'the bot is in so many servers that it must be sharded',
  4012: 'it no longer speaks this version of its API',
  4013: 'it refuses the intents',
  4014: 'it does not allow the intents',
};

/** The REST base for discord.js, which adds the version itself: without one, and without a slash at its end. */
export function apiOf({ apiUrl }: Pick<ConnectOptions, 'apiUrl'>): Partial<Pick<RESTOptions, 'api' | 'makeRequest'>> {
  if (apiUrl === undefined) return { makeRequest: request };
  const api = apiUrl.replace(/\/+$/, '').replace(/\/v\d+$/, '');
  return { api, makeRequest: new URL(api).pathname === '/' ? requestUnderApi(api) : request };
}

/** Connects and registers the commands. Throws ConfigError for a token that Discord refuses; waits while it is down. */
export async function connect(client: Client, options: ConnectOptions, signal: AbortSignal): Promise<void> {
  await reachable(client, options, signal);
  let onClose: (event: { code: number }) => void = () => {};
  const closed = new Promise<never>((_resolve, reject) => {
    onClose = (event) => reject(refusalOf(event.code));
  });
  client.once(Events.ShardDisconnect, onClose);
  try {
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    const login = async () => {
      await client.login(options.token);
      return ready;
    };
    const { application, rest } = await Promise.race([login(), closed]);
    await registerPatiently(rest, application.id, options, signal);
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'TokenInvalid') throw refusedToken(error);
    throw error;
  } finally {
    client.off(Events.ShardDisconnect, onClose);
  }
}

/** Asks where the gateway is, again and again while Discord is down. */
async function reachable(client: Client, { token, log, firstWaitMs = 2_000 }: ConnectOptions, signal: AbortSignal) {
  client.rest.setToken(token);
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    try {
      const { session_start_limit: start, shards } = Object(await client.rest.get(Routes.gatewayBot()));
      if (start.remaining >= shards) return;
      log.warn({ waitMs, ...start }, 'Discord allows no connection now; waiting');
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401) throw refusedToken(error);
      const absent = error instanceof DiscordAPIError && error.status === 404;
      log.warn({ err: error, waitMs }, absent ? notThere : 'Discord cannot be reached; waiting');
    }
    try {
      await sleep(waitMs, undefined, { signal });
    } catch (error) {
      throw new Error('stopped before Discord could be reached', { cause: error });
    }
  }
}

/** Registers the commands whether or not they changed, without connecting to the gateway. Gives their number. */
export async function registerCommands(options: Omit<ConnectOptions, 'log' | 'firstWaitMs'>): Promise<number> {
  const rest = new REST(apiOf(options)).setToken(options.token);
  try {
    await register(rest, await ownApplication(rest), options);
  } catch (error) {
    throw error instanceof DiscordAPIError && error.status === 401 ? refusedToken(error) : error;
  }
  return options.runner.commands.length;
}

async function ownApplication(rest: REST): Promise<string> {
  const application: unknown = await rest.get(Routes.currentApplication());
  return String(Reflect.get(Object(application), 'id'));
}

type Registering = Pick<ConnectOptions, 'runner' | 'meta' | 'phrases' | 'testGuild'>;

function keyOf(application: string, { testGuild }: Registering): string {
  return `discord-commands:${application}:${testGuild ?? 'global'}`;
}

/** Discord takes few registrations a day: they are made only when they differ from the last ones. */
async function registerChanged(rest: REST, application: string, options: ConnectOptions): Promise<void> {
  const { runner, phrases, meta } = options;
  if ((await meta.get(keyOf(application, options))) === registrationHash(runner.commands, phrases)) return;
  await register(rest, application, options);
  options.log.info({ commands: runner.commands.length }, 'commands registered');
}

/** Registers at once, or in the background for as long as Discord does not take the commands: it takes the old ones still. */
async function registerPatiently(rest: REST, application: string, options: ConnectOptions, signal: AbortSignal) {
  const { log, firstWaitMs = 2_000 } = options;
  const isDone = async (waitMs: number): Promise<boolean> => {
    try {
      await registerChanged(rest, application || (await ownApplication(rest)), options);
      return true;
    } catch (error) {
      log.error({ err: error, waitMs }, notRegistered);
      return false;
    }
  };
  const goOn = async () => {
    for (let waitMs = firstWaitMs; !signal.aborted; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || (await isDone(waitMs))) return;
    }
  };
  if (!(await isDone(firstWaitMs))) void goOn();
}

async function register(rest: REST, application: string, options: Registering): Promise<void> {
  const { runner, meta, phrases, testGuild } = options;
  const route =
    testGuild === undefined
      ? Routes.applicationCommands(application)
      : Routes.applicationGuildCommands(application, testGuild);
  await rest.put(route, { body: registrationOf(runner.commands, phrases) });
  await meta.set(keyOf(application, options), registrationHash(runner.commands, phrases));
}

/** Why the gateway closed a connection for good, and what to do. */
export function refusalOf(code: number): Error {
  if (code === authenticationFailed) return refusedToken(new Error(`gateway closed with ${code}`));
  const why = unmendable[code] ?? 'it closed the connection';
  return new ConfigError(
    'DISCORD_TOKEN',
    `Discord’s gateway does not take this bot: ${why} (${code})`,
    'Look at the Bot page of your application',
  );
}

function refusedToken(cause: unknown): ConfigError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConfigError(
    'DISCORD_TOKEN',
    `Discord refused it (${reason})`,
    'Copy the token anew from the Bot page of your application',
    { cause },
  );
}
