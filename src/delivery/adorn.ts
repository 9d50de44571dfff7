import type { Line, Message } from '../core/message.ts';

/** The message with one more line, first of all. */
export function withNote(message: Message, note: string): Message {
  return { ...message, blocks: [{ kind: 'note', line: [note] }, ...message.blocks] };
}

/** The message as what it is when it could not go out in time: catch-up, with the moment that was meant. */
export function asLate(message: Message, since: string): Message {
  const when = `${since.slice(0, 10)} ${since.slice(11, 16)} UTC`;
  const marked = withNote(message, `Late: this was due on ${when} and could not be delivered then.`);
  const title = message.title.startsWith('Catch-up: ') ? message.title : `Catch-up: ${message.title}`;
  return { ...marked, title };
}

function linksOf(message: Message): Line[] {
  const lines = message.blocks.flatMap((block) =>
    block.kind === 'list' ? block.items : block.kind === 'text' ? block.lines : [],
  );
  return lines.flat().flatMap((span) => (typeof span === 'object' && span.url !== undefined ? [[span]] : []));
}

/** What is left of a message that a platform would not take: its line of plain words and three links. */
export function plainForm(message: Message): Message {
  const links = linksOf(message).slice(0, 3);
  const text = { kind: 'text' as const, lines: [[message.plain.slice(0, 1_000)]] };
  return {
    title: message.title.slice(0, 200),
    plain: message.plain.slice(0, 1_000),
    blocks: links.length === 0 ? [text] : [text, { kind: 'list', items: links }],
  };
}
