import type { APIActionRowComponent, APIButtonComponent, APIStringSelectComponent } from 'discord.js';
import type { Action, Message } from '../../core/message.ts';
import { cleanText } from '../../lib/plain-text.ts';
import { carried } from './long-lines.ts';
import { limits } from './message-limits.ts';
import { safeUrl, shorten } from './text.ts';

export type ActionRow = APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>;

export interface ButtonOptions {
  /** The command that a button says again, for all to see. */
  share?: string;
  shareLabel?: string;
  choiceLabel?: string;
  /** What to say below a message that is not whole. */
  shortened?: string;
}

/** custom_id of a button that runs a command again: its words or what they are kept by, so that it works after a restart. */
export const commandPrefix = 'c:';
/** The same, answered for all to see. */
export const sharePrefix = 's:';
/** custom_id of a list to choose a command from: its values are the commands. */
export const choicePrefix = 'm:';

/** What is below a message: a list of many commands, buttons of few, links of its footer, and one that shares. */
export function componentsOf(message: Message, options: ButtonOptions): ActionRow[] {
  const share: Action[] =
    options.share === undefined
      ? []
      : [{ kind: 'command', label: options.shareLabel ?? 'Share here', command: options.share }];
  const { buttons: shown, choices } = sorted(message.actions ?? []);
  const buttons = [
    ...shown.flatMap((action) => button(action, commandPrefix)),
    ...footerLinks(message).flatMap((action) => button(action, commandPrefix)),
    ...share.flatMap((action) => button(action, sharePrefix)),
  ];
  const rows = [...choiceRow(choices, options.choiceLabel ?? 'Choose…'), ...rowsOf(unique(buttons))];
  return rows.slice(0, limits.rows);
}

function footerLinks({ footer = [] }: Message): readonly Action[] {
  return footer.flatMap((span) =>
    typeof span === 'string' || span.url === undefined ? [] : [{ kind: 'link', label: span.text, url: span.url }],
  );
}

function button(action: Action, prefix: string): APIButtonComponent[] {
  const label = shorten(cleanText(action.label).trim(), limits.buttonLabel) || 'Open';
  if (action.kind === 'link') {
    const url = safeUrl(action.url);
    return url === null || url.length > limits.linkUrl ? [] : [{ type: 2, style: 5, label, url }];
  }
  const carries = carried(action.command, limits.customId - prefix.length);
  return [{ type: 2, style: 2, label, custom_id: `${prefix}${carries}` }];
}

/** More commands than stand in two rows of buttons are a list to choose from. */
const mostCommands = 10;

function sorted(actions: readonly Action[]): { buttons: readonly Action[]; choices: readonly Action[] } {
  const commands = actions.filter((action) => action.kind === 'command');
  if (commands.length <= mostCommands) return { buttons: actions, choices: [] };
  return { buttons: actions.filter((action) => action.kind === 'link'), choices: commands };
}

function choiceRow(choices: readonly Action[], placeholder: string): APIActionRowComponent<APIStringSelectComponent>[] {
  const options = new Map<string, { label: string; value: string }>();
  for (const action of choices) {
    const value = action.kind === 'command' ? action.command : '';
    const label = shorten(cleanText(action.label).trim(), limits.option) || 'Open';
    if (value.trim() !== '') options.set(value, { label, value: carried(value, limits.option) });
  }
  if (options.size === 0) return [];
  const shown = [...options.values()].slice(0, limits.options);
  return [
    {
      type: 1,
      components: [{ type: 3, custom_id: `${choicePrefix}0`, placeholder: shorten(placeholder, 150), options: shown }],
    },
  ];
}

/** Discord refuses a message with one custom_id twice. */
function unique(buttons: readonly APIButtonComponent[]): APIButtonComponent[] {
  const seen = new Set<string>();
  return buttons.filter((each) => {
    const key = 'custom_id' in each ? each.custom_id : JSON.stringify(each);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function rowsOf(buttons: readonly APIButtonComponent[]): APIActionRowComponent<APIButtonComponent>[] {
  const rows: APIActionRowComponent<APIButtonComponent>[] = [];
  for (let at = 0; at < buttons.length && rows.length < limits.rows; at += limits.buttonsInRow) {
    rows.push({ type: 1, components: buttons.slice(at, at + limits.buttonsInRow) });
  }
  return rows;
}
