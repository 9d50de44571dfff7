import { ChannelType, type Client, Events, type Guild, type GuildTextBasedChannel, Routes } from 'discord.js';
import type { Message } from '../../core/message.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { Log, MetaStore } from '../../core/ports.ts';
import { formButton } from './forms.ts';
import { type Payload, renderPayload } from './render.ts';
import { nonceOf } from './send.ts';
import { type ChannelPlaces, lacking, watchSpeaking } from './speaking.ts';

export interface GuildParts {
  meta: MetaStore;
  phrases: Phrases;
  log: Log;
  places?: ChannelPlaces;
}

/**
 * Greets a guild that was joined, while the bot ran or before its first start, and passes on which places are gone or
 * back. An outage is neither.
 */
export function followGuilds(client: Client, parts: GuildParts): void {
  const { log, places } = parts;
  const guarded = (what: string, work: () => Promise<void>) => {
    work().catch((error: unknown) => log.warn({ err: error, event: what }, 'guild event could not be handled'));
  };
  for (const event of [Events.GuildCreate, Events.GuildAvailable] as const)
    client.on(event, (guild) => guarded('guild joined', () => welcome(client, guild, parts)));
  if (!places) return;
  watchSpeaking(client, { places, log });
  client.on(Events.GuildCreate, (guild) =>
    guarded('guild joined', () => places.back({ guild: guild.id, channels: [...guild.channels.cache.keys()] })),
  );
  client.on(Events.GuildDelete, (guild) =>
    guarded('guild left', () => places.lost({ guild: guild.id, channel: null }, 'the bot was removed from the server')),
  );
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased()) return;
    guarded('channel deleted', () =>
      places.lost({ guild: channel.guildId, channel: channel.id }, 'the channel was deleted'),
    );
  });
  client.on(Events.ThreadDelete, (thread) =>
    guarded('thread deleted', () =>
      places.lost({ guild: thread.guildId, channel: thread.id }, 'the thread was deleted'),
    ),
  );
  leaveUnlisted(client, places, guarded);
}

/** A session that begins anew lists the guilds that the bot is still in: no event tells of the others. */
function leaveUnlisted(
  client: Client,
  places: ChannelPlaces,
  guarded: (what: string, work: () => Promise<void>) => void,
): void {
  client.on(Events.Raw, (packet: { t?: string; d?: unknown }, shardId: number) => {
    if (packet.t !== 'READY') return;
    const listed: unknown = Reflect.get(Object(packet.d), 'guilds');
    const still = new Set(
      (Array.isArray(listed) ? listed : []).map((guild) => String(Reflect.get(Object(guild), 'id'))),
    );
    for (const guild of client.guilds.cache.filter((one) => one.shardId === shardId && !still.has(one.id)).values()) {
      client.guilds.cache.delete(guild.id);
      guarded('guild left', () =>
        places.lost({ guild: guild.id, channel: null }, 'the bot was removed from the server'),
      );
    }
  });
}

/** Once a guild that follows nothing: in its system channel, else in the first text channel where the bot may speak. */
async function welcome(client: Client, guild: Guild, { meta, phrases, log, places }: GuildParts): Promise<void> {
  const key = `discord-welcomed:${guild.id}`;
  const channel = placeToGreet(guild);
  if (!channel || (await meta.get(key)) !== null) return;
  if ((await places?.followed?.())?.some((one) => one.guild === guild.id)) return;
  const body = { ...welcomePayload(phrases, guild.preferredLocale), nonce: nonceOf(key), enforce_nonce: true };
  await client.rest.post(Routes.channelMessages(channel.id), { body });
  await meta.set(key, channel.id);
  log.info({ guild: guild.id }, 'welcomed');
}

function placeToGreet(guild: Guild): GuildTextBasedChannel | null {
  const texts = [...guild.channels.cache.filter((channel) => channel.type === ChannelType.GuildText).values()];
  texts.sort((a, b) => a.rawPosition - b.rawPosition);
  return [guild.systemChannel, ...texts].find((channel) => channel && (lacking(channel) ?? []).length === 0) ?? null;
}

/** The welcome as it is posted, in the guild's language, with a button that opens the form for a subscription. */
export function welcomePayload(phrases: Phrases, locale: string): Payload {
  const payload = renderPayload(phrases.message(welcomeMessage, locale));
  payload.components[0]?.components.unshift(formButton('subscribe', phrases.text('Choose what to follow', locale)));
  return payload;
}

const firstSteps = [
  'I watch news and government feeds for US travel bans and deportation deals, and say how sure each report is.',
  'First step: somebody who manages a channel types /subscribe there, or chooses one with its channel option.',
  'Anybody can ask: /ban-status, /timeline, /deals, /help. Answers are private until you share them.',
  'Information, not legal advice. I read no messages.',
];

const welcomeMessage: Message = {
  title: 'Hello, this is Borderwire',
  plain: firstSteps[1] ?? '',
  blocks: [{ kind: 'text', lines: firstSteps.map((line) => [line]) }],
  actions: [{ kind: 'command', label: '/help', command: '/help' }],
  tone: 'neutral',
};
