import type { Block, Line, Message, Span } from '../../core/message.ts';

export interface TextOptions {
  /** Columns; longer lines wrap between words. */
  width: number;
}

/** Control characters and marks of direction: foreign text must not drive the terminal. */
const controls = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A message as plain text for a terminal: title, blocks, links in angle brackets, footer. No trailing newline. */
export function renderMessage(message: Message, { width }: TextOptions): string {
  const parts = [
    wrap(clean(message.title), width),
    ...message.blocks.map((block) => renderBlock(block, width)),
    message.footer === undefined ? '' : wrap(renderLine(message.footer), width),
    renderActions(message, width),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function renderBlock(block: Block, width: number): string {
  switch (block.kind) {
    case 'heading':
      return `\n${wrap(clean(block.text), width)}`;
    case 'text':
      return block.lines.map((line) => wrap(renderLine(line), width)).join('\n');
    case 'note':
      return wrap(renderLine(block.line), width);
    case 'list':
      return block.items.map((item) => wrap(`- ${renderLine(item)}`, width, '  ')).join('\n');
    case 'fields':
      return block.fields
        .map((field) => wrap(`${clean(field.name)}: ${renderLine(field.value)}`, width, '  '))
        .join('\n');
  }
}

function renderActions(message: Message, width: number): string {
  const shown = (message.actions ?? []).map((action) =>
    action.kind === 'link'
      ? `${clean(action.label)} <${action.url}>`
      : `${clean(action.label)}: ${clean(action.command)}`,
  );
  return shown.length === 0 ? '' : wrap(`[ ${shown.join(' | ')} ]`, width, '  ');
}

function renderLine(line: Line): string {
  return line.map(renderSpan).join('');
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return clean(span);
  return span.url === undefined ? clean(span.text) : `${clean(span.text)} <${span.url}>`;
}

function clean(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(controls, '');
}

/** Breaks between words; a word longer than the width (an address) stays whole, so that it can be copied. */
function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let current = '';
  for (const word of text.trim().split(' ')) {
    const next = current === '' ? word : `${current} ${word}`;
    if (next.length <= width || current.trim() === '') current = next;
    else {
      lines.push(current);
      current = `${indent}${word}`;
    }
  }
  return [...lines, current].join('\n');
}
