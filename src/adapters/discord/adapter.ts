import { type Client, Client as DiscordClient, Events, GatewayIntentBits, Routes } from 'discord.js';
import type { CommandRunner } from '../../core/command.ts';
import type { Capabilities, ChatAdapter } from '../../core/delivery.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Log, MetaStore } from '../../core/ports.ts';
import { type ChannelPlaces, followGuilds } from './guilds.ts';
import { handleInteraction } from './interactions.ts';
import { registrationHash, registrationOf } from './registration.ts';
import { sendOutcome, sendRow } from './send.ts';

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
  /** Hears of channels that were deleted or closed to us, and of those that are back. */
  places?: ChannelPlaces;
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

/** Discord through discord.js: REST for messages, so that nonce and mentions are ours; the gateway for commands. */
export function createDiscordAdapter(options: DiscordOptions): ChatAdapter {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const client = new DiscordClient({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    rest: {
      ...(options.apiUrl === undefined ? {} : { api: options.apiUrl.replace(/\/+$/, '') }),
      timeout: timeoutMs,
      // The outbox retries, with the row's own nonce; the client must not wait or repeat on its own.
      retries: 0,
      // Answers to commands do wait: nobody asks for them a second time.
      rejectOnRateLimit: (request) => request.route.startsWith('/channels/') && request.method !== 'GET',
    },
  });
  client.on(Events.Error, (error) => options.log.error({ err: error }, 'gateway error'));
  client.on(Events.ShardDisconnect, (event) => options.log.warn({ code: event.code }, 'gateway disconnected'));
  followGuilds(client, options);
  client.on(Events.InteractionCreate, (interaction) => void handleInteraction(interaction, options));

  return {
    platform: 'discord',
    capabilities,
    start: () => start(client, options),
    stop: () => client.destroy(),
    send: async (row) => {
      try {
        return { kind: 'sent', messageId: await sendRow(client.rest, row, AbortSignal.timeout(timeoutMs)) };
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
