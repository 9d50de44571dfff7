import { Client as DiscordClient, Events, GatewayIntentBits, Routes } from 'discord.js';
import type { CommandRunner } from '../../core/command.ts';
import { type Capabilities, type ChatAdapter, unrenderable } from '../../core/delivery.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { KeptStore, Log, MetaStore } from '../../core/ports.ts';
import { kindOf, publishes } from './channels.ts';
import { apiOf, connect, refusalOf } from './connect.ts';
import { followGuilds } from './guilds.ts';
import { createFirstTimes, handleInteraction } from './interactions.ts';
import { followLimits } from './limits.ts';
import { keepLongLines } from './long-lines.ts';
import { readGateway, readSafely } from './packets.ts';
import { toPerson } from './person.ts';
import { createPublisher } from './publishing.ts';
import { reconcileRow } from './reconcile.ts';
import { renderPayload } from './render.ts';
import { sendOutcome, sendRow } from './send.ts';
import type { ChannelPlaces } from './speaking.ts';

export interface DiscordOptions {
  token: string;
  /** REST base without a version, such as https://discord.com/api; Discord's own when absent. */
  apiUrl?: string;
  /** Commands are registered in this guild alone, where they appear at once. */
  testGuild?: string;
  operators: readonly string[];
  runner: CommandRunner;
  meta: MetaStore;
  kept: KeptStore;
  /** Our words in other languages. */
  phrases: Phrases;
  log: Log;
  now: () => number;
  /** Hears of channels that were deleted or closed to us, and of those that are back. */
  places?: ChannelPlaces;
  /** Milliseconds before Discord is asked again when it is down at the start; doubles to a minute. */
  firstWaitMs?: number;
  /** Milliseconds for one request. */
  timeoutMs?: number;
}

/**
 * Discord folds a repeated nonce into the first message for some minutes; two are safe. Fifty requests a second are its
 * limit for everything; those of a channel it tells with its answers.
 */
const capabilities: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 120_000,
  history: true,
  maxMessageCharacters: 6000,
  pace: { channel: { count: 5, perMs: 5_000 }, global: { count: 50, perMs: 1_010 }, threads: 'own' },
};

/** Discord through discord.js: REST for messages, so that nonce and mentions are ours; the gateway for commands. */
export function createDiscordAdapter(options: DiscordOptions): ChatAdapter {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const stopping = new AbortController();
  const client: DiscordClient = new DiscordClient({
    ws: { buildStrategy: readSafely(() => client, options.log) },
    intents: [GatewayIntentBits.Guilds],
    // As many connections as Discord recommends, all in this process: they share one database and one outbox.
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: {
      ...apiOf(options),
      timeout: timeoutMs,
      // The outbox retries, with the row's own nonce; the client must not wait or repeat on its own.
      retries: 0,
      // The outbox keeps the pace of messages; answers to commands do not count to Discord's 50 a second.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      // Answers to commands do wait: nobody asks for them a second time.
      rejectOnRateLimit: (request) => request.route.startsWith('/channels/') && request.method !== 'GET',
    },
  });
  // Who only delivers never connects.
  client.rest.setToken(options.token);
  client.on(Events.Error, (error) => options.log.error({ err: error }, 'gateway error'));
  client.on(Events.ShardError, (error) => options.log.warn({ err: error }, 'gateway connection failed'));
  client.on(Events.ShardDisconnect, ({ code }) =>
    options.log.error({ code, err: refusalOf(code) }, 'gateway connection ended; commands are not answered there'),
  );
  readGateway(client.rest, options.now);
  followGuilds(client, options);
  const publisher = createPublisher({ ...options, rest: client.rest });
  const sending = {
    rest: client.rest,
    kindOf: (channelId: string) => kindOf(client, channelId),
    publishes: (channelId: string) => publishes(options.meta, channelId),
    publish: (channelId: string, messageId: string) => publisher.publish(channelId, messageId),
  };
  const parts = { ...options, sending, timeoutMs };
  const isFirst = createFirstTimes();
  client.on(Events.InteractionCreate, (interaction) => {
    if (isFirst(interaction.id)) void handleInteraction(interaction, parts);
  });

  const self = async (): Promise<string> => {
    const user: unknown = client.user ?? (await client.rest.get(Routes.user()));
    return String(Reflect.get(Object(user), 'id'));
  };
  const limits = followLimits(client.rest, options.now);

  return {
    platform: 'discord',
    capabilities,
    start: async () => {
      void publisher.resume();
      await connect(client, options, stopping.signal);
    },
    stop: async () => {
      stopping.abort();
      publisher.stop();
      await client.destroy();
    },
    send: async (given) => {
      let row = given;
      const fault = unrenderable(() => renderPayload(row.message));
      if (fault) return fault;
      // Who only delivers is never started.
      void publisher.resume();
      try {
        await keepLongLines(options.kept, row.message);
        row = await toPerson(client.rest, given);
        const messageId = await sendRow({ ...sending, signal: AbortSignal.timeout(timeoutMs) }, row);
        return limits.complete(row, { kind: 'sent', messageId });
      } catch (error) {
        return limits.complete(row, sendOutcome(error, row, options.now()));
      }
    },
    reconcile: (row) => {
      const isForum = (channelId: string) => kindOf(client, channelId).kind === 'forum';
      return reconcileRow({ rest: client.rest, self, isForum }, row);
    },
    reachable: () => {
      // The client drops a token that was refused once, though that may pass.
      client.rest.setToken(options.token);
      return client.rest.get(Routes.gatewayBot()).then(
        () => true,
        () => false,
      );
    },
  };
}
