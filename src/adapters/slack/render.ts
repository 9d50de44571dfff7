import type { types } from '@slack/bolt';
import type { Action, Block, Message } from '../../core/message.ts';
import { plain, renderLine, safeUrl, shorten } from './text.ts';

/** Slack's limits; from its Block Kit documentation. The whole is undocumented: about 13,200 characters are refused. */
export const limits = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  url: 3000,
  text: 4000,
  total: 12_000,
} as const;

export interface Payload {
  /** The whole message in words: notifications and screen readers show this, not the blocks. */
  text: string;
  blocks: types.KnownBlock[];
}

/** action_id of buttons that run a command again, and of those that answer for all to see; the command is the value. */
export const commandAction = 'command';
export const shareAction = 'share';

/** Renders within every limit: too long becomes shorter at a sentence, never refused. */
export function renderPayload(message: Message, options: { share?: string } = {}): Payload {
  const title = shorten(plain(message.title).trim(), limits.header) || 'Borderwire';
  const blocks: types.KnownBlock[] = [{ type: 'header', text: { type: 'plain_text', text: title, emoji: true } }];
  const footer = message.footer === undefined ? [] : [contextOf(renderLine(message.footer))];
  const actions = actionsOf(message.actions ?? [], options.share);
  let left = limits.total - title.length - JSON.stringify([...footer, ...actions]).length;
  for (const block of message.blocks.flatMap(renderBlock)) {
    const size = JSON.stringify(block).length;
    if (size > left || blocks.length + footer.length + actions.length >= limits.blocks - 1) {
      blocks.push(contextOf('Shortened: the rest is in the sources.'));
      break;
    }
    blocks.push(block);
    left -= size;
  }
  return { text: textOf(message), blocks: [...blocks, ...footer, ...actions] };
}

function renderBlock(block: Block): types.KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return sections(block.lines.map(renderLine));
    case 'list':
      return sections(block.items.map((item) => `• ${renderLine(item)}`));
    case 'heading':
      return sections([`*${renderLine([block.text])}*`]);
    case 'note':
      return [contextOf(renderLine(block.line))];
    case 'fields':
      return fieldSections(block.fields.map((field) => `*${renderLine([field.name])}*\n${renderLine(field.value)}`));
  }
}

/** Lines gathered into as few sections as hold them. */
function sections(lines: readonly string[]): types.SectionBlock[] {
  const made: types.SectionBlock[] = [];
  let current = '';
  for (const line of lines.map((each) => shorten(each, limits.section))) {
    if (current !== '' && current.length + line.length + 1 > limits.section) {
      made.push(section(current));
      current = '';
    }
    current = current === '' ? line : `${current}\n${line}`;
  }
  return current.trim() === '' ? made : [...made, section(current)];
}

function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** Short fields stand side by side; one that is long has a section of its own. */
function fieldSections(fields: readonly string[]): types.SectionBlock[] {
  const short = fields.filter((field) => field.length <= 200);
  const made = fields.filter((field) => field.length > 200).map((field) => section(shorten(field, limits.section)));
  for (let at = 0; at < short.length; at += limits.fields) {
    made.unshift({
      type: 'section',
      fields: short.slice(at, at + limits.fields).map((text) => ({ type: 'mrkdwn', text })),
    });
  }
  return made;
}

function contextOf(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: shorten(text, limits.field) || '–' }] };
}

function actionsOf(actions: readonly Action[], share: string | undefined): types.ActionsBlock[] {
  const shared: Action[] = share === undefined ? [] : [{ kind: 'command', label: 'Share here', command: share }];
  const buttons = [
    ...actions.flatMap((action, index) => button(action, `${commandAction}:${index}`)),
    ...shared.flatMap((action) => button(action, shareAction)),
  ].slice(0, limits.actions);
  return buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons }];
}

function button(action: Action, actionId: string): types.Button[] {
  const text = {
    type: 'plain_text' as const,
    text: shorten(plain(action.label).trim(), limits.buttonText) || 'Open',
    emoji: true,
  };
  if (action.kind === 'command') {
    return action.command.length > limits.buttonValue
      ? []
      : [{ type: 'button', text, action_id: actionId, value: action.command }];
  }
  const url = safeUrl(action.url)?.replaceAll('&amp;', '&') ?? null;
  return url === null || url.length > limits.url ? [] : [{ type: 'button', text, action_id: `link:${actionId}`, url }];
}

function textOf(message: Message): string {
  const words = message.blocks.flatMap((block) => {
    if (block.kind === 'text') return block.lines.map(renderLine);
    return block.kind === 'list' ? block.items.map((item) => `• ${renderLine(item)}`) : [];
  });
  return shorten(
    [renderLine([message.title]), renderLine([message.plain]), ...words]
      .filter((line) => line.trim() !== '')
      .join('\n'),
    limits.text,
  );
}
