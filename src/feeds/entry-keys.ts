import { createHash } from 'node:crypto';
import type { FeedItem } from '../core/article.ts';
import { addressParts, canonicalUrl, parseHttpUrl, stripOutletSuffix } from '../lib/url.ts';

/** What of a source matters for identity. */
export interface IdentitySource {
  url: string;
  publisher: string;
}

/** 72 bits: enough for every entry of every source, short in the index. */
export function shortHash(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
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

function textKeys(item: FeedItem): string[] {
  const texts = [item.summary, item.content].map((text) => folded(visibleText(text ?? '')).replaceAll(' ', ''));
  return [...new Set(texts)].filter((text) => text.length >= longText).map((text) => `c:${shortHash(text)}`);
}

/** A guid that is the link again says nothing of its own, and changes with it. */
function guidKeys(item: FeedItem): string[] {
  const guid = item.id?.trim();
  if (!guid) return [];
  const address = canonicalUrl(guid);
  if (address !== null && item.link !== null && address === canonicalUrl(item.link)) return [];
  return [`g:${shortHash(guid)}`];
}

function addressKeys(item: FeedItem, source: IdentitySource): string[] {
  const parts = addressParts(item.link ?? item.id ?? '');
  if (!parts || canonicalUrl(item.link ?? '') === canonicalUrl(source.url)) return [];
  const keys = [`a:${shortHash(parts.path)}`];
  if (parts.full !== null) keys.push(`u:${shortHash(parts.full)}`);
  if (parts.article !== null) keys.push(`p:${shortHash(parts.article)}`);
  return keys;
}

/** Aggregators name the outlet behind every title, and not always in the same words. */
function foldedTitle(item: FeedItem, source: IdentitySource): string {
  const always = parseHttpUrl(source.url)?.hostname === 'news.google.com';
  return folded(stripOutletSuffix(visibleText(item.title ?? ''), source.publisher, always));
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
export function entryKeys(item: FeedItem, source: IdentitySource): string[] {
  const day = item.publishedAt?.slice(0, 10) ?? '-';
  const title = foldedTitle(item, source);
  const exact = [item.id, item.link, title, day, folded(visibleText(item.summary ?? item.content ?? ''))].join('\n');
  return [
    `x:${shortHash(exact)}`,
    ...guidKeys(item),
    ...addressKeys(item, source),
    ...textKeys(item),
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
