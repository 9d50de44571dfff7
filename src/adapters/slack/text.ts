import type { Line, Span } from '../../core/message.ts';
import { cleanText, cutAt } from '../../lib/plain-text.ts';

/** Foreign text for mrkdwn: only & < > are escaped, once; that makes every mention and link inert. */
export function escapeMrkdwn(text: string): string {
  return cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text for `plain_text`, where nothing is escaped: at most `limit` UTF-16 units, cut after a word. */
export function shortenPlain(text: string, limit: number): string {
  const whole = cleanText(text).trim();
  if (whole.length <= limit) return whole;
  const room = cutAt(whole, limit - 1);
  const cut = room.slice(0, Math.max(0, room.lastIndexOf(' ')));
  return `${cut.length > limit * 0.6 ? cut : room.trimEnd()}…`;
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

const longestUrl = 2000;

/** An address that cannot break out of `<url|text>`; null when it is no web address, or too long for a message. */
export function safeUrl(address: string): string | null {
  return webUrl(address, longestUrl)?.replaceAll('&', '&amp;') ?? null;
}

/** A web address of at most `longest` characters without | < >, or null. */
export function webUrl(address: string, longest: number): string | null {
  if (!URL.canParse(address)) return null;
  const { href, protocol } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const safe = href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return safe.length > longest ? null : safe;
}

/** At most `limit` UTF-16 units, cut after a sentence or a word; never within a character, an entity or a link. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let room = cutAt(text, limit - 1).replace(/&[a-z]{0,3}$/, '');
  if (room.lastIndexOf('<') > room.lastIndexOf('>')) room = room.slice(0, room.lastIndexOf('<'));
  const sentence = room.search(/[.!?؟。][^.!?؟。<>]*$/);
  const cut = sentence > limit * 0.6 ? room.slice(0, sentence + 1) : room.replace(/\s+[^\s<>]*$/, '');
  return `${(cut === '' ? room : cut).trimEnd()}…`;
}
