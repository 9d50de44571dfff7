import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Block, Line, Message, Picture } from '../../core/message.ts';
import { cleanText } from '../../lib/plain-text.ts';
import { type ActionRow, type ButtonOptions, componentsOf } from './components.ts';
import { limits } from './message-limits.ts';
import { renderLine, shorten } from './text.ts';

/** What a message is on the wire: one embed, its buttons, and nobody mentioned. */
export interface Payload {
  embeds: APIEmbed[];
  components: ActionRow[];
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
/** Ends what is not whole. */
export const shortened = 'Shortened: the rest is in the sources.';
/** A cut line shorter than this says nothing. */
const shortestLine = 12;

/** Renders within every limit: too long becomes shorter at a sentence, never refused. `share` adds a button that says it to all. */
export function renderPayload(message: Message, options: ButtonOptions = {}): Payload {
  const embed = renderEmbed(message, options.shortened ?? shortened);
  const wire: Payload = {
    embeds: [embed],
    components: componentsOf(message, options),
    allowed_mentions: { parse: [] },
  };
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

function renderEmbed(message: Message, cut: string): APIEmbed {
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
  const description = descriptionOf(blocks, room, `-# ${cut}`);
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

/** The blocks line by line; where they do not fit, the last line is cut at a sentence or a word, and `cut` follows. */
function descriptionOf(blocks: readonly Block[], room: number, cut: string): string {
  const lines = blocks.flatMap(linesOf);
  const whole = linesWithin(lines, room);
  if (whole.isWhole) return whole.text;
  return `${linesWithin(lines, room - cut.length - 1).text}\n${cut}`.trim();
}

function linesWithin(lines: readonly MarkedLine[], room: number): { text: string; isWhole: boolean } {
  let text = '';
  for (const { before, line, after } of lines) {
    const left = room - text.length - (text === '' ? 0 : 1);
    const whole = `${before}${renderLine(line)}${after}`;
    const isWhole = whole.length <= left;
    const cut = isWhole ? '' : renderLine(line, Math.max(0, left - before.length - after.length));
    if (isWhole || cut.length >= shortestLine)
      text += `${text === '' ? '' : '\n'}${isWhole ? whole : `${before}${cut}${after}`}`;
    if (!isWhole) return { text: text.trim(), isWhole };
  }
  return { text: text.trim(), isWhole: true };
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
