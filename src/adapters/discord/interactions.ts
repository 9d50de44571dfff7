import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionEditReplyOptions,
  MessageFlags,
  Routes,
} from 'discord.js';
import type { Arguments, Asker, CommandRunner } from '../../core/command.ts';
import type { Message } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import { mayManage, missingPermissions, placeOf } from './place.ts';
import { channelOption } from './registration.ts';
import { commandPrefix, filesOf, renderPayload, sharePrefix } from './render.ts';
import { nonceOf } from './send.ts';
import { shorten } from './text.ts';
import { type Wording, wordingFor } from './wording.ts';

export interface InteractionParts {
  runner: CommandRunner;
  /** User ids of this installation's operators. */
  operators: readonly string[];
  log: Log;
}

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
  const { commandName: name, locale } = interaction;
  const words = wordingFor(locale);
  const place = placeOf(interaction);
  const missing = name === 'subscribe' ? missingPermissions(place) : [];
  if (missing.length > 0) {
    await interaction.editReply(answerOf(problem(words.failed, words.mayNotSpeak(missing.join(', '))), words));
    return;
  }
  const asker = {
    ...askerOf(interaction, operators),
    channel: { platform: 'discord' as const, workspace: interaction.guildId ?? '', id: place.channelId },
    manager: place.manager,
  };
  // As a line, so that lists and choices are checked here as everywhere, and so that it can be shared.
  const line = lineOf(name, argumentsOf(interaction));
  const reply = await runner.line(line, asker);
  const isDone = reply.exitCode === 0;
  const message =
    isDone && name === 'subscribe'
      ? await withTestPost(interaction, place.channelId, reply.message, words)
      : reply.message;
  const share = isDone && questions.has(name) ? { share: line } : {};
  await interaction.editReply(answerOf(message, words, share));
}

/** Says in the channel itself that it is set up: what cannot be posted is told at once, not when news comes. */
async function withTestPost(
  interaction: ChatInputCommandInteraction,
  channelId: string,
  message: Message,
  words: Wording,
): Promise<Message> {
  const test: Message = {
    title: words.setUp,
    plain: message.plain,
    blocks: [{ kind: 'text', lines: [[message.plain]] }],
  };
  const body = { ...renderPayload(test), nonce: nonceOf(interaction.id), enforce_nonce: true };
  try {
    await interaction.client.rest.post(Routes.channelMessages(channelId), { body });
    return message;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...message, blocks: [...message.blocks, { kind: 'note', line: [words.noTestPost(reason)] }] };
  }
}

/** A message as discord.js edits an answer: nobody mentioned, the picture with its words. */
function answerOf(message: Message, words: Wording, how: { share?: string } = {}): InteractionEditReplyOptions {
  const { embeds, components, attachments } = renderPayload(message, { ...how, shareLabel: words.share });
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
  await interaction.editReply(answerOf(reply.message, wordingFor(interaction.locale)));
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

type Asking = ChatInputCommandInteraction | ButtonInteraction | AutocompleteInteraction;

/** Rights are looked at again on every use: what Discord hides in its menus is only a courtesy. */
function askerOf(interaction: Asking, operators: readonly string[]): Asker {
  return {
    userId: interaction.user.id,
    channel: { platform: 'discord', workspace: interaction.guildId ?? '', id: interaction.channelId ?? '' },
    locale: interaction.locale,
    manager: mayManage(interaction.memberPermissions),
    operator: operators.includes(interaction.user.id),
  };
}

function argumentsOf(interaction: ChatInputCommandInteraction): Arguments {
  const given = interaction.options.data.filter(
    (option) =>
      option.name !== channelOption && option.value !== undefined && option.value !== false && option.value !== '',
  );
  return Object.fromEntries(given.map((option) => [option.name, option.value === true ? 'yes' : String(option.value)]));
}

function lineOf(name: string, args: Arguments): string {
  const words = Object.entries(args).map(
    ([option, value]) => `${option}:"${String(value).replaceAll(/["“”„«»]/g, "'")}"`,
  );
  return [`/${name}`, ...words].join(' ');
}

/** Answers that may be asked for again by anybody and change nothing: those can be shared. */
const questions: ReadonlySet<string> = new Set([
  'ban-status',
  'deals',
  'courts',
  'timeline',
  'latest',
  'search',
  'since',
  'story',
]);

function problem(title: string, plain: string): Message {
  return { title, plain, blocks: [{ kind: 'text', lines: [[plain]] }], tone: 'error' };
}
