import {
  type ButtonInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { isShareable } from '../../core/command.ts';
import { splitLine } from '../../core/command-line.ts';
import { wordForm } from '../../core/word-forms.ts';
import { type InteractionParts, problem, tell } from './answering.ts';
import { askerOf, sayIn } from './asking.ts';
import { choicePrefix, commandPrefix, sharePrefix } from './components.ts';
import { askWords, formPrefix, type Say, subscribeForm } from './forms.ts';
import { lineBehind } from './long-lines.ts';

/** Buttons carry their command in the custom_id, or what it is kept by: they work after a restart. */
export async function press(interaction: ButtonInteraction, parts: InteractionParts): Promise<void> {
  const { customId: id } = interaction;
  const say = sayIn(interaction.locale, parts);
  if (id.startsWith(formPrefix)) {
    const form = subscribeForm(parts.runner.commands, say, interaction.channelId);
    if (form) await interaction.showModal(form);
    return;
  }
  const shared = id.startsWith(sharePrefix);
  const line = shared || id.startsWith(commandPrefix) ? await lineBehind(parts.kept, id.slice(2)) : null;
  if (line === null) return tooOld(interaction, say, parts);
  const form = shared ? null : wordForm(line, askerOf(interaction, parts.operators));
  if (form) {
    await interaction.showModal(askWords(say, form));
    return;
  }
  await interaction.deferReply(shared ? {} : { flags: MessageFlags.Ephemeral });
  await runLine(interaction, line, parts, shared);
}

/** What is chosen from a list is a command, as a button's is. */
export async function choose(interaction: StringSelectMenuInteraction, parts: InteractionParts): Promise<void> {
  const [value] = interaction.values;
  const isOurs = interaction.customId.startsWith(choicePrefix) && value !== undefined;
  const line = isOurs ? await lineBehind(parts.kept, value) : null;
  if (line === null) return tooOld(interaction, sayIn(interaction.locale, parts), parts);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await runLine(interaction, line, parts, false);
}

/** What a button stood for was let go with what is as old, or is of a version that no longer runs. */
export async function tooOld(
  interaction: ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction,
  say: Say,
  parts: InteractionParts,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await tell(interaction, parts, problem(say('This button is too old. Please ask again.'), say), say);
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
  await tell(interaction, parts, reply.message, sayIn(interaction.locale, parts), how);
}
