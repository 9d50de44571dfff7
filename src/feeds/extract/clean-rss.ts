import { escapeText } from 'entities';
import Parser from 'rss-parser';
import type { FeedItem, ParsedFeed } from '../../core/article.ts';
import type { Choice, FeedDraft, ItemDraft } from './draft.ts';
import { askedMinutes } from './finish.ts';

/** What XML cannot carry. */
const unwanted = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff`;
const forbidden = new RegExp(`[${unwanted}]`, 'g');
const suspect = new RegExp(`[${unwanted}\\ud800-\\udfff]`);

/** Drops characters that XML forbids; lone surrogates become U+FFFD. */
export function withoutForbidden(text: string): string {
  return suspect.test(text) ? text.replace(forbidden, '').replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

/** A feed as rss-parser gets it: bodies stay outside, and their places hold their numbers. */
export interface CleanRss {
  xml: string;
  /** HTML of descriptions and contents. */
  bodies: string[];
}

function element(name: string, choice: Choice | undefined): string {
  return choice === undefined ? '' : `<${name}>${escapeText(withoutForbidden(choice.value))}</${name}>`;
}

function bodyElement(name: string, choice: Choice | undefined, bodies: string[]): string {
  if (choice === undefined) return '';
  bodies.push(withoutForbidden(choice.value));
  return `<${name}>${bodies.length - 1}</${name}>`;
}

function itemXml(item: ItemDraft, bodies: string[]): string {
  const short = `${element('title', item.title)}${element('link', item.link)}${element('guid', item.id)}${element('dc:creator', item.author)}`;
  const dates = `${element('dc:date', item.published)}${element('dcterms:modified', item.updated)}`;
  const long = `${bodyElement('description', item.summary, bodies)}${bodyElement('content:encoded', item.content, bodies)}`;
  return `<item>${short}${dates}${long}</item>`;
}

/**
 * A feed as plain RSS 2.0 with the Dublin Core and content modules, with nothing in it that a parser could stumble
 * over. rss-parser runs a quadratic pattern over every body that holds `<`, so foreign HTML never crosses it.
 */
export function writeCleanRss(feed: FeedDraft): CleanRss {
  const bodies: string[] = [];
  const items = feed.items.map((item) => itemXml(item, bodies)).join('');
  const head = `${element('title', feed.title)}${element('link', feed.link)}`;
  return { xml: `<rss version="2.0"><channel>${head}${items}</channel></rss>`, bodies };
}

function told(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

interface CleanItem {
  date?: string;
  modified?: string;
}

function feedItem(
  item: Parser.Item & CleanItem & { 'content:encoded'?: string },
  author: string | null,
  bodies: readonly string[],
): FeedItem {
  const updatedAt = item.modified ?? null;
  const body = (place: string | undefined): string | null =>
    place === undefined ? null : (bodies[Number(place)] ?? null);
  return {
    id: told(item.guid),
    title: told(item.title),
    link: told(item.link),
    // Atom asks for `updated` only: an entry that tells nothing else was published then.
    publishedAt: item.isoDate ?? updatedAt,
    updatedAt,
    author: told(item.creator) ?? author,
    summary: body(item.content),
    content: body(item['content:encoded']),
  };
}

/** Reads clean RSS with rss-parser: a new instance each time, since one that failed reads the next feed wrongly. */
export async function readCleanRss({ xml, bodies }: CleanRss, feed: FeedDraft): Promise<ParsedFeed> {
  const parser = new Parser<object, CleanItem>({ customFields: { item: [['dcterms:modified', 'modified']] } });
  const read = await parser.parseString(xml);
  const minutes = askedMinutes(feed);
  return {
    title: told(read.title),
    link: told(read.link),
    items: read.items.map((item) => feedItem(item, feed.author?.value ?? null, bodies)),
    ...(feed.truncated ? { truncated: true } : {}),
    ...(feed.withdrawn.length === 0 ? {} : { withdrawn: feed.withdrawn }),
    ...(minutes === null ? {} : { ttlMinutes: minutes }),
    ...(feed.skipHours.length === 0 ? {} : { skipHours: feed.skipHours }),
    ...(feed.skipDays.length === 0 ? {} : { skipDays: feed.skipDays }),
  };
}
