import { createHash } from 'node:crypto';
import { type Client, DiscordAPIError, Client as DiscordClient, Events, GatewayIntentBits, Routes } from 'discord.js';
import type { CommandRunner } from '../../core/command.ts';
import type { Capabilities, ChatAdapter, OutboxRow, SendOutcome } from '../../core/delivery.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Log, MetaStore } from '../../core/ports.ts';
import { handleInteraction } from './interactions.ts';
import { outcomeOf } from './outcome.ts';
import { registrationHash, registrationOf } from './registration.ts';
import { renderPayload } from './render.ts';
import { shorten } from './text.ts';

export interface DiscordOptions {
  token: string;
  /** REST base without a version, such as https://discord.com/api; Discord's own when absent. */
  apiUrl?: string;
  /** Commands are registered in this guild alone, where they appear at once. */
  testGuild?: string;
  operators: readonly string[];
  runner: CommandRunner;
  meta: MetaStore;
  log: Log;
  now: () => number;
  /** Milliseconds for one request. */
  timeoutMs?: number;
}

/** Discord folds a repeated nonce into the first message for some minutes; two are safe. */
const capabilities: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 120_000,
  history: false,
  maxMessageCharacters: 6000,
  pace: { channel: { count: 5, perMs: 5_000 }, global: { count: 45, perMs: 1_000 } },
};

const threadName = 100;
const unknownChannel = 10_003;
const threadExists = 160_004;
const noThreadsHere = new Set<number | string>([50_024, 50_013, 160_006]);

/** Discord through discord.js: REST for messages, so that nonce and mentions are ours; the gateway for commands. */
export function createDiscordAdapter(options: DiscordOptions): ChatAdapter {
  const client = new DiscordClient({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      ...(options.apiUrl === undefined ? {} : { api: options.apiUrl.replace(/\/+$/, '') }),
      timeout: options.timeoutMs ?? 15_000,
      // The outbox retries, with the row's own nonce; the client must not wait or repeat on its own.
      retries: 0,
      rejectOnRateLimit: (request) => request.route.includes('/messages') && request.method !== 'GET',
    },
  });
  client.on(Events.Error, (error) => options.log.error({ err: error }, 'gateway error'));
  client.on(Events.ShardDisconnect, (event) => options.log.warn({ code: event.code }, 'gateway disconnected'));
  client.on(Events.InteractionCreate, (interaction) => void handleInteraction(interaction, options));

  return {
    platform: 'discord',
    capabilities,
    start: () => start(client, options),
    stop: () => client.destroy(),
    send: async (row) => {
      try {
        return { kind: 'sent', messageId: await send(client, row) };
      } catch (error) {
        return sendOutcome(error, row, options.now());
      }
    },
  };
}

async function start(client: Client, options: DiscordOptions): Promise<void> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(options.token);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      'DISCORD_TOKEN',
      `Discord refused it (${reason})`,
      'Copy the token anew from the Bot page of your application',
      { cause: error },
    );
  }
  await registerCommands(await ready, options);
}

/** Registers the commands when they differ from what was registered last. */
async function registerCommands(client: Client<true>, { runner, meta, testGuild, log }: DiscordOptions): Promise<void> {
  const key = `discord-commands:${client.application.id}:${testGuild ?? 'global'}`;
  const hash = registrationHash(runner.commands);
  if ((await meta.get(key)) === hash) return;
  const route =
    testGuild === undefined
      ? Routes.applicationCommands(client.application.id)
      : Routes.applicationGuildCommands(client.application.id, testGuild);
  await client.rest.put(route, { body: registrationOf(runner.commands) });
  await meta.set(key, hash);
  log.info({ commands: runner.commands.length }, 'commands registered');
}

/** Sends, edits or answers; gives the message's id. */
async function send(client: Client, row: OutboxRow): Promise<string> {
  const payload = renderPayload(row.message);
  const { id: channel } = row.channel;
  if (row.action === 'edit' && row.replyTo !== null) {
    await client.rest.patch(Routes.channelMessage(channel, row.replyTo), { body: payload });
    return row.replyTo;
  }
  const body = { ...payload, nonce: nonceOf(row.id), enforce_nonce: true };
  if (row.action === 'thread' && row.replyTo !== null)
    return sendInThread(client, channel, row.replyTo, row.message.title, body);
  return idOf(await client.rest.post(Routes.channelMessages(channel), { body }));
}

/** A message's thread has the message's own id. Where no thread can be, the answer is an ordinary reply. */
async function sendInThread(
  client: Client,
  channel: string,
  messageId: string,
  title: string,
  body: object,
): Promise<string> {
  try {
    return idOf(await client.rest.post(Routes.channelMessages(messageId), { body }));
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== unknownChannel) throw error;
  }
  try {
    await client.rest.post(Routes.threads(channel, messageId), {
      body: { name: shorten(title, threadName), auto_archive_duration: 4320 },
    });
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (noThreadsHere.has(error.code)) {
      const reply = { ...body, message_reference: { message_id: messageId, fail_if_not_exists: false } };
      return idOf(await client.rest.post(Routes.channelMessages(channel), { body: reply }));
    }
    if (error.code !== threadExists) throw error;
  }
  return idOf(await client.rest.post(Routes.channelMessages(messageId), { body }));
}

/** An edit changes what is there: a lost answer can be repeated, and a post that is gone is nothing to mend. */
function sendOutcome(error: unknown, row: OutboxRow, now: number): SendOutcome {
  const outcome = outcomeOf(error, now);
  if (row.action === 'edit' && outcome.kind === 'unknown') return { kind: 'transient', reason: outcome.reason };
  return outcome;
}

/** Twenty-four characters of the row's hash: Discord takes at most twenty-five. */
export function nonceOf(rowId: string): string {
  return createHash('sha256').update(rowId).digest('base64url').slice(0, 24);
}

function idOf(answer: unknown): string {
  const id: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'id') : undefined;
  if (typeof id !== 'string') throw new Error('Discord’s answer holds no message id');
  return id;
}
