import Parser from 'rss-parser';
import type { FeedItem, ParsedFeed } from '../../core/article.ts';
import type { Choice, FeedDraft, ItemDraft } from './draft.ts';
import { askedMinutes } from './finish.ts';

/**
 * rss-parser runs a quadratic pattern over every description that holds `<`. Markup therefore crosses it as control
 * characters that decoding leaves in no text, and comes back as markup afterwards. They are of one byte each, which
 * keeps Latin text in the engine's compact form.
 */
const stands: readonly (readonly [mark: string, stand: string])[] = [
  ['<', '\u0080'],
  ['>', '\u0082'],
  ['&', '\u0083'],
  ['\r', '\u0084'],
];
/** What XML cannot carry, and the stand-ins themselves, should a feed hold any. */
const unwanted = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u0084\ufffe\uffff`;
const forbidden = new RegExp(`[${unwanted}]`, 'g');
const suspect = new RegExp(`[${unwanted}\\ud800-\\udfff]`);

/** Drops characters that XML forbids; lone surrogates become U+FFFD. */
export function withoutForbidden(text: string): string {
  return suspect.test(text) ? text.replace(forbidden, '').replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

function veil(value: string): string {
  let text = withoutForbidden(value);
  for (const [mark, stand] of stands) text = text.replaceAll(mark, stand);
  return text;
}

function unveil(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  let text = value;
  for (const [mark, stand] of stands) text = text.replaceAll(stand, mark);
  text = text.trim();
  return text === '' ? null : text;
}

function element(name: string, choice: Choice | undefined): string {
  return choice === undefined ? '' : `<${name}>${veil(choice.value)}</${name}>`;
}

function itemXml(item: ItemDraft): string {
  return `<item>${element('title', item.title)}${element('link', item.link)}${element('guid', item.id)}${element('dc:date', item.published)}${element('dcterms:modified', item.updated)}${element('dc:creator', item.author)}${element('description', item.summary)}${element('content:encoded', item.content)}</item>`;
}

/** A feed as plain RSS 2.0 with Dublin Core and content modules, nothing in it that any parser could stumble over. */
export function writeCleanRss(feed: FeedDraft): string {
  const head = `${element('title', feed.title)}${element('link', feed.link)}`;
  return `<rss version="2.0"><channel>${head}${feed.items.map(itemXml).join('')}</channel></rss>`;
}

interface CleanItem {
  date?: string;
  modified?: string;
}

function feedItem(item: Parser.Item & CleanItem & { 'content:encoded'?: string }, author: string | null): FeedItem {
  const updatedAt = item.modified ?? null;
  return {
    id: unveil(item.guid),
    title: unveil(item.title),
    link: unveil(item.link),
    // Atom asks for `updated` only: an entry that tells nothing else was published then.
    publishedAt: item.isoDate ?? updatedAt,
    updatedAt,
    author: unveil(item.creator) ?? author,
    summary: unveil(item.content),
    content: unveil(item['content:encoded']),
  };
}

/** Reads clean RSS with rss-parser: a new instance each time, since one that failed reads the next feed wrongly. */
export async function readCleanRss(xml: string, feed: FeedDraft): Promise<ParsedFeed> {
  const parser = new Parser<object, CleanItem>({ customFields: { item: [['dcterms:modified', 'modified']] } });
  const read = await parser.parseString(xml);
  const minutes = askedMinutes(feed);
  return {
    title: unveil(read.title),
    link: unveil(read.link),
    items: read.items.map((item) => feedItem(item, feed.author?.value ?? null)),
    ...(feed.truncated ? { truncated: true } : {}),
    ...(minutes === null ? {} : { ttlMinutes: minutes }),
    ...(feed.skipHours.length === 0 ? {} : { skipHours: feed.skipHours }),
    ...(feed.skipDays.length === 0 ? {} : { skipDays: feed.skipDays }),
  };
}
