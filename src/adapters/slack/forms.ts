import type { types } from '@slack/bolt';
import type { Command, CommandOption } from '../../core/command.ts';
import { lineOfForm, type WordForm } from '../../core/word-forms.ts';
import { channelBlock, formCallback, optionBlock } from './form-names.ts';
import { choiceOf } from './form-state.ts';
import type { FormButton, Say } from './render.ts';
import { shortenPlain } from './text.ts';

/** Commands that can be asked by clicking; what else there is has no options worth a form. */
export const formCommands: readonly (FormButton & { title: string; submit: string })[] = [
  { command: 'subscribe', label: 'Subscribe a channel', title: 'Follow developments', submit: 'Subscribe' },
  { command: 'ban-status', label: 'Ban status', title: 'Ban status', submit: 'Ask' },
  { command: 'timeline', label: 'Timeline', title: 'Timeline', submit: 'Ask' },
];

type Field = types.InputBlock['element'];

/** A command as a form: a select for each choice, a calendar for each date. Null when it has none. */
export function formView(
  commands: readonly Command[],
  name: string,
  channel: string | undefined,
  say: Say = (english) => english,
): types.ModalView | null {
  const command = commands.find((one) => one.name === name);
  const form = formCommands.find((one) => one.command === name);
  if (!command || !form) return null;
  const where = command.access === 'manager' ? [channelInput(channel, say)] : [];
  return {
    type: 'modal',
    callback_id: formCallback(name),
    title: words(say(form.title), 24),
    submit: words(say(form.submit), 24),
    close: words(say('Cancel'), 24),
    blocks: [...where, ...command.options.map((option) => input(option, say))],
  };
}

/** The words that a command lacks, as a form of one field. */
export function wordsView(form: WordForm, say: Say): types.ModalView {
  return {
    type: 'modal',
    callback_id: formCallback(form.command),
    private_metadata: lineOfForm(form, longestMetadata),
    title: words(say(form.title), 24),
    submit: words(say('Send'), 24),
    close: words(say('Cancel'), 24),
    blocks: [
      {
        type: 'input',
        block_id: `${optionBlock}${form.option}`,
        label: words(say(form.label), 2000),
        hint: words(say(form.hint), 2000),
        element: { type: 'plain_text_input', action_id: form.option, multiline: true, max_length: form.longest },
      },
    ],
  };
}

const longestMetadata = 3000;

function words(text: string, limit: number): types.PlainTextElement {
  return { type: 'plain_text', text: shortenPlain(text, limit), emoji: false };
}

function channelInput(channel: string | undefined, say: Say): types.InputBlock {
  return {
    type: 'input',
    block_id: channelBlock,
    label: words(say('Channel'), 2000),
    hint: words(say('Invite me there: I post only where I was invited.'), 2000),
    element: {
      type: 'conversations_select',
      action_id: channelBlock,
      ...(channel === undefined ? { default_to_current_conversation: true } : { initial_conversation: channel }),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    },
  };
}

function input(option: CommandOption, say: Say): types.InputBlock {
  return {
    type: 'input',
    block_id: `${optionBlock}${option.name}`,
    // Not its name, which is what is typed and the same in every language.
    label: words(say(option.summary.charAt(0).toUpperCase() + option.summary.slice(1)), 2000),
    optional: option.required !== true,
    element: fieldOf(option, say),
  };
}

function fieldOf({ name, type, choices, many = false }: CommandOption, say: Say): Field {
  const shared = { action_id: name };
  if (type === 'country')
    return {
      ...shared,
      type: many ? 'multi_external_select' : 'external_select',
      min_query_length: 1,
      placeholder: words(say('A name, a code or a flag'), 150),
    };
  if (type === 'flag') return { ...shared, type: 'checkboxes', options: [choiceOf(say('yes'), 'yes')] };
  if (type === 'date') return { ...shared, type: 'datepicker', placeholder: words(say('Any day'), 150) };
  if (!choices || choices.length === 0) return { ...shared, type: 'plain_text_input' };
  const options = choices.slice(0, 100).map(({ label, value }) => choiceOf(say(label), value));
  return { ...shared, type: many ? 'multi_static_select' : 'static_select', options };
}
