import type { Line, Span } from '../../core/message.ts';
import { cleanText, cutAt } from '../../lib/plain-text.ts';

const marks = /[\\*_~`|<>[\]()#@]|:(?=\/)/g;
/** Would begin a list: a hyphen, a plus, or a number and a dot. */
const listStart = /^(\s*)([-+]|\d+\.)(\s|$)/;

/** Foreign text as plain text: no markdown, no mention, no link, no control of direction. */
export function escapeMarkdown(text: string): string {
  return cleanText(text).replaceAll(marks, (mark) => (mark === '@' ? '@\u200B' : `\\${mark}`));
}

/** A line as Discord's markdown, at most `limit` UTF-16 units: what is too long is cut before it is escaped. */
export function renderLine(line: Line, limit = Number.POSITIVE_INFINITY): string {
  const whole = withoutListStart(fitSpans(line, limit));
  return whole.length <= limit ? whole : withoutListStart(fitSpans(line, limit - 1));
}

function withoutListStart(text: string): string {
  return text.replace(listStart, (_all, space: string, mark: string, after: string) =>
    mark.endsWith('.') ? `${space}${mark.slice(0, -1)}\\.${after}` : `${space}\\${mark}${after}`,
  );
}

function fitSpans(line: Line, limit: number): string {
  let text = '';
  for (const span of line) {
    const next = renderSpan(span);
    if (text.length + next.length > limit) return text + cutSpan(span, limit - text.length);
    text += next;
  }
  return text;
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return escapeMarkdown(span);
  const text = escapeMarkdown(span.text);
  const url = span.url === undefined ? null : safeUrl(span.url);
  const shown = url === null ? text : `[${text.trim() === '' ? 'link' : text}](${url})`;
  return span.strong && text.trim() !== '' ? `**${shown}**` : shown;
}

/** As much of a span as fits; an address that leaves no room for words is left out. */
function cutSpan(span: Span, room: number): string {
  const parts = typeof span === 'string' ? { text: span } : span;
  const text = cleanText(parts.text);
  for (let keep = Math.min(room, text.length); keep > 0; ) {
    const shown = renderSpan({ ...parts, text: shorten(text, keep) });
    if (shown.length <= room) return shown;
    // A character takes two units at most, once escaped.
    keep -= Math.max(1, Math.floor((shown.length - room) / 2));
  }
  return 'url' in parts && parts.url !== undefined ? cutSpan(parts.text, room) : '';
}

/** An address that cannot break out of a masked link; null when it is no web address or pretends to be another. */
export function safeUrl(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // `https://good.example@bad.example/` reads as the one and opens the other.
  if (url.username !== '' || url.password !== '') return null;
  const rest = url.href.slice(url.origin.length);
  return (
    url.origin +
    rest.replaceAll(
      /[()*_~|\\[\]`<>@]/g,
      (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
  );
}

/** At most `limit` UTF-16 units, cut after a sentence or a word, never within a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return '';
  const whole = cutAt(text, limit - 1);
  const sentence = whole.search(/[.!?؟。][^.!?؟。]*$/);
  const cut = sentence > limit * 0.6 ? whole.slice(0, sentence + 1) : whole.replace(/\s+\S*$/, '');
  return `${(cut === '' ? whole : cut).trimEnd()}…`;
}
