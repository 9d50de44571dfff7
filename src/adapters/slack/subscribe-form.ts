import type { types } from '@slack/bolt';
import type { Arguments, Command, CommandOption } from '../../core/command.ts';

/** callback_id of the form that makes a subscription. */
export const subscribeForm = 'subscribe-form';

const channelBlock = 'channel';

/** What Slack tells of one field of a submitted form. */
interface FieldState {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: readonly { value: string }[];
  selected_conversation?: string | null;
}
type FormState = Readonly<Record<string, Readonly<Record<string, FieldState>>>>;

/** The command `subscribe` as a form: a select for each choice, a line for each word. Null when there is no such command. */
export function formView(commands: readonly Command[], channel: string | undefined): types.ModalView | null {
  const command = commands.find((one) => one.name === 'subscribe');
  if (!command) return null;
  return {
    type: 'modal',
    callback_id: subscribeForm,
    title: words('Follow developments', 24),
    submit: words('Subscribe', 24),
    close: words('Cancel', 24),
    blocks: [channelInput(channel), ...command.options.map(input)],
  };
}

function words(text: string, limit: number): types.PlainTextElement {
  return { type: 'plain_text', text: text.slice(0, limit), emoji: false };
}

function channelInput(channel: string | undefined): types.InputBlock {
  return {
    type: 'input',
    block_id: channelBlock,
    label: words('Channel', 2000),
    hint: words('Invite me there first: I post only where I was invited.', 2000),
    element: {
      type: 'conversations_select',
      action_id: channelBlock,
      response_url_enabled: true,
      ...(channel === undefined ? { default_to_current_conversation: true } : { initial_conversation: channel }),
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    },
  };
}

function input(option: CommandOption): types.InputBlock {
  return {
    type: 'input',
    block_id: `option:${option.name}`,
    label: words(option.name.charAt(0).toUpperCase() + option.name.slice(1), 2000),
    hint: words(option.summary, 2000),
    optional: option.required !== true,
    element: element(option),
  };
}

function element({
  name,
  choices,
  many,
}: CommandOption): types.PlainTextInput | types.StaticSelect | types.MultiStaticSelect {
  if (!choices || choices.length === 0) return { type: 'plain_text_input', action_id: name };
  const options = choices
    .slice(0, 100)
    .map(({ label, value }) => ({ text: words(label, 75), value: value.slice(0, 150) }));
  return { type: many ? 'multi_static_select' : 'static_select', action_id: name, options };
}

/** The arguments of a submitted form; what was left empty is left out. */
export function formWords(state: FormState): Arguments {
  const given = Object.entries(state).flatMap(([block, fields]): (readonly [string, string | readonly string[]])[] => {
    const [field] = Object.values(fields);
    const name = /^option:(.+)$/.exec(block)?.[1];
    const value = field === undefined ? null : valueOf(field);
    return name === undefined || value === null || value.length === 0 ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

function valueOf(field: FieldState): string | readonly string[] | null {
  if (field.selected_options) return field.selected_options.map((one) => one.value);
  return field.selected_option?.value ?? field.value?.trim() ?? null;
}

/** The channel that the form was submitted for. */
export function formChannel(state: FormState): string {
  return state[channelBlock]?.[channelBlock]?.selected_conversation ?? '';
}
