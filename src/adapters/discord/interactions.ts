import {
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { type Arguments, isShareable } from '../../core/command.ts';
import type { Message } from '../../core/message.ts';
import { wordForm } from '../../core/word-forms.ts';
import { type InteractionParts, problem, tell } from './answering.ts';
import { argumentsOf, askerOf, lineOf, sayIn } from './asking.ts';
import { complete } from './completion.ts';
import { askWords, formPrefix, readForm, type Say, subscribeForm } from './forms.ts';
import { missingPermissions, type Place, placeOf } from './place.ts';
import { choose, press, tooOld } from './pressing.ts';
import { channelOption, formOption, publishOption } from './registration.ts';
import { setUp } from './subscribing.ts';

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
  if (!interaction.customId.startsWith(formPrefix)) return tooOld(interaction, sayIn(interaction.locale, parts), parts);
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
    await tell(interaction, parts, mayNotSpeak(missing, say), say);
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
  await tell(interaction, parts, message, say, how);
}

function mayNotSpeak(missing: readonly string[], say: Say): Message {
  const plain = say(
    `I may not post in that channel yet. Missing: ${missing.join(', ')}. Grant them to me in the channel’s settings, then try again.`,
  );
  return problem(plain, say);
}
