import type { APIActionRowComponent, APIButtonComponent, APIEmbed, APIEmbedField } from 'discord.js';
import type { Action, Block, Message } from '../../core/message.ts';
import { renderLine, safeUrl, shorten } from './text.ts';

/** Discord's limits, in UTF-16 units; from its API documentation. */
export const limits = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  embedTotal: 6000,
  customId: 100,
  buttonLabel: 80,
  buttonsInRow: 5,
  rows: 5,
  linkUrl: 512,
} as const;

/** What a message is on the wire: one embed, its buttons, and nobody mentioned. */
export interface Payload {
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponent>[];
  allowed_mentions: { parse: [] };
}

const colours = {
  reported: 0xd29922,
  disputed: 0xbc4c00,
  confirmed: 0x2da44e,
  official: 0x0969da,
  neutral: 0x6e7781,
  error: 0xcf222e,
} as const;

/** custom_id of a button that runs a command again: its words, so that it still works after a restart. */
export const commandPrefix = 'c:';
/** The same, answered for all to see. */
export const sharePrefix = 's:';

/** Renders within every limit: too long becomes shorter at a sentence, never refused. `share` adds a button that says it to all. */
export function renderPayload(message: Message, options: { share?: string } = {}): Payload {
  const share: Action[] =
    options.share === undefined ? [] : [{ kind: 'command', label: 'Share here', command: options.share }];
  const buttons = [
    ...(message.actions ?? []).flatMap((action) => button(action, commandPrefix)),
    ...share.flatMap((action) => button(action, sharePrefix)),
  ];
  return { embeds: [renderEmbed(message)], components: rowsOf(unique(buttons)), allowed_mentions: { parse: [] } };
}

function renderEmbed(message: Message): APIEmbed {
  const title = shorten(plain(message.title), limits.title);
  const footer =
    message.footer === undefined
      ? ''
      : shorten(message.footer.map((span) => (typeof span === 'string' ? span : span.text)).join(''), limits.footer);
  const fields = fieldsOf(message.blocks);
  const taken =
    title.length + footer.length + fields.reduce((sum, field) => sum + field.name.length + field.value.length, 0);
  const room = Math.max(0, Math.min(limits.description, limits.embedTotal - taken));
  const description = shorten(message.blocks.map(renderBlock).filter(Boolean).join('\n'), room);
  return {
    title: title === '' ? 'Borderwire' : title,
    ...(description === '' ? {} : { description }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(footer === '' ? {} : { footer: { text: footer } }),
    color: colours[message.tone ?? 'neutral'],
  };
}

/** At most a third of an embed goes to fields; what is left out stands in the command's own answer. */
function fieldsOf(blocks: readonly Block[]): APIEmbedField[] {
  const fields: APIEmbedField[] = [];
  let left = limits.embedTotal / 2;
  for (const block of blocks) {
    if (block.kind !== 'fields') continue;
    for (const { name, value } of block.fields) {
      const field = {
        name: shorten(plain(name), limits.fieldName) || '\u200B',
        value: shorten(renderLine(value), Math.min(limits.fieldValue, Math.max(1, left))) || '\u200B',
        inline: false,
      };
      left -= field.name.length + field.value.length;
      if (fields.length < limits.fields && left > 0) fields.push(field);
    }
  }
  return fields;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.lines.map(renderLine).join('\n');
    case 'list':
      return block.items.map((item) => `- ${renderLine(item)}`).join('\n');
    case 'heading':
      return `**${renderLine([block.text])}**`;
    case 'note':
      return `-# ${renderLine(block.line)}`;
    case 'fields':
      return '';
  }
}

function button(action: Action, prefix: string): APIButtonComponent[] {
  const label = shorten(plain(action.label), limits.buttonLabel) || 'Open';
  if (action.kind === 'link') {
    const url = safeUrl(action.url);
    return url === null || url.length > limits.linkUrl ? [] : [{ type: 2, style: 5, label, url }];
  }
  const customId = `${prefix}${action.command}`;
  return customId.length > limits.customId ? [] : [{ type: 2, style: 2, label, custom_id: customId }];
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

/** Titles, labels and footers show markdown as it stands: only what hides or steers is taken out. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\p{Cc}/gu, '')
    .trim();
}
