import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIEmbed,
  APIEmbedField,
  APIStringSelectComponent,
} from 'discord.js';
import type { Action, Block, Line, Message, Picture } from '../../core/message.ts';
import { cleanText, renderLine, safeUrl, shorten } from './text.ts';

/** Discord's limits, in UTF-16 units; from its API documentation. */
export const limits = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  /** Not Discord's: what is this short may have another field beside it. */
  inlineValue: 40,
  footer: 2048,
  embedTotal: 6000,
  customId: 100,
  buttonLabel: 80,
  buttonsInRow: 5,
  rows: 5,
  linkUrl: 512,
  options: 25,
  option: 100,
  altText: 1024,
} as const;

/** What a message is on the wire: one embed, its buttons, and nobody mentioned. */
export interface Payload {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>[];
  allowed_mentions: { parse: [] };
  /** Only with a picture, whose bytes `filesOf` gives. */
  attachments?: { id: string; filename: string; description: string }[];
}

const colours = {
  reported: 0xd29922,
  disputed: 0xbc4c00,
  confirmed: 0x2da44e,
  official: 0x0969da,
  neutral: 0x6e7781,
  error: 0xcf222e,
} as const;

/** Discord refuses an empty field; this shows as one. */
const blank = '\u200B';
/** A cut line shorter than this says nothing. */
const shortestLine = 12;

/** custom_id of a button that runs a command again: its words, so that it still works after a restart. */
export const commandPrefix = 'c:';
/** The same, answered for all to see. */
export const sharePrefix = 's:';
/** custom_id of a list to choose a command from: its values are the commands. */
export const choicePrefix = 'm:';

/** Renders within every limit: too long becomes shorter at a sentence, never refused. `share` adds a button that says it to all. */
export function renderPayload(
  message: Message,
  options: { share?: string; shareLabel?: string; choiceLabel?: string } = {},
): Payload {
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
  const embed = renderEmbed(message);
  const rows = [...choiceRow(choices, options.choiceLabel ?? 'Choose…'), ...rowsOf(unique(buttons))];
  const wire: Payload = { embeds: [embed], components: rows.slice(0, limits.rows), allowed_mentions: { parse: [] } };
  if (!message.picture) return wire;
  const filename = fileName(message.picture);
  const words = cleanText(message.picture.alt).trim() || cleanText(message.title).trim() || 'Picture';
  const description = shorten(words, limits.altText);
  embed.image = { url: `attachment://${filename}` };
  return { ...wire, attachments: [{ id: '0', filename, description }] };
}

/** The bytes of a message's picture, to be sent beside its payload. */
export function filesOf({ picture }: Message): { name: string; data: Buffer; contentType: string; key: string }[] {
  return picture
    ? [{ name: fileName(picture), data: Buffer.from(picture.png), contentType: 'image/png', key: 'files[0]' }]
    : [];
}

function fileName({ name }: Picture): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_').slice(-80);
  return plain.toLowerCase().endsWith('.png') ? plain : `${plain}.png`;
}

function renderEmbed(message: Message): APIEmbed {
  const title = renderLine([message.title], limits.title).trim() || 'Borderwire';
  const footer = shorten(cleanText(footerWords(message)).trim(), limits.footer);
  const blocks = message.blocks.flatMap((block, index) =>
    block.kind === 'fields' && standsInText(block, message.blocks.slice(index + 1)) ? linesOfFields(block) : [block],
  );
  const fields = fieldsOf(blocks);
  const taken = fields.reduce(
    (sum, field) => sum + field.name.length + field.value.length,
    title.length + footer.length,
  );
  const room = Math.min(limits.description, limits.embedTotal - taken);
  const description = descriptionOf(blocks, room);
  return {
    title,
    ...(description === '' ? {} : { description }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(footer === '' ? {} : { footer: { text: footer } }),
    color: colours[message.tone ?? 'neutral'],
  };
}

/** A footer shows neither markdown nor links: what would be one is a button. */
function footerWords({ footer = [] }: Message): string {
  return footer.map((span) => (typeof span === 'string' ? span : span.url === undefined ? span.text : '')).join('');
}

function footerLinks({ footer = [] }: Message): readonly Action[] {
  return footer.flatMap((span) =>
    typeof span === 'string' || span.url === undefined ? [] : [{ kind: 'link', label: span.text, url: span.url }],
  );
}

type FieldsBlock = Extract<Block, { kind: 'fields' }>;
const mostShown = 4;
const shortValue = 120;

/**
 * An embed shows fields below all other words. Few short ones may stand there; many or long ones that are followed by
 * further headings stay in their place, as lines.
 */
function standsInText({ fields }: FieldsBlock, after: readonly Block[]): boolean {
  const isShort = ({ value }: FieldsBlock['fields'][number]) => renderLine(value).length <= shortValue;
  return after.some((block) => block.kind === 'heading') && (fields.length > mostShown || !fields.every(isShort));
}

function linesOfFields({ fields }: FieldsBlock): Block[] {
  const lines = fields.map(({ name, value }): Line => [{ text: `${name}: `, strong: true }, ...value]);
  return [{ kind: 'text', lines }];
}

/** At most half of an embed goes to fields; what is left out stands in the command's own answer. */
function fieldsOf(blocks: readonly Block[]): APIEmbedField[] {
  const fields: APIEmbedField[] = [];
  let left = limits.embedTotal / 2;
  for (const { name, value } of blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : []))) {
    const shownName = renderLine([name], limits.fieldName).trim() || blank;
    const room = Math.min(limits.fieldValue, left - shownName.length);
    if (room < 1 || fields.length === limits.fields) break;
    const shownValue = renderLine(value, room).trim() || blank;
    fields.push({ name: shownName, value: shownValue, inline: shownValue.length <= limits.inlineValue });
    left -= shownName.length + shownValue.length;
  }
  return fields;
}

/** The blocks line by line, as far as they fit; the last line is cut at a sentence or a word. */
function descriptionOf(blocks: readonly Block[], room: number): string {
  let text = '';
  for (const { before, line, after } of blocks.flatMap(linesOf)) {
    const left = room - text.length - (text === '' ? 0 : 1);
    const whole = `${before}${renderLine(line)}${after}`;
    const isWhole = whole.length <= left;
    const cut = isWhole ? '' : renderLine(line, Math.max(0, left - before.length - after.length));
    if (!isWhole && cut.length < shortestLine) return text.trim();
    text += `${text === '' ? '' : '\n'}${isWhole ? whole : `${before}${cut}${after}`}`;
    if (!isWhole) return text.trim();
  }
  return text.trim();
}

interface MarkedLine {
  before: string;
  line: Line;
  after: string;
}

function linesOf(block: Block): readonly MarkedLine[] {
  switch (block.kind) {
    case 'text':
      return block.lines.map((line) => ({ before: '', line, after: '' }));
    case 'list':
      return block.items.map((line) => ({ before: '- ', line, after: '' }));
    case 'heading':
      return block.text.trim() === '' ? [] : [{ before: '\n**', line: [block.text], after: '**' }];
    case 'note':
      return [{ before: '-# ', line: block.line, after: '' }];
    case 'fields':
      return [];
  }
}

function button(action: Action, prefix: string): APIButtonComponent[] {
  const label = shorten(cleanText(action.label).trim(), limits.buttonLabel) || 'Open';
  if (action.kind === 'link') {
    const url = safeUrl(action.url);
    return url === null || url.length > limits.linkUrl ? [] : [{ type: 2, style: 5, label, url }];
  }
  const customId = `${prefix}${action.command}`;
  return customId.length > limits.customId ? [] : [{ type: 2, style: 2, label, custom_id: customId }];
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
    if (value.trim() !== '' && value.length <= limits.option) options.set(value, { label, value });
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
