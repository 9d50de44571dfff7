import type { Line, Span } from '../../core/message.ts';

/** Marks that steer direction or hide: foreign text must look like what it says. */
const hidden = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\p{Cc}/gu;
const marks = /[\\*_~`|<>[\]()#@:-]/g;

/** Foreign text as plain text: no markdown, no mention, no masked link, no control of direction. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(hidden, '')
    .replaceAll(marks, (mark) => (mark === '@' ? '@\u200B' : isHarmless(mark) ? mark : `\\${mark}`));
}

/** A hyphen or colon changes nothing inside a line; escaping it would only be ugly. */
function isHarmless(mark: string): boolean {
  return mark === '-' || mark === ':';
}

export function renderLine(line: Line): string {
  // A line that begins with a hyphen would be a list; one that begins with a number and a dot too.
  return line
    .map(renderSpan)
    .join('')
    .replace(/^(\s*)([-+]|\d+\.)(\s)/, '$1\\$2$3');
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return escapeMarkdown(span);
  const text = escapeMarkdown(span.text);
  const url = span.url === undefined ? null : safeUrl(span.url);
  const shown = url === null ? text : `[${text === '' ? 'link' : text}](${url})`;
  return span.strong && text.trim() !== '' ? `**${shown}**` : shown;
}

/** An address that cannot break out of a masked link; null when it is no web address. */
export function safeUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.href
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replaceAll('*', '%2A')
    .replaceAll('_', '%5F')
    .replaceAll('~', '%7E');
}

/** At most `limit` UTF-16 units, cut after a sentence or a word, never within a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = text.slice(0, limit - 1);
  const whole = /[\uD800-\uDBFF]$/.test(room) ? room.slice(0, -1) : room;
  const sentence = whole.search(/[.!?؟。][^.!?؟。]*$/);
  const cut = sentence > limit * 0.6 ? whole.slice(0, sentence + 1) : whole.replace(/\s+\S*$/, '');
  return `${(cut === '' ? whole : cut).trimEnd().replace(/\\+$/, '')}…`;
}
