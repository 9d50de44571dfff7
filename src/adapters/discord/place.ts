import {
  type ButtonInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  GuildChannel,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  PermissionsBitField,
  ThreadChannel,
} from 'discord.js';

/** Where a command is to have its effect, and who may do what there. */
export interface Place {
  channelId: string;
  isThread: boolean;
  /** The asker manages this very channel. */
  manager: boolean;
  /** What the bot may do there; null when Discord did not say. */
  appPermissions: Readonly<PermissionsBitField> | null;
}

const threadTypes = new Set<unknown>([
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]);

/** The channel that was chosen, else the one where the command was used. Rights are those in that channel. */
export function placeOf(
  interaction: ChatInputCommandInteraction | ModalSubmitInteraction | ButtonInteraction,
  chosen: unknown,
): Place {
  const { channel, channelId, memberPermissions } = interaction;
  // The library makes none of what was not told.
  const appPermissions = interaction.appPermissions.bitfield === 0n ? rightsOfBot(channel) : interaction.appPermissions;
  const here = {
    channelId: channelId ?? '',
    isThread: threadTypes.has(channel?.type),
    manager: mayManage(memberPermissions),
    appPermissions,
  };
  if (typeof chosen !== 'object' || chosen === null) return here;
  const id = String(Reflect.get(chosen, 'id'));
  // A form names the channel that it was opened in, too, and Discord may not repeat the rights there.
  const own = permissionsIn(chosen, 'permissions', 'permissions') ?? (id === channelId ? memberPermissions : null);
  return {
    channelId: id,
    isThread: threadTypes.has(Reflect.get(chosen, 'type')),
    // Who manages one channel does not for that manage another.
    manager: own ? mayManage(own) : (memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false),
    appPermissions:
      permissionsIn(chosen, 'appPermissions', 'app_permissions') ??
      (id === channelId ? appPermissions : rightsOfBot(chosen)),
  };
}

/** The bot's rights as the gateway told them; null where it told too little. */
export function rightsOfBot(channel: unknown): Readonly<PermissionsBitField> | null {
  if (!(channel instanceof GuildChannel || channel instanceof ThreadChannel)) return null;
  const { me } = channel.guild.members;
  try {
    return me && channel.permissionsFor(me);
  } catch {
    return null;
  }
}

/** Whether these rights let somebody say what a channel follows. */
export function mayManage(rights: Readonly<PermissionsBitField> | null): boolean {
  return rights?.any(PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageGuild) ?? false;
}

/** What the bot lacks to post there, in Discord's own words. */
export function missingPermissions({
  appPermissions,
  isThread,
}: Pick<Place, 'appPermissions' | 'isThread'>): readonly string[] {
  const needed: readonly (readonly [bigint, string])[] = [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    isThread
      ? [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads']
      : [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  ];
  return appPermissions ? needed.filter(([bit]) => !appPermissions.has(bit)).map(([, name]) => name) : [];
}

/** discord.js gives rights as a field of bits on channels that it knows, else as Discord's decimal string. */
function permissionsIn(channel: object, known: string, raw: string): Readonly<PermissionsBitField> | null {
  const given: unknown = Reflect.get(channel, known) ?? Reflect.get(channel, raw);
  if (given instanceof PermissionsBitField) return given;
  return typeof given === 'string' && /^\d+$/.test(given) ? new PermissionsBitField(BigInt(given)) : null;
}
