import { type Client, Events, type Guild, PermissionFlagsBits, Routes } from 'discord.js';
import type { Message } from '../../core/message.ts';
import type { Log, MetaStore } from '../../core/ports.ts';
import { renderPayload } from './render.ts';
import { nonceOf } from './send.ts';
import { wordingFor } from './wording.ts';

/** A whole guild when `channel` is null. */
export interface LostPlace {
  guild: string;
  channel: string | null;
}

/** What follows when channels come and go: subscriptions pause and resume. */
export interface ChannelPlaces {
  lost(place: LostPlace, reason: string): Promise<void>;
  /** Every channel of a guild that was joined, or one that the bot may speak in again. */
  back(place: { guild: string; channels: readonly string[] }): Promise<void>;
}

export interface GuildParts {
  meta: MetaStore;
  log: Log;
  places?: ChannelPlaces;
}

const speaking = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.EmbedLinks,
] as const;

/** Greets a guild that was joined, and passes on which places are gone or back. An outage is neither. */
export function followGuilds(client: Client, parts: GuildParts): void {
  const { log, places } = parts;
  const guarded = (what: string, work: () => Promise<void>) => {
    work().catch((error: unknown) => log.warn({ err: error, event: what }, 'guild event could not be handled'));
  };
  client.on(Events.GuildCreate, (guild) => {
    guarded('guild joined', () => welcome(client, guild, parts));
    guarded('guild joined', async () => places?.back({ guild: guild.id, channels: [...guild.channels.cache.keys()] }));
  });
  client.on(Events.GuildDelete, (guild) =>
    guarded('guild left', async () =>
      places?.lost({ guild: guild.id, channel: null }, 'the bot was removed from the server'),
    ),
  );
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased()) return;
    const place = { guild: channel.guildId, channel: channel.id };
    guarded('channel deleted', async () => places?.lost(place, 'the channel was deleted'));
  });
  client.on(Events.ThreadDelete, (thread) => {
    const place = { guild: thread.guildId, channel: thread.id };
    guarded('thread deleted', async () => places?.lost(place, 'the thread was deleted'));
  });
  client.on(Events.ChannelUpdate, (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    const me = after.guild.members.me;
    const may = (channel: typeof after) => (me ? channel.permissionsFor(me)?.has(speaking) : null) ?? null;
    if (may(before) !== false || !may(after)) return;
    guarded('channel opened', async () => places?.back({ guild: after.guildId, channels: [after.id] }));
  });
}

/** Once a guild, in its system channel, and only where the bot may speak: it never looks for another place to talk. */
async function welcome(client: Client, guild: Guild, { meta, log }: GuildParts): Promise<void> {
  const key = `discord-welcomed:${guild.id}`;
  const channel = guild.systemChannel;
  const me = guild.members.me;
  if (!channel || !me || !channel.permissionsFor(me).has(speaking) || (await meta.get(key)) !== null) return;
  const body = { ...renderPayload(welcomeMessage(guild.preferredLocale)), nonce: nonceOf(key), enforce_nonce: true };
  await client.rest.post(Routes.channelMessages(channel.id), { body });
  await meta.set(key, channel.id);
  log.info({ guild: guild.id }, 'welcomed');
}

/** The first step, in the guild's language. */
export function welcomeMessage(locale: string): Message {
  const words = wordingFor(locale);
  return {
    title: words.welcome,
    plain: words.firstSteps[1] ?? words.welcome,
    blocks: [{ kind: 'text', lines: words.firstSteps.map((line) => [line]) }],
    actions: [{ kind: 'command', label: '/help', command: '/help' }],
    tone: 'neutral',
  };
}
