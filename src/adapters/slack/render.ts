import type { types } from '@slack/bolt';
import type { Action, Block, Line, Message } from '../../core/message.ts';
import { codeOf } from './code.ts';
import { imageBlock } from './pictures.ts';
import { renderLine, shorten, shortenPlain, webUrl } from './text.ts';

/** Slack's limits; from its Block Kit documentation. The whole is undocumented: about 13,200 characters are refused. */
export const limits = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  actions: 25,
  /** Slack takes 75; on a phone that is no button. */
  buttonText: 40,
  buttonValue: 2000,
  url: 3000,
  text: 4000,
  actionsTotal: 5000,
  total: 12_000,
} as const;

export interface Payload {
  /** The whole message in words: notifications and screen readers show this, not the blocks. */
  text: string;
  blocks: types.KnownBlock[];
}

/** A button that opens the form of a command. */
export interface FormButton {
  label: string;
  command: string;
}

/** action_id of buttons that run a command again, and of those that answer for all to see; the command is the value. */
export const commandAction = 'command';
export const shareAction = 'share';
/** action_id of buttons that open a form; the command is the value. */
export const formAction = 'form';

/** Our own words in the asker’s language. */
export type Say = (english: string) => string;

export interface RenderOptions {
  say?: Say;
  /** A file’s text, shown as code where it is not sent as a file. */
  code?: string;
  /** The command that a button runs again for all to see. */
  share?: string;
  /** Commands that buttons offer as forms. */
  forms?: readonly FormButton[];
  /** The uploaded picture, which is then shown instead of told. */
  file?: string;
}

/** Renders within every limit: too long becomes shorter at a sentence, never refused. */
export function renderPayload(message: Message, options: RenderOptions = {}): Payload {
  const title = shortenPlain(message.title, limits.header) || 'Borderwire';
  const blocks: types.KnownBlock[] = [{ type: 'header', text: { type: 'plain_text', text: title, emoji: true } }];
  const { picture } = message;
  const { say = same, code } = options;
  const image = picture && options.file !== undefined ? [imageBlock(picture, options.file)] : [];
  const footer = footerOf(message, image.length === 0, say).map((line) => contextOf(renderLine(line)));
  const actions = actionsOf(message.actions ?? [], options);
  const last = [...image, ...footer, ...actions];
  let left = limits.total - JSON.stringify([...blocks, ...last]).length - 200;
  for (const block of [...message.blocks.flatMap(renderBlock), ...codeBlocks(code, say)]) {
    const size = JSON.stringify(block).length + 1;
    if (size > left || blocks.length + last.length >= limits.blocks - 1) {
      blocks.push(contextOf(say('Shortened: the rest is in the sources.')));
      break;
    }
    blocks.push(block);
    left -= size;
  }
  return { text: textOf(message), blocks: [...blocks, ...last] };
}

const same: Say = (english) => english;

function codeBlocks(text: string | undefined, say: Say): types.KnownBlock[] {
  if (text === undefined) return [];
  const { blocks, left } = codeOf(text);
  return left === 0 ? blocks : [...blocks, contextOf(say(`${left} more lines. ${howToGetAll}`))];
}

const howToGetAll =
  'To get all of it as a file, ask me in a direct message where I may send files, or use borderwire in a terminal.';

/** So much says what a picture that is not shown would show; the answer above it says the rest. */
const pictureWords = 150;

/** What a picture that is not shown would show, in a line, and the message’s own last line. */
function footerOf({ picture, footer }: Message, tellsPicture: boolean, say = same): readonly Line[] {
  const words = tellsPicture && picture ? shortenPlain(picture.alt, pictureWords) : '';
  return [...(words === '' ? [] : [[say(`Picture: ${words}`)]]), ...(footer ? [footer] : [])];
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
  for (const line of lines.map((each) => shorten(each, limits.section)).filter((each) => each.trim() !== '')) {
    if (current !== '' && current.length + line.length + 1 > limits.section) {
      made.push(section(current));
      current = '';
    }
    current = current === '' ? line : `${current}\n${line}`;
  }
  return current === '' ? made : [...made, section(current)];
}

function section(text: string): types.SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

/** `verbatim`: Slack makes no link of a channel’s name, a person’s or an address that stands in plain words. */
function mrkdwn(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

const longestBeside = 200;

/** Short fields stand side by side; one that is long has a section of its own, in its place. */
function fieldSections(fields: readonly string[]): types.SectionBlock[] {
  const made: types.SectionBlock[] = [];
  let beside: types.MrkdwnElement[] = [];
  for (const field of fields) {
    const isLong = field.length > longestBeside;
    if (isLong) made.push(section(shorten(field, limits.section)));
    if (isLong || beside.length === limits.fields) beside = [];
    if (isLong) continue;
    if (beside.length === 0) made.push({ type: 'section', fields: beside });
    beside.push(mrkdwn(field));
  }
  return made;
}

function contextOf(text: string): types.ContextBlock {
  return { type: 'context', elements: [mrkdwn(shorten(text, limits.field).trim() || '–')] };
}

function actionsOf(actions: readonly Action[], { share, forms = [], say = same }: RenderOptions): types.ActionsBlock[] {
  const shared: Action[] = share === undefined ? [] : [{ kind: 'command', label: say('Share here'), command: share }];
  const last = shared.flatMap((action) => button(action, shareAction));
  for (const { label, command } of forms)
    last.push(...button({ kind: 'command', label: say(label), command }, `${formAction}:${command}`));
  const buttons: types.Button[] = [];
  let left: number = limits.actionsTotal;
  for (const one of actions.flatMap((action, index) => button(action, `${commandAction}:${index}`))) {
    left -= JSON.stringify(one).length;
    if (left < 0 || buttons.length + last.length >= limits.actions) break;
    buttons.push(one);
  }
  buttons.push(...last);
  return buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons }];
}

function button(action: Action, actionId: string): types.Button[] {
  const text = {
    type: 'plain_text' as const,
    text: shortenPlain(action.label, limits.buttonText) || 'Open',
    emoji: true,
  };
  if (action.kind === 'command') {
    return action.command.length > limits.buttonValue || action.command === ''
      ? []
      : [{ type: 'button', text, action_id: actionId, value: action.command }];
  }
  const url = webUrl(action.url, limits.url);
  return url === null ? [] : [{ type: 'button', text, action_id: `link:${actionId}`, url }];
}

function textOf(message: Message): string {
  const words = [...message.blocks.flatMap(wordsOf), ...footerOf(message, true).map(renderLine)];
  const lines = [renderLine([message.title]), renderLine([message.plain]), ...words];
  // Blocks often begin with the plain line: nobody is to hear it twice.
  const said = new Set<string>();
  const once = lines.filter((line) => {
    const bare = line.replaceAll('*', '').trim();
    const isNew = bare !== '' && !said.has(bare);
    said.add(bare);
    return isNew;
  });
  return shorten(once.join('\n'), limits.text) || 'Borderwire';
}

function wordsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return block.lines.map(renderLine);
    case 'list':
      return block.items.map((item) => `• ${renderLine(item)}`);
    case 'heading':
      return [renderLine([block.text])];
    case 'note':
      return [renderLine(block.line)];
    case 'fields':
      return block.fields.map((field) => `${renderLine([field.name])}: ${renderLine(field.value)}`);
  }
}
