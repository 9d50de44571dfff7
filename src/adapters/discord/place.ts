import { ChannelType, type ChatInputCommandInteraction, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { channelOption } from './registration.ts';

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
export function placeOf(interaction: ChatInputCommandInteraction): Place {
  const { channel, channelId, memberPermissions, appPermissions } = interaction;
  const chosen: unknown = interaction.options.get(channelOption)?.channel;
  if (typeof chosen !== 'object' || chosen === null) {
    const isThread = threadTypes.has(channel?.type);
    return { channelId, isThread, manager: mayManage(memberPermissions), appPermissions };
  }
  const own = permissionsIn(chosen, 'permissions', 'permissions');
  return {
    channelId: String(Reflect.get(chosen, 'id')),
    isThread: threadTypes.has(Reflect.get(chosen, 'type')),
    // Who manages one channel does not for that manage another.
    manager: own ? mayManage(own) : (memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false),
    appPermissions: permissionsIn(chosen, 'appPermissions', 'app_permissions'),
  };
}

/** Whether these rights let somebody say what a channel follows. */
export function mayManage(rights: Readonly<PermissionsBitField> | null): boolean {
  return rights?.any(PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageGuild) ?? false;
}

/** What the bot lacks to post there, in Discord's own words. */
export function missingPermissions({ appPermissions, isThread }: Place): readonly string[] {
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
