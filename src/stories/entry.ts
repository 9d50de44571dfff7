import { decodeHTML } from 'entities';
import type { FeedItem, RawArticle } from '../core/article.ts';
import type { SourceConfig, StoredEntry } from '../core/source-ports.ts';
import { parseHttpUrl } from '../lib/url.ts';

const hourMs = 3_600_000;

/** The longer of two texts: feeds put the body in either. */
function fuller(a: string | null, b: string | null): string | null {
  return (a?.length ?? 0) >= (b?.length ?? 0) ? a : b;
}

/**
 * Some feeds put plain text where HTML belongs. Its line breaks are all the structure that it has: read as HTML, headings,
 * teasers and body would run into one paragraph.
 */
function plainText(html: string | null): string | null {
  if (html === null || !/\S[^\S\n]*\n\s*\S/.test(html) || /<[a-z!/][^>]*>/i.test(html)) return null;
  return decodeHTML(html);
}

function visible(html: string): string {
  return html
    .slice(0, 4000)
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;|\s+/g, ' ');
}

/**
 * Aggregators name the outlet behind the headline and again after the link: `Headline - Outlet`, and in the text
 * `Headline  Outlet`. Only both together are believed, for headlines hold dashes of their own.
 */
function aggregated(title: string | null, html: string | null): { title: string; outlet: string } | null {
  const [, head, outlet] = /^(.{12,}) [-–—|] ([^|]{2,60}?)$/u.exec(title?.trim() ?? '') ?? [];
  if (!head || !outlet || html === null) return null;
  const text = visible(html).trimStart();
  return text.startsWith(head) && text.slice(head.length).trimStart().startsWith(outlet)
    ? { title: head, outlet }
    : null;
}

/** Where a person can read it: the link, else an id that is an address. Nothing else (`javascript:`, `tag:`) is shown. */
function addressOf({ link, id }: FeedItem): string | null {
  return [link, id].find((address) => address !== null && parseHttpUrl(address) !== null) ?? null;
}

/** An entry as the reader takes it; null when there is nothing to read. A source that is gone leaves its id as publisher. */
export function rawArticleOf(entry: StoredEntry, source: SourceConfig | undefined): RawArticle | null {
  const { item } = entry;
  const html = fuller(item.content, item.summary);
  if (!item.title?.trim() && !html?.trim()) return null;
  const behind = aggregated(item.title, html);
  const text = plainText(html);
  return {
    id: entry.id,
    url: addressOf(item),
    publisher: behind?.outlet ?? source?.publisher ?? entry.sourceId,
    sourceId: entry.sourceId,
    sourceKind: source?.kind ?? 'news',
    title: behind?.title ?? item.title,
    html: text === null ? html : null,
    text,
    publishedAt: item.publishedAt,
    updatedAt: item.updatedAt,
    language: source?.language ?? null,
    author: item.author,
    arrivedAt: entry.firstSeenAt,
  };
}

/** How an article came: from which entry, and what it may cause. */
export interface Circumstances {
  /** Null for files. */
  entryId: string | null;
  version: number;
  /** Known, never told. */
  silent: boolean;
  /** Too old to open a story. */
  old: boolean;
  /** What happened since then is news from this source (ISO 8601 UTC); null when nobody knows. */
  newsSince: string | null;
}

/**
 * What the first poll of a source finds is known in silence, whatever its age; what changes on a page later is told
 * like anything else. Age counts to the source's last good poll, so that news of an outage is not old.
 */
export function circumstancesOf(entry: StoredEntry, maxAgeHours: number): Circumstances {
  const seen = Date.parse(entry.lastGoodPollAt ?? entry.firstSeenAt);
  const published = entry.item.publishedAt === null ? seen : Date.parse(entry.item.publishedAt);
  const tooOld = seen - published > maxAgeHours * hourMs;
  const baseline = entry.silent && !entry.lastGoodPollAt;
  const edited = entry.silent && entry.version > 1 && !tooOld;
  const oldest = new Date(seen - maxAgeHours * hourMs).toISOString();
  const { watchedSince = null } = entry;
  return {
    entryId: entry.id,
    version: entry.version,
    silent: entry.silent && !edited,
    old: tooOld && !baseline,
    newsSince: watchedSince === null || watchedSince > oldest ? watchedSince : oldest,
  };
}

/** A file that was given by hand: never told, never too old. */
export const fromFile: Circumstances = { entryId: null, version: 1, silent: true, old: false, newsSince: null };
