import { createHash } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, CommandOption } from '../../core/command.ts';
import type { Phrases } from '../../core/phrases.ts';
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
const longestDescription = 100;

type OptionBody = NonNullable<RESTPostAPIChatInputApplicationCommandsJSONBody['options']>[number];

/** The commands as Discord registers them: guilds only, required options first, managers' commands hidden from members. */
export function registrationOf(
  commands: readonly Command[],
  phrases: Phrases,
): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  return commands.map((command) => {
    const options = command.options.map((option) => optionOf(option, command, phrases));
    if (command.access === 'manager') options.push(channelChoice(phrases));
    if (command.name === 'subscribe') {
      options.push(flag(publishOption, 'publish alerts to the servers that follow this announcement channel', phrases));
      options.push(flag(formOption, 'choose in a form instead', phrases));
    }
    return {
      name: command.name,
      ...localisedNames('command', command.name),
      ...described(command.summary, phrases),
      type: 1,
      options: options.toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false)),
      default_member_permissions: command.access === 'manager' ? managers : null,
      contexts: [0],
      integration_types: [0],
    };
  });
}

/** Changes when what is registered changes, and only then. */
export function registrationHash(commands: readonly Command[], phrases: Phrases): string {
  return createHash('sha256')
    .update(JSON.stringify(registrationOf(commands, phrases)))
    .digest('base64url');
}

function described(summary: string, phrases: Phrases) {
  const fit = (words: string) => shorten(words, longestDescription);
  return { description: fit(summary), ...localisedDescriptions(summary, phrases, fit) };
}

function named(name: string) {
  return { name, ...localisedNames('option', name) };
}

function optionOf(option: CommandOption, command: Command, phrases: Phrases): OptionBody {
  const base = {
    ...named(option.name),
    ...described(option.summary, phrases),
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

function flag(name: string, summary: string, phrases: Phrases): OptionBody {
  const type = ApplicationCommandOptionType.Boolean;
  return { type, ...named(name), ...described(summary, phrases), required: false };
}

function channelChoice(phrases: Phrases): OptionBody {
  return {
    ...named(channelOption),
    ...described('another channel than this one', phrases),
    type: ApplicationCommandOptionType.Channel,
    required: false,
    channel_types: [...postable],
  };
}
