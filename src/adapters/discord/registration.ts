import { createHash } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, CommandOption } from '../../core/command.ts';
import { postable } from './channels.ts';
import { localisedDescriptions, localisedNames } from './localisations.ts';
import { shorten } from './text.ts';

/** Name of the option with which a manager chooses another channel than the one they are in. */
export const channelOption = 'channel';
/** Options of /subscribe that only Discord has: publish to followers of an announcement channel; choose in a form. */
export const publishOption = 'publish';
export const formOption = 'form';

/** Discord asks for every bit named here, so there is one; the rights are looked at again when a command is used. */
const managers = PermissionFlagsBits.ManageChannels.toString();
const mostChoices = 25;

type OptionBody = NonNullable<RESTPostAPIChatInputApplicationCommandsJSONBody['options']>[number];

/** The commands as Discord registers them: guilds only, required options first, managers' commands hidden from members. */
export function registrationOf(commands: readonly Command[]): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  return commands.map((command) => {
    const options = command.options.map((option) => optionOf(option, command));
    if (command.access === 'manager') options.push(channelChoice(command.name));
    if (command.name === 'subscribe') {
      options.push(flag(publishOption, 'publish alerts to the servers that follow this announcement channel'));
      options.push(flag(formOption, 'choose in a form instead'));
    }
    return {
      name: command.name,
      ...localisedNames(command.name),
      ...described(command.summary, command.name),
      type: 1,
      options: options.toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false)),
      default_member_permissions: command.access === 'manager' ? managers : null,
      contexts: [0],
      integration_types: [0],
    };
  });
}

/** Changes when what is registered changes, and only then. */
export function registrationHash(commands: readonly Command[]): string {
  return createHash('sha256')
    .update(JSON.stringify(registrationOf(commands)))
    .digest('base64url');
}

function described(summary: string, command: string, option?: string) {
  const description = shorten(summary, 100);
  return { description, ...localisedDescriptions(description, command, option) };
}

function optionOf(option: CommandOption, command: Command): OptionBody {
  const base = {
    name: option.name,
    ...described(option.summary, command.name, option.name),
    required: option.required ?? false,
  };
  if (option.type === 'flag') return { ...base, type: ApplicationCommandOptionType.Boolean };
  if (option.type === 'number') return { ...base, type: ApplicationCommandOptionType.Integer, min_value: 1 };
  const choices = option.many
    ? undefined
    : option.choices
        ?.slice(0, mostChoices)
        .map((choice) => ({ name: shorten(choice.label, 100), value: choice.value }));
  if (choices && choices.length > 0) return { ...base, type: ApplicationCommandOptionType.String, choices };
  const autocomplete = 'complete' in command && (option.type === 'country' || option.type === 'text');
  return {
    ...base,
    type: ApplicationCommandOptionType.String,
    max_length: 200,
    ...(autocomplete ? { autocomplete: true } : {}),
  };
}

function flag(name: string, summary: string): OptionBody {
  const type = ApplicationCommandOptionType.Boolean;
  return { type, name, ...described(summary, 'subscribe', name), required: false };
}

function channelChoice(command: string): OptionBody {
  return {
    name: channelOption,
    ...described('another channel than this one', command, channelOption),
    type: ApplicationCommandOptionType.Channel,
    required: false,
    channel_types: [...postable],
  };
}
