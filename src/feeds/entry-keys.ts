import { hash } from 'node:crypto';
import type { FeedItem } from '../core/article.ts';
import { type AddressParts, addressParts, canonicalUrl, parseHttpUrl, stripOutletSuffix } from '../lib/url.ts';

/** What of a source matters for identity. */
export interface IdentitySource {
  url: string;
  publisher: string;
}

/** The same, made ready once for all items of a document. */
export interface IdentityContext {
  publisher: string;
  /** Its own address: an item that links there links to nothing of its own. */
  home: string | null;
  /** Names the outlet behind every title, and not always in the same words. */
  aggregator: boolean;
}

export function identityContext(source: IdentitySource): IdentityContext {
  const aggregator = parseHttpUrl(source.url)?.hostname === 'news.google.com';
  return { publisher: source.publisher, home: canonicalUrl(source.url), aggregator };
}

/** 72 bits: enough for every entry of every source, short in the index. */
export function shortHash(text: string | Buffer): string {
  return hash('sha256', text, 'base64url').slice(0, 12);
}

/**
 * What a reader sees of a field that may hold HTML. One pass, whatever the input; scripts, styles and comments are
 * left out, entities stay as they are, since the same bytes give the same text.
 */
export function visibleText(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) break;
    parts.push(html.slice(at, open));
    const next = endOfMarkup(html, open);
    if (next === -1) return parts.join(' ');
    at = next;
  }
  parts.push(html.slice(at));
  return parts.join(' ');
}

function endOfMarkup(html: string, open: number): number {
  const hidden = /^<(!--|script\b|style\b)/i.exec(html.slice(open, open + 8))?.[1]?.toLowerCase();
  const closing = hidden === '!--' ? '-->' : hidden ? `</${hidden}` : '>';
  const close = html.indexOf(closing, open + 1);
  if (close === -1) return -1;
  if (closing === '>' || closing === '-->') return close + closing.length;
  const end = html.indexOf('>', close);
  return end === -1 ? -1 : end + 1;
}

/** Letters and digits only, folded: what is left when punctuation, case and spacing do not count. */
export function folded(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');
}

const longText = 120;

function textKeys(texts: readonly string[]): string[] {
  const long = texts.map((text) => text.replaceAll(' ', '')).filter((text) => text.length >= longText);
  return [...new Set(long)].map((text) => `c:${shortHash(text)}`);
}

/** A guid that is the link again says nothing of its own, and changes with it. */
function guidKeys(guid: string | undefined, link: AddressParts | null): string[] {
  if (!guid) return [];
  const same = link !== null && /^\s*http/i.test(guid) && canonicalUrl(guid) === link.canonical;
  return same ? [] : [`g:${shortHash(guid)}`];
}

function addressKeys(parts: AddressParts | null, home: string | null): string[] {
  if (!parts || parts.canonical === home) return [];
  const keys = [`a:${shortHash(parts.path)}`];
  if (parts.full !== null) keys.push(`u:${shortHash(parts.full)}`);
  if (parts.article !== null) keys.push(`p:${shortHash(parts.article)}`);
  return keys;
}

function foldedTitle(item: FeedItem, context: IdentityContext): string {
  return folded(stripOutletSuffix(visibleText(item.title ?? ''), context.publisher, context.aggregator));
}

/** Four words; or 20 letters of a script without spaces. */
function isTelling(title: string): boolean {
  return title.split(' ').length >= 4 || title.length >= 20;
}

function titleKeys(title: string, day: string): string[] {
  if (title === '') return [];
  return [`t:${shortHash(`${title}|${day}`)}`, `${isTelling(title) ? 'n' : 'm'}:${shortHash(title)}`];
}

function dateKeys(item: FeedItem): string[] {
  if (item.publishedAt === null) return [];
  const day = `d:${item.publishedAt.slice(0, 10)}`;
  return item.publishedAt.includes('T00:00:00') ? [day] : [day, `i:${shortHash(item.publishedAt)}`];
}

/** All keys of one item, before those shared with other items are taken out. */
export function entryKeys(item: FeedItem, context: IdentityContext): string[] {
  const day = item.publishedAt?.slice(0, 10) ?? '-';
  const title = foldedTitle(item, context);
  const [summary = '', content = ''] = [item.summary, item.content].map((text) => folded(visibleText(text ?? '')));
  const exact = [item.id, item.link, title, day, item.summary === null ? content : summary].join('\n');
  const link = item.link === null ? null : addressParts(item.link);
  return [
    `x:${shortHash(exact)}`,
    ...guidKeys(item.id?.trim(), link),
    ...addressKeys(link ?? (item.link === null && item.id !== null ? addressParts(item.id) : null), context.home),
    ...textKeys([summary, content]),
    ...titleKeys(title, day),
    ...dateKeys(item),
  ];
}

/** Hash of what a reader would notice: the words of title and text, not their markup or spacing. */
export function contentHash(item: FeedItem): string {
  const parts = [item.title, item.summary, item.content].map((part) =>
    visibleText(part ?? '')
      .normalize('NFKC')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return shortHash(parts.join('\n'));
}
