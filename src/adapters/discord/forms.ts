import {
  type APIButtonComponent,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { Arguments, Command, OptionChoice } from '../../core/command.ts';
import { lineOfForm, type WordForm, wordForm } from '../../core/word-forms.ts';
import { postable } from './channels.ts';
import { shorten } from './text.ts';

/** Our English words in the language of whoever asks. */
export type Say = (english: string) => string;

/** custom_id of a button that opens a form, and of the form itself: the command, with what is known already. */
export const formPrefix = 'f:';

/** Where a form's channel select leaves its choice. */
const channelField = 'channel';
const mostOptions = 25;
const limits = { title: 45, label: 45, description: 100, value: 100, customId: 100, placeholder: 100 } as const;

/** What of a subscription stands in its form, with label and hint; a form takes five fields, one being the channel. */
const subscribeFields = [
  ['country', 'Countries', 'only these, separated by commas; empty for all'],
  ['topic', 'Topics', 'none chosen means all'],
  ['certainty', 'Least certainty', 'nothing less sure than this is told'],
  ['digest', 'How often', 'at once, or gathered'],
] as const;

export function formButton(command: 'subscribe', label: string): APIButtonComponent {
  return { type: ComponentType.Button, style: 1, label: shorten(label, 80), custom_id: `${formPrefix}${command}` };
}

/** `subscribe` as a form: a channel, countries in words, a select for each choice. Null without such a command. */
export function subscribeForm(
  commands: readonly Command[],
  say: Say,
  channel: string,
): APIModalInteractionResponseCallbackData | null {
  const command = commands.find((one) => one.name === 'subscribe');
  if (!command) return null;
  const fields = subscribeFields.flatMap(([name, label, hint]) =>
    command.options.filter((option) => option.name === name).map((option) => ({ option, label, hint })),
  );
  return {
    custom_id: `${formPrefix}subscribe`,
    title: shorten(say('Follow developments'), limits.title),
    components: [
      labelled([say('Channel'), say('where alerts are posted')], {
        type: ComponentType.ChannelSelect,
        custom_id: channelField,
        channel_types: [...postable],
        default_values: [{ id: channel, type: 'channel' as never }],
        required: true,
      }),
      ...fields.map(({ option, label, hint }) => {
        const choices = option.choices?.slice(0, mostOptions) ?? [];
        const input = choices.length > 0 ? select(option.name, choices, option.many === true, say) : line(option.name);
        return labelled([say(label), say(hint)], input);
      }),
    ],
  };
}

/** The words that a command lacks, as a form; its custom_id holds the command, so that it outlives a restart. */
export function askWords(say: Say, form: WordForm): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `${formPrefix}${lineOfForm(form, limits.customId - formPrefix.length)}`,
    title: shorten(say(form.title), limits.title),
    components: [
      labelled([say(form.label), say(form.hint)], {
        type: ComponentType.TextInput,
        custom_id: form.option,
        style: TextInputStyle.Paragraph,
        min_length: 1,
        max_length: form.longest,
        required: true,
      }),
    ],
  };
}

function labelled(
  [label, description]: readonly [string, string],
  component: APILabelComponent['component'],
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shorten(label, limits.label),
    description: shorten(description, limits.description),
    component,
  };
}

function line(name: string): APILabelComponent['component'] {
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: TextInputStyle.Short,
    required: false,
    max_length: 200,
  };
}

function select(
  name: string,
  choices: readonly OptionChoice[],
  many: boolean,
  say: Say,
): APILabelComponent['component'] {
  return {
    type: ComponentType.StringSelect,
    custom_id: name,
    placeholder: shorten(say('Choose…'), limits.placeholder),
    required: false,
    min_values: 0,
    max_values: many ? choices.length : 1,
    options: choices.map(({ value, label }) => ({
      value: value.slice(0, limits.value),
      label: shorten(say(label), limits.value),
    })),
  };
}

/** A submitted form: whose command it is, its arguments, and the channel that was chosen. */
export interface SubmittedForm {
  command: string;
  args: Arguments;
  chosen: unknown;
}

export function readForm(interaction: ModalSubmitInteraction): SubmittedForm {
  const line = interaction.customId.slice(formPrefix.length);
  // Whether its sender may run it is the command's to say.
  const form = wordForm(line, { operator: true });
  const args: Record<string, string> = { ...form?.given };
  let chosen: unknown;
  for (const { name, value, channel } of fieldsOf(interaction)) {
    // Its rights are not known where only its id is told.
    if (name === channelField) chosen = channel ?? (value === '' ? undefined : { id: value });
    else if (value !== '') args[name] = value;
  }
  return { command: form?.command ?? line, args, chosen };
}

/** Each field's words, choices joined by commas; the channel of a channel select. */
function fieldsOf({ components }: ModalSubmitInteraction): { name: string; value: string; channel?: unknown }[] {
  return components.flatMap((row) => {
    const inner: unknown[] = 'component' in row ? [row.component] : 'components' in row ? [...row.components] : [];
    return inner.map((field) => {
      const read = (key: string): unknown => Reflect.get(Object(field), key);
      const [values, channels] = [read('values'), read('channels')];
      const channel: unknown = channels instanceof Map ? [...channels.values()][0] : undefined;
      const value = Array.isArray(values) ? values.join(', ') : read('value');
      const words = { name: String(read('customId')), value: typeof value === 'string' ? value.trim() : '' };
      return channel === undefined ? words : { ...words, channel };
    });
  });
}
