import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionEditReplyOptions,
  MessageFlags,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Arguments, Asker, CommandRunner } from '../../core/command.ts';
import type { Message } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import { channelOption } from './registration.ts';
import { commandPrefix, filesOf, renderPayload, sharePrefix } from './render.ts';
import { shorten } from './text.ts';

export interface InteractionParts {
  runner: CommandRunner;
  /** User ids of this installation's operators. */
  operators: readonly string[];
  log: Log;
}

/** What the bot itself needs in a channel that is to hear of stories, in words. */
const needed = [
  [PermissionFlagsBits.ViewChannel, 'View Channel'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.EmbedLinks, 'Embed Links'],
  [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
  [PermissionFlagsBits.CreatePublicThreads, 'Create Public Threads'],
] as const;

/** Answers every interaction; acknowledges at once, so that no answer comes too late. Never rejects. */
export async function handleInteraction(interaction: Interaction, parts: InteractionParts): Promise<void> {
  try {
    if (interaction.isChatInputCommand()) await answerCommand(interaction, parts);
    else if (interaction.isAutocomplete()) await complete(interaction, parts);
    else if (interaction.isButton()) await press(interaction, parts);
  } catch (error) {
    // The token may have died, or the network: nobody waits for this answer any more.
    parts.log.warn({ err: error, interaction: interaction.type }, 'interaction could not be answered');
  }
}

async function answerCommand(
  interaction: ChatInputCommandInteraction,
  { runner, operators }: InteractionParts,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const place = placeOf(interaction);
  const missing = interaction.commandName === 'subscribe' ? missingPermissions(place.permissions) : [];
  if (missing.length > 0) {
    const plain = `I may not speak in <#${place.channelId}> yet. Missing: ${missing.join(', ')}. Grant them to me there, then try again.`;
    await interaction.editReply(answerOf(problem(plain)));
    return;
  }
  const asker = {
    ...askerOf(interaction, operators),
    channel: { platform: 'discord' as const, workspace: interaction.guildId ?? '', id: place.channelId },
  };
  const args = argumentsOf(interaction);
  const reply = await runner.call(interaction.commandName, args, asker);
  const share =
    reply.exitCode === 0 && isQuestion(interaction.commandName) ? { share: lineOf(interaction.commandName, args) } : {};
  await interaction.editReply(answerOf(reply.message, share));
}

/** A message as discord.js edits an answer: nobody mentioned, the picture with its words. */
function answerOf(message: Message, how: { share?: string } = {}): InteractionEditReplyOptions {
  const { embeds, components, attachments } = renderPayload(message, how);
  const files = filesOf(message).map(({ name, data }, index) => ({
    name,
    attachment: data,
    description: attachments?.[index]?.description ?? '',
  }));
  return { embeds, components, files, allowedMentions: { parse: [] } };
}

/** Buttons carry their command in the custom_id: they work as long as the message stands. */
async function press(interaction: ButtonInteraction, { runner, operators }: InteractionParts): Promise<void> {
  const id = interaction.customId;
  const shared = id.startsWith(sharePrefix);
  if (!shared && !id.startsWith(commandPrefix)) return;
  await interaction.deferReply(shared ? {} : { flags: MessageFlags.Ephemeral });
  const reply = await runner.line(id.slice(2), askerOf(interaction, operators));
  await interaction.editReply(answerOf(reply.message));
}

async function complete(interaction: AutocompleteInteraction, { runner, operators }: InteractionParts): Promise<void> {
  const command = runner.commands.find((each) => each.name === interaction.commandName);
  const focused = interaction.options.getFocused(true);
  // In a list the last word is being typed; the ones before it stay.
  const typed = focused.value.split(/,\s*/);
  const before = typed.slice(0, -1).join(', ');
  const choices = (await command?.complete?.(focused.name, typed.at(-1) ?? '', askerOf(interaction, operators))) ?? [];
  await interaction.respond(
    choices.slice(0, 25).map((choice) => ({
      name: shorten(before === '' ? choice.label : `${before}, ${choice.label}`, 100),
      value: (before === '' ? choice.value : `${before}, ${choice.value}`).slice(0, 100),
    })),
  );
}

function placeOf(interaction: ChatInputCommandInteraction): {
  channelId: string;
  permissions: Readonly<PermissionsBitField> | null;
} {
  const chosen = interaction.options.resolved?.channels?.get(
    interaction.options.get(channelOption)?.value?.toString() ?? '',
  );
  if (!chosen) return { channelId: interaction.channelId, permissions: interaction.appPermissions };
  const me = interaction.guild?.members.me;
  const permissions = me && 'permissionsFor' in chosen ? chosen.permissionsFor(me) : null;
  return { channelId: chosen.id, permissions };
}

function missingPermissions(permissions: Readonly<PermissionsBitField> | null): string[] {
  if (!permissions) return [];
  return needed.filter(([bit]) => !permissions.has(bit)).map(([, name]) => name);
}

type Asking = ChatInputCommandInteraction | ButtonInteraction | AutocompleteInteraction;

/** Rights are looked at again on every use: what Discord hides in its menus is only a courtesy. */
function askerOf(interaction: Asking, operators: readonly string[]): Asker {
  const rights = interaction.memberPermissions;
  return {
    userId: interaction.user.id,
    channel: { platform: 'discord', workspace: interaction.guildId ?? '', id: interaction.channelId ?? '' },
    locale: interaction.locale,
    manager: rights?.any(PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageGuild) ?? false,
    operator: operators.includes(interaction.user.id),
  };
}

function argumentsOf(interaction: ChatInputCommandInteraction): Arguments {
  const given = interaction.options.data.filter(
    (option) => option.name !== channelOption && option.value !== undefined && option.value !== false,
  );
  return Object.fromEntries(given.map((option) => [option.name, option.value === true ? 'yes' : String(option.value)]));
}

function lineOf(name: string, args: Arguments): string {
  const words = Object.entries(args).map(([option, value]) => `${option}:"${String(value).replaceAll('"', '')}"`);
  return [`/${name}`, ...words].join(' ');
}

/** Answers worth showing to others; settings of a channel are not. */
function isQuestion(name: string): boolean {
  return !['subscribe', 'unsubscribe', 'subscriptions', 'help'].includes(name);
}

function problem(plain: string): Message {
  return { title: 'That did not work', plain, blocks: [{ kind: 'text', lines: [[plain]] }], tone: 'error' };
}
