import { escapeText } from 'entities';
import { parseDate } from '../dates.ts';
import { withoutC1 } from '../decode.ts';
import { maxField, maxItems } from '../limits.ts';
import { choose, type FeedDraft, type ItemDraft } from './draft.ts';
import { isObject, type Json, lenient, mended, wholeObjects } from './json-salvage.ts';
import { resolveHtml, resolveLink } from './links.ts';
import { plainLine } from './text.ts';

/** A string, or a number as one; feeds number their ids. */
function textOf(feed: FeedDraft, value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  if (value.length > maxField) feed.truncated = true;
  return withoutC1(value.slice(0, maxField));
}

function link(feed: FeedDraft, value: unknown, url: string): string | null {
  const text = textOf(feed, value);
  return text === null ? null : resolveLink(text, url);
}

/** Names of `authors` (1.1) or `author` (1.0). */
function authorOf(feed: FeedDraft, holder: Json): string | null {
  const listed: readonly unknown[] = Array.isArray(holder.authors) ? holder.authors : [holder.author];
  const names = listed.flatMap((author) => {
    const name = textOf(feed, isObject(author) ? author.name : author);
    return name === null ? [] : [name.trim()];
  });
  return names.length === 0 ? null : names.join(', ');
}

function itemOf(feed: FeedDraft, row: Json, url: string): ItemDraft {
  const item: ItemDraft = {};
  const title = textOf(feed, row.title);
  const html = textOf(feed, row.content_html);
  const text = textOf(feed, row.content_text);
  const summary = textOf(feed, row.summary);
  const date = (value: unknown): string | null => parseDate(textOf(feed, value) ?? '');
  choose(item, 'id', textOf(feed, row.id), 10);
  choose(item, 'title', title === null ? null : plainLine(title, true), 10);
  choose(item, 'link', link(feed, row.url, url), 10);
  choose(item, 'link', link(feed, row.external_url, url), 5);
  choose(item, 'link', link(feed, typeof row.id === 'string' && /^https?:/.test(row.id) ? row.id : null, url), 2);
  choose(item, 'published', date(row.date_published), 10);
  choose(item, 'updated', date(row.date_modified), 10);
  choose(item, 'author', authorOf(feed, row), 10);
  choose(item, 'summary', summary === null ? null : escapeText(summary), 10);
  choose(item, 'content', html === null ? null : resolveHtml(html, url), 10);
  choose(item, 'content', text === null ? null : escapeText(text), 5);
  return item;
}

/** What can be read of a feed that JSON itself refuses. */
function salvage(text: string): Json {
  const items = wholeObjects(text, 'items');
  if (items === null) return {};
  const title = lenient(`{${/"title"\s*:\s*"(?:[^"\\]|\\.){0,1000}"/.exec(text.slice(0, 20_000))?.[0] ?? ''}}`);
  return { version: 'salvaged', ...(isObject(title) ? title : {}), items };
}

/** Reads JSON Feed 1.0 and 1.1. False when the document is JSON but no feed. */
export function readJsonFeed(text: string, feed: FeedDraft, url: string): boolean {
  const whole = mended(text);
  const parsed: unknown = whole ?? salvage(text);
  if (!isObject(parsed)) return false;
  const named = typeof parsed.version === 'string' && /jsonfeed|salvaged/.test(parsed.version);
  if (!Array.isArray(parsed.items) && !named) return false;
  if (whole === null) feed.truncated = true;
  feed.recognised = true;
  const title = textOf(feed, parsed.title);
  choose(feed, 'title', title === null ? null : plainLine(title, true), 10);
  choose(feed, 'link', link(feed, parsed.home_page_url, url), 10);
  choose(feed, 'author', authorOf(feed, parsed), 10);
  const rows: readonly unknown[] = Array.isArray(parsed.items) ? parsed.items : [];
  if (rows.length > maxItems) feed.truncated = true;
  feed.items = rows
    .slice(0, maxItems)
    .filter(isObject)
    .map((row) => itemOf(feed, row, url));
  return true;
}
