import type { types } from '@slack/bolt';
import type { Arguments } from '../../core/command.ts';
import { channelBlock, optionBlock } from './form-names.ts';
import { shortenPlain } from './text.ts';

/** What Slack tells of one field of a submitted form. */
interface FieldState {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: readonly { value: string }[];
  selected_date?: string | null;
  selected_conversation?: string | null;
}
export type FormState = Readonly<Record<string, Readonly<Record<string, FieldState>>>>;

/** One choice of a select. */
export function choiceOf(label: string, value: string): types.PlainTextOption {
  return { text: { type: 'plain_text', text: shortenPlain(label, 75) || value, emoji: true }, value };
}

/** The arguments of a submitted form; what was left empty is left out. */
export function formWords(state: FormState): Arguments {
  const given = Object.entries(state).flatMap(([block, fields]): (readonly [string, string | readonly string[]])[] => {
    const [field] = Object.values(fields);
    const value = field === undefined ? null : valueOf(field);
    if (!block.startsWith(optionBlock) || value === null || value.length === 0) return [];
    return [[block.slice(optionBlock.length), value]];
  });
  return Object.fromEntries(given);
}

function valueOf(field: FieldState): string | readonly string[] | null {
  if (field.selected_options) return field.selected_options.map((one) => one.value);
  return field.selected_option?.value ?? field.selected_date ?? field.value?.trim() ?? null;
}

/** The channel that the form was submitted for; empty when it asks for none. */
export function formChannel(state: FormState): string {
  return state[channelBlock]?.[channelBlock]?.selected_conversation ?? '';
}

/** As our languages quote; in French with spaces. */
const quoting = ['“”', '«»'].flatMap(([open, close]) => [
  [open, close],
  [`${open} `, ` ${close}`],
]);

/** The field that a complaint belongs to: the one whose words it quotes, else the first. */
export function faultyBlock(state: FormState, complaint: string): string {
  const blocks = Object.keys(state);
  const quoted = blocks.find((block) =>
    Object.values(state[block] ?? {}).some((field) =>
      [valueOf(field)]
        .flat()
        .some(
          (value) => value !== null && quoting.some(([open, close]) => complaint.includes(`${open}${value}${close}`)),
        ),
    ),
  );
  return quoted ?? blocks[0] ?? channelBlock;
}
