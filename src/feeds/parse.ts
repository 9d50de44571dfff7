import type { ParsedFeed } from '../core/article.ts';
import { SourceError } from '../core/errors.ts';
import { decodeDocument } from './decode.ts';
import { readCleanRss, withoutForbidden, writeCleanRss } from './extract/clean-rss.ts';
import { expander, takeDoctype } from './extract/doctype.ts';
import { type FeedDraft, newFeed } from './extract/draft.ts';
import { readJsonFeed } from './extract/json-feed.ts';
import { readMarkup } from './extract/markup.ts';
import { joinHalves } from './extract/text.ts';
import { feedWalker } from './extract/walk.ts';
import { maxBytes } from './limits.ts';

function readXmlFeed(source: string, feed: FeedDraft, url: string): void {
  const { text, entities } = takeDoctype(joinHalves(source));
  const walker = feedWalker(feed, url);
  const expand = expander(entities);
  readMarkup(text, entities.size === 0 ? walker : { ...walker, text: (value) => walker.text(expand(value)) });
  walker.end();
}

/** Nothing at all, or comments and declarations without an element. */
function isEmpty(text: string): boolean {
  const body = text.trim();
  return body === '' || (body.startsWith('<') && !/<[A-Za-z_\u0080-\uffff]/.test(body.slice(0, 65_536)));
}

function notAFeed(text: string, url: string): SourceError {
  const html = /<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 4096));
  return new SourceError(
    'changed',
    'not-a-feed',
    html ? `${url} answered with a web page, not a feed` : `${url} answered with something that is no feed`,
    'Open the address in a browser: the feed may have moved, or the site may want a challenge solved. Set its new address, or pause the source',
  );
}

/**
 * Reads a feed of any family (RSS 0.9x to 2.0, Atom 0.3 and 1.0, JSON Feed) from the bytes as received, however
 * broken. Dates are ISO 8601 UTC; titles are plain text; `summary` and `content` are HTML with absolute links, not
 * sanitised. Past a limit what was read is kept and `truncated` is set.
 * @param bytes after decompression
 * @param contentType the HTTP header, or null
 * @param url the address it came from, which relative links are relative to
 * @throws SourceError `malformed`/`empty` for a document without content, `changed`/`not-a-feed` for what is none
 */
export async function parseFeed(bytes: Uint8Array, contentType: string | null, url: string): Promise<ParsedFeed> {
  const tooLong = bytes.length > maxBytes;
  const text = withoutForbidden(decodeDocument(tooLong ? bytes.subarray(0, maxBytes) : bytes, contentType));
  if (isEmpty(text)) {
    throw new SourceError(
      'malformed',
      'empty',
      `${url} answered with an empty document`,
      'Nothing to do if it passes; if it lasts, look at the address in a browser',
    );
  }
  const feed = newFeed();
  feed.truncated = tooLong;
  if (!/^\s*[[{]/.test(text) || !readJsonFeed(text, feed, url)) readXmlFeed(text, feed, url);
  if (!feed.recognised) throw notAFeed(text, url);
  return await readCleanRss(writeCleanRss(feed), feed);
}
