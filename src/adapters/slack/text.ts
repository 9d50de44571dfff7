import type { Line, Span } from '../../core/message.ts';

const hidden = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\p{Cc}/gu;

/** Foreign text for mrkdwn: only & < > are escaped, once; that makes every mention and link inert. */
export function escapeMrkdwn(text: string): string {
  return plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text without line breaks, control characters, or marks that steer direction. */
export function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(hidden, '');
}

export function renderLine(line: Line): string {
  return line.map(renderSpan).join('');
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return escapeMrkdwn(span);
  const text = escapeMrkdwn(span.text);
  const url = span.url === undefined ? null : safeUrl(span.url);
  // A bar would end the link's address; in its words it is only a bar.
  const shown = url === null ? text : `<${url}|${text.replaceAll('|', '¦').trim() || 'link'}>`;
  return span.strong && text.trim() !== '' ? `*${shown}*` : shown;
}

/** An address that cannot break out of `<url|text>`; null when it is no web address. */
export function safeUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E').replaceAll('&', '&amp;');
}

/** At most `limit` UTF-16 units, cut after a sentence or a word; never within a character, an entity or a link. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let room = text.slice(0, limit - 1);
  if (/[\uD800-\uDBFF]$/.test(room)) room = room.slice(0, -1);
  room = room.replace(/&[a-z]{0,3}$/, '');
  if (room.lastIndexOf('<') > room.lastIndexOf('>')) room = room.slice(0, room.lastIndexOf('<'));
  const sentence = room.search(/[.!?؟。][^.!?؟。<>]*$/);
  const cut = sentence > limit * 0.6 ? room.slice(0, sentence + 1) : room.replace(/\s+[^\s<>]*$/, '');
  return `${(cut === '' ? room : cut).trimEnd()}…`;
}
