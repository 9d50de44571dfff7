import type { Block, Line, Message, Span } from './message.ts';

/** Everything in a message that is words of ours; addresses, commands and words of others stay. */
export function translated(message: Message, say: (words: string) => string): Message {
  const span = (one: Span): Span => {
    if (typeof one === 'string') return say(one);
    return one.foreign ? one : { ...one, text: say(one.text) };
  };
  const line = (words: Line): Line => words.map(span);
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'text':
        return { ...one, lines: one.lines.map(line) };
      case 'list':
        return { ...one, items: one.items.map(line) };
      case 'fields':
        return { ...one, fields: one.fields.map(({ name, value }) => ({ name: say(name), value: line(value) })) };
      case 'heading':
        return { ...one, text: say(one.text) };
      case 'note':
        return { ...one, line: line(one.line) };
    }
  };
  const around = (words: string, foreign?: string) =>
    foreign === undefined ? say(words) : words.split(foreign).map(say).join(foreign);
  return {
    ...message,
    title: around(message.title, message.foreign),
    plain: around(message.plain, message.foreign),
    blocks: message.blocks.map(block),
    ...(message.footer ? { footer: line(message.footer) } : {}),
    ...(message.actions
      ? {
          actions: message.actions.map((action) => ({
            ...action,
            label: around(action.label, 'foreign' in action ? action.foreign : undefined),
          })),
        }
      : {}),
    ...(message.picture ? { picture: { ...message.picture, alt: say(message.picture.alt) } } : {}),
  };
}
