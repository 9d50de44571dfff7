import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
  type RequestData,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { type Arguments, type CommandRunner, isShareable } from '../../core/command.ts';
import { splitLine } from '../../core/command-line.ts';
import type { Message, Reply } from '../../core/message.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { KeptStore, Log } from '../../core/ports.ts';
import { wordForm } from '../../core/word-forms.ts';
import { argumentsOf, askerOf, lineOf, sayIn } from './asking.ts';
import { complete } from './completion.ts';
import { choicePrefix, commandPrefix, sharePrefix } from './components.ts';
import { askWords, formButton, formPrefix, readForm, type Say, subscribeForm } from './forms.ts';
import { keepLongLines, lineBehind } from './long-lines.ts';
import { missingPermissions, type Place, placeOf } from './place.ts';
import { channelOption, formOption, publishOption } from './registration.ts';
import { filesOf, renderPayload, shortened } from './render.ts';
import { type SubscribingParts, setUp } from './subscribing.ts';

export interface InteractionParts extends SubscribingParts {
  runner: CommandRunner;
  /** User ids of this installation's operators. */
  operators: readonly string[];
  phrases: Phrases;
  kept: KeptStore;
  log: Log;
}

const remembered = 1000;

/** Whether an interaction comes for the first time: a gateway that tells one again gets no second answer. */
export function createFirstTimes(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    const isFirst = !seen.has(id);
    seen.add(id);
    for (const oldest of seen) {
      if (seen.size <= remembered) break;
      seen.delete(oldest);
    }
    return isFirst;
  };
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
  const chosen = options.get(channelOption);
  // Rights there are not known where only its id is told.
  const channel = chosen?.channel ?? (chosen?.value === undefined ? null : { id: chosen.value });
  if (name === 'subscribe' && options.get(formOption)?.value === true) {
    const form = subscribeForm(parts.runner.commands, say, String(channel?.id ?? interaction.channelId));
    if (form) {
      await interaction.showModal(form);
      return;
    }
  }
  const form = wordForm(lineOf(name, args), askerOf(interaction, parts.operators));
  if (form) {
    await interaction.showModal(askWords(say, form));
    return;
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const wanted = options.get(publishOption)?.value;
  const publish = typeof wanted === 'boolean' ? wanted : null;
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
    await show(interaction, answerOf(mayNotSpeak(missing, say), say));
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
    ...(isDone && isShareable(name) ? { share: line } : {}),
    form: name === 'help' && asker.manager,
    ...(reply.file === undefined ? {} : { file: reply.file }),
  };
  await keepLongLines(parts.kept, message, how.share);
  await show(interaction, answerOf(message, say, how));
}

const triesAfterMs = [500, 2_000];

/** Shows an answer, and tries it again when Discord is upset: an edit that comes twice changes nothing. */
async function show(
  { applicationId, token, client }: Pick<ChatInputCommandInteraction, 'applicationId' | 'token' | 'client'>,
  answer: Pick<RequestData, 'body' | 'files'>,
): Promise<void> {
  // Not by the library, which fails where it cannot read the message that Discord gives back.
  const edit = () => client.rest.patch(Routes.webhookMessage(applicationId, token), { ...answer, auth: false });
  for (const waitMs of triesAfterMs) {
    try {
      await edit();
      return;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status < 500) throw error;
      await sleep(waitMs);
    }
  }
  await edit();
}

/** A message as an answer: nobody mentioned, the picture with its words, the whole as a file where there is one. */
function answerOf(
  message: Message,
  say: Say,
  how: { share?: string; form?: boolean; file?: NonNullable<Reply['file']> } = {},
): Pick<RequestData, 'body' | 'files'> {
  const share = how.share === undefined ? {} : { share: how.share };
  const payload = renderPayload(message, {
    ...share,
    shareLabel: say('Share here'),
    choiceLabel: say('Choose…'),
    shortened: say(shortened),
  });
  const form =
    how.form === true ? [{ type: 1, components: [formButton('subscribe', say('Choose what to follow'))] }] : [];
  const [files, attachments] = [filesOf(message), payload.attachments ?? []];
  const id = String(files.length);
  const { file } = how;
  const whole = file === undefined ? [] : [{ name: file.name, data: Buffer.from(file.text), key: `files[${id}]` }];
  return {
    body: {
      ...payload,
      components: [...form, ...payload.components].slice(0, 5),
      attachments: [...attachments, ...whole.map(({ name }) => ({ id, filename: name, description: name }))],
    },
    files: [...files, ...whole],
  };
}

/** Buttons carry their command in the custom_id, or what it is kept by: they work after a restart. */
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
  const line = await lineBehind(parts.kept, id.slice(2));
  if (line === null) return tooOld(interaction, say);
  const form = shared ? null : wordForm(line, askerOf(interaction, parts.operators));
  if (form) {
    await interaction.showModal(askWords(say, form));
    return;
  }
  await interaction.deferReply(shared ? {} : { flags: MessageFlags.Ephemeral });
  await runLine(interaction, line, parts, shared);
}

/** What is chosen from a list is a command, as a button's is. */
async function choose(interaction: StringSelectMenuInteraction, parts: InteractionParts): Promise<void> {
  const [value] = interaction.values;
  if (!interaction.customId.startsWith(choicePrefix) || value === undefined) return;
  const line = await lineBehind(parts.kept, value);
  if (line === null) return tooOld(interaction, sayIn(interaction.locale, parts));
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await runLine(interaction, line, parts, false);
}

/** What a button stood for was let go with what is as old. */
async function tooOld(interaction: ButtonInteraction | StringSelectMenuInteraction, say: Say): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await show(interaction, answerOf(problem(say('This button is too old. Please ask again.'), say), say));
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
  const how = {
    ...(!shared && reply.exitCode === 0 && isShareable(name) ? { share: line } : {}),
    ...(reply.file === undefined ? {} : { file: reply.file }),
  };
  await keepLongLines(parts.kept, reply.message, how.share);
  await show(interaction, answerOf(reply.message, sayIn(interaction.locale, parts), how));
}

function mayNotSpeak(missing: readonly string[], say: Say): Message {
  const plain = say(
    `I may not post in that channel yet. Missing: ${missing.join(', ')}. Grant them to me in the channel’s settings, then try again.`,
  );
  return problem(plain, say);
}

function problem(plain: string, say: Say): Message {
  return { title: say('That did not work'), plain, blocks: [{ kind: 'text', lines: [[plain]] }], tone: 'error' };
}
