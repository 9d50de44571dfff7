import { type Client, DiscordAPIError, Events, type Guild, type GuildBasedChannel, Routes } from 'discord.js';
import type { Log } from '../../core/ports.ts';
import { missingPermissions, rightsOfBot } from './place.ts';

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
  /** Channels that follow something, paused ones too: looked at anew whenever the bot comes (back) online. */
  followed?(): Promise<readonly { guild: string; channel: string }[]>;
}

export interface SpeakingParts {
  places: ChannelPlaces;
  log: Log;
}

const unknownChannel = 10_003;
const missingAccess = 50_001;

/** What the bot lacks in a channel to post there, in Discord's words; null where that is not known. */
export function lacking(channel: GuildBasedChannel): readonly string[] | null {
  const rights = rightsOfBot(channel);
  return rights ? missingPermissions({ appPermissions: rights, isThread: channel.isThread() }) : null;
}

function lostReason(missing: readonly string[]): string {
  return `the bot may no longer post there; it lacks ${missing.join(', ')}`;
}

/** Watches where the bot may speak: rights change with channels, roles and the bot's own roles. */
export function watchSpeaking(client: Client, { places, log }: SpeakingParts): void {
  /** Whether it could speak when last looked, by channel. */
  const spoke = new Map<string, boolean>();
  const guarded = (work: () => Promise<void>) => {
    work().catch((error: unknown) => log.warn({ err: error }, 'a change of rights could not be handled'));
  };

  function learn(guild: Guild): void {
    for (const channel of guild.channels.cache.values()) {
      const missing = lacking(channel);
      if (missing) spoke.set(channel.id, missing.length === 0);
    }
  }

  function look(channels: Iterable<GuildBasedChannel>): void {
    for (const channel of channels) {
      const missing = lacking(channel);
      if (!missing) continue;
      const [before, now] = [spoke.get(channel.id), missing.length === 0];
      spoke.set(channel.id, now);
      const place = { guild: channel.guildId, channel: channel.id };
      if (before === true && !now) guarded(() => places.lost(place, lostReason(missing)));
      if (before === false && now) guarded(() => places.back({ guild: place.guild, channels: [place.channel] }));
    }
  }

  const lookAt = (guild: Guild) => look(guild.channels.cache.values());
  client.on(Events.GuildCreate, learn);
  client.on(Events.GuildAvailable, (guild) => {
    lookAt(guild);
    // One that was away at the start was not looked at then.
    if (client.isReady()) guarded(() => reconcile(client, places, guild.id));
  });
  client.on(Events.ChannelCreate, (channel) => look([channel]));
  client.on(Events.ChannelUpdate, (_before, after) => {
    if (!after.isDMBased())
      look([after, ...after.guild.channels.cache.filter((one) => one.parentId === after.id).values()]);
  });
  client.on(Events.GuildRoleUpdate, (_before, role) => lookAt(role.guild));
  client.on(Events.GuildRoleDelete, (role) => lookAt(role.guild));
  client.on(Events.GuildMemberUpdate, (_before, member) => {
    if (member.id === client.user?.id) lookAt(member.guild);
  });
  client.once(Events.ClientReady, () => {
    for (const guild of client.guilds.cache.values()) learn(guild);
    guarded(() => reconcile(client, places));
  });
}

/** What changed while the bot was away: each followed channel is lost, or (back) as it was. */
async function reconcile(client: Client, places: ChannelPlaces, only?: string): Promise<void> {
  for (const { guild: guildId, channel: channelId } of (await places.followed?.()) ?? []) {
    if (guildId !== (only ?? guildId)) continue;
    const guild = client.guilds.cache.get(guildId);
    if (guild?.available !== false) await reconcileChannel(client, { guildId, guild, channelId }, places);
  }
}

async function reconcileChannel(
  client: Client,
  { guildId, guild, channelId }: { guildId: string; guild: Guild | undefined; channelId: string },
  places: ChannelPlaces,
): Promise<void> {
  const channel = guild?.channels.cache.get(channelId);
  const missing = channel ? lacking(channel) : await lackingUnseen(client, channelId);
  if (missing === null) return;
  const gone = guild ? lostReason(missing) : 'the bot is no longer in the server';
  if (missing.length > 0) await places.lost({ guild: guildId, channel: channelId }, gone);
  else await places.back({ guild: guildId, channels: [channelId] });
}

/** The gateway does not tell of archived threads, and some servers of no guilds: then it is asked for the channel. */
async function lackingUnseen(client: Client, channelId: string): Promise<readonly string[] | null> {
  try {
    await client.rest.get(Routes.channel(channelId));
    return [];
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) return null;
    if (error.code === unknownChannel) return ['the channel itself: it was deleted'];
    return error.code === missingAccess ? ['View Channel'] : null;
  }
}
