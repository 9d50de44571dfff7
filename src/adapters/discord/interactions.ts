import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionEditReplyOptions,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Arguments, Asker, CommandRunner } from '../../core/command.ts';
import { splitLine } from '../../core/command-line.ts';
import type { Message, Reply } from '../../core/message.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { Log } from '../../core/ports.ts';
import { complete } from './completion.ts';
import { choicePrefix, commandPrefix, sharePrefix } from './components.ts';
import { formButton, formPrefix, readForm, reportForm, type Say, subscribeForm } from './forms.ts';
import { mayManage, missingPermissions, type Place, placeOf } from './place.ts';
import { channelOption, formOption, publishOption } from './registration.ts';
import { filesOf, renderPayload } from './render.ts';
import { type SubscribingParts, setUp } from './subscribing.ts';

export interface InteractionParts extends SubscribingParts {
  runner: CommandRunner;
  /** User ids of this installation's operators. */
  operators: readonly string[];
  phrases: Phrases;
  log: Log;
}

/** Answers every interaction; acknowledges at once, so that no answer comes too late. Never rejects. */
export async function handleInteraction(interaction: Interaction, parts: InteractionParts): Promise<void> {
  try {
    if (interaction.isChatInputCommand()) await answerCommand(interaction, parts);
    else if (interaction.isAutocomplete())
      await complete(interaction, parts.runner, askerOf(interaction, parts.operators));
    else if (interaction.isButton()) await press(interaction, parts);
    else if (interaction.isStringSelectMenu()) await choose(interaction, parts);
    else if (interaction.isModalSubmit()) await submit(interaction, parts);
  } catch (error) {
    // The token may have died, or the network: nobody waits for this answer any more.
    parts.log.warn({ err: error, interaction: interaction.type }, 'interaction could not be answered');
  }
}

async function answerCommand(interaction: ChatInputCommandInteraction, parts: InteractionParts): Promise<void> {
  const { commandName: name, options, locale } = interaction;
  const say = sayIn(locale, parts);
  const args = argumentsOf(interaction);
  const channel = options.get(channelOption)?.channel;
  if (name === 'subscribe' && options.getBoolean(formOption) === true) {
    const form = subscribeForm(parts.runner.commands, say, channel?.id ?? interaction.channelId);
    if (form) {
      await interaction.showModal(form);
      return;
    }
  }
  if (name === 'report' && args['what-is-wrong'] === undefined) {
    await interaction.showModal(reportForm(say, String(args['answer-to'] ?? '')));
    return;
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const publish = name === 'subscribe' ? options.getBoolean(publishOption) : null;
  await answer(interaction, { name, args, place: placeOf(interaction, channel), publish }, parts);
}

async function submit(interaction: ModalSubmitInteraction, parts: InteractionParts): Promise<void> {
  if (!interaction.customId.startsWith(formPrefix)) return;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { command: name, args, chosen } = readForm(interaction);
  await answer(interaction, { name, args, place: placeOf(interaction, chosen), publish: null }, parts);
}

interface Asked {
  name: string;
  args: Arguments;
  place: Place;
  /** Whether alerts are to be published from an announcement channel; null when that was not said. */
  publish: boolean | null;
}

async function answer(
  interaction: ChatInputCommandInteraction | ModalSubmitInteraction,
  { name, args, place, publish }: Asked,
  parts: InteractionParts,
): Promise<void> {
  const say = sayIn(interaction.locale, parts);
  const missing = name === 'subscribe' ? missingPermissions(place) : [];
  if (missing.length > 0) {
    await interaction.editReply(answerOf(mayNotSpeak(missing, say), say));
    return;
  }
  const channel = { platform: 'discord' as const, workspace: interaction.guildId ?? '', id: place.channelId };
  const asker = { ...askerOf(interaction, parts.operators), channel, manager: place.manager };
  // As a line, so that lists and choices are checked here as everywhere, and so that it can be shared.
  const line = lineOf(name, args);
  const reply = await parts.runner.line(line, asker);
  const isDone = reply.exitCode === 0;
  const message =
    isDone && name === 'subscribe'
      ? await setUp(parts, { id: interaction.id, channel, publish }, reply.message, say)
      : reply.message;
  const how = {
    ...(isDone && questions.has(name) ? { share: line } : {}),
    form: name === 'help' && asker.manager,
    ...(reply.file === undefined ? {} : { file: reply.file }),
  };
  await interaction.editReply(answerOf(message, say, how));
}

/** A message as discord.js edits an answer: nobody mentioned, the picture with its words. */
function answerOf(
  message: Message,
  say: Say,
  how: { share?: string; form?: boolean; file?: NonNullable<Reply['file']> } = {},
): InteractionEditReplyOptions {
  const share = how.share === undefined ? {} : { share: how.share };
  const { embeds, components, attachments } = renderPayload(message, {
    ...share,
    shareLabel: say('Share here'),
    choiceLabel: say('Choose…'),
  });
  const files = filesOf(message).map(({ name, data }, index) => ({
    name,
    attachment: data,
    description: attachments?.[index]?.description ?? '',
  }));
  const form =
    how.form === true
      ? [{ type: 1 as const, components: [formButton('subscribe', say('Choose what to follow'))] }]
      : [];
  const { file } = how;
  const whole = file === undefined ? [] : [{ name: file.name, attachment: Buffer.from(file.text) }];
  return {
    embeds,
    components: [...form, ...components].slice(0, 5),
    files: [...files, ...whole],
    allowedMentions: { parse: [] },
  };
}

/** Buttons carry their command in the custom_id: they work as long as the message stands. */
async function press(interaction: ButtonInteraction, parts: InteractionParts): Promise<void> {
  const { customId: id } = interaction;
  const say = sayIn(interaction.locale, parts);
  if (id.startsWith(formPrefix)) {
    const form = subscribeForm(parts.runner.commands, say, interaction.channelId);
    if (form) await interaction.showModal(form);
    return;
  }
  const shared = id.startsWith(sharePrefix);
  if (!shared && !id.startsWith(commandPrefix)) return;
  const line = id.slice(2);
  const about = shared ? null : reportedAnswer(line);
  if (about !== null) {
    await interaction.showModal(reportForm(say, about));
    return;
  }
  await interaction.deferReply(shared ? {} : { flags: MessageFlags.Ephemeral });
  await runLine(interaction, line, parts, shared);
}

/** What is chosen from a list is a command, as a button's is. */
async function choose(interaction: StringSelectMenuInteraction, parts: InteractionParts): Promise<void> {
  const [line] = interaction.values;
  if (!interaction.customId.startsWith(choicePrefix) || line === undefined) return;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await runLine(interaction, line, parts, false);
}

async function runLine(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  line: string,
  parts: InteractionParts,
  shared: boolean,
): Promise<void> {
  const { runner, operators } = parts;
  const reply = await runner.line(line, askerOf(interaction, operators));
  const name = splitLine(line)?.name ?? '';
  const share = !shared && reply.exitCode === 0 && questions.has(name) ? { share: line } : {};
  await interaction.editReply(answerOf(reply.message, sayIn(interaction.locale, parts), share));
}

/** The answer that a “report” button stands under; null for every other command. */
function reportedAnswer(line: string): string | null {
  const match = /^\/report\b(?:\s+answer-to:"([^"]*)")?\s*$/.exec(line);
  return match ? (match[1] ?? '') : null;
}

/** Rights are looked at again on every use: what Discord hides in its menus is only a courtesy. */
function askerOf(
  interaction: Pick<
    AutocompleteInteraction | ButtonInteraction | ModalSubmitInteraction,
    'user' | 'guildId' | 'channelId' | 'locale' | 'memberPermissions'
  >,
  operators: readonly string[],
): Asker {
  return {
    userId: interaction.user.id,
    channel: { platform: 'discord', workspace: interaction.guildId ?? '', id: interaction.channelId ?? '' },
    locale: interaction.locale,
    manager: mayManage(interaction.memberPermissions),
    operator: operators.includes(interaction.user.id),
  };
}

const ownOptions: ReadonlySet<string> = new Set([channelOption, publishOption, formOption]);

function argumentsOf(interaction: ChatInputCommandInteraction): Arguments {
  const given = interaction.options.data.filter(
    (option) =>
      !ownOptions.has(option.name) && option.value !== undefined && option.value !== false && option.value !== '',
  );
  return Object.fromEntries(given.map((option) => [option.name, option.value === true ? 'yes' : String(option.value)]));
}

function lineOf(name: string, args: Arguments): string {
  const words = Object.entries(args).map(
    ([option, value]) => `${option}:"${String(value).replaceAll(/["“”„«»]/g, "'")}"`,
  );
  return [`/${name}`, ...words].join(' ');
}

/** Whether a command's answer may be shared with all. */
export function isShareable(command: string): boolean {
  return questions.has(command);
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

function sayIn(locale: string, { phrases }: Pick<InteractionParts, 'phrases'>): Say {
  return (english) => phrases.text(english, locale);
}

function mayNotSpeak(missing: readonly string[], say: Say): Message {
  const plain = say(
    `I may not post in that channel yet. Missing: ${missing.join(', ')}. Grant them to me in the channel’s settings, then try again.`,
  );
  return { title: say('That did not work'), plain, blocks: [{ kind: 'text', lines: [[plain]] }], tone: 'error' };
}
