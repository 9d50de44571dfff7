import { escapeText } from 'entities';
import type { parseHTML } from 'linkedom';
import type { FeedItem, ParsedFeed } from '../../../core/article.ts';
import { SourceError } from '../../../core/errors.ts';
import { canonicalUrl } from '../../../lib/url.ts';
import { decodeDocument } from '../../decode.ts';
import { plainLine } from '../../extract/text.ts';
import { maxItems } from '../../limits.ts';
import type { SourceKindReader } from '../kind.ts';
import { dateIn } from './date-in.ts';

/** Characters of a page that are read; index pages are far shorter. */
const longestPage = 5_000_000;
const defaultSelector = 'main a[href], article a[href]';
/** What one entry of a list stands in. */
const entryBox = 'li, article, tr, dd, section > div, .item, .row, .views-row, p';

type Page = ReturnType<typeof parseHTML>['document'];
type Box = NonNullable<ReturnType<Page['querySelector']>>;

function textOf(element: Box): string | null {
  return plainLine(element.textContent ?? '', true);
}

/** All that stands in an element, a space between what its elements hold. */
function wordsOf(element: Box): string {
  return plainLine(element.innerHTML.replace(/<[^>]*>/g, ' '), false) ?? '';
}

/** Words of links that tell nothing of what they lead to. */
const generic =
  /^(?:read|learn|see|view|find out)?\s*(?:more|details|here|full (?:story|text|article)|continue reading|leer más|ver más|lire la suite|en savoir plus|saiba mais|leia mais)\W*$/i;

function titleOf(anchor: Box): string | null {
  const own = ownTitleOf(anchor);
  if (own === null || !generic.test(own)) return own;
  const heading = boxOf(anchor).querySelector('h1, h2, h3, h4, h5, h6');
  return (heading && textOf(heading)) ?? own;
}

function ownTitleOf(anchor: Box): string | null {
  const image = anchor.querySelector('img[alt]');
  const named = [anchor.getAttribute('aria-label'), anchor.getAttribute('title'), image?.getAttribute('alt')];
  return textOf(anchor) ?? named.map((name) => plainLine(name ?? '', true)).find((name) => name !== null) ?? null;
}

/** Where a link leads, without its fragment; null when that is this page, or no page at all. */
function addressOf(anchor: Box, base: string): string | null {
  const href = anchor.getAttribute('href')?.trim() ?? '';
  if (href === '' || href.startsWith('#') || !URL.canParse(href, base)) return null;
  const address = new URL(href, base);
  address.hash = '';
  return address.protocol === 'http:' || address.protocol === 'https:' ? address.href : null;
}

/** The entry that a link stands in, unless it holds other entries' links too. */
function boxOf(anchor: Box): Box {
  const box = anchor.closest(entryBox);
  return box !== null && box.querySelectorAll('a[href]').length <= 6 ? box : anchor;
}

function itemOf(anchor: Box, address: string, title: string): FeedItem {
  const box = boxOf(anchor);
  const told = box.querySelector('time[datetime]')?.getAttribute('datetime') ?? '';
  const around = wordsOf(box).replace(title, '').trim();
  return {
    id: address,
    title,
    link: address,
    publishedAt: dateIn(told) ?? dateIn(around) ?? dateIn(title),
    updatedAt: null,
    author: null,
    summary: around.length >= 40 ? escapeText(around.slice(0, 2000)) : null,
    content: null,
  };
}

function anchorsOf(document: Page, selector: string, url: string): Box[] {
  try {
    return [...document.querySelectorAll(selector)].flatMap((element): Box[] => {
      if (element.localName === 'a') return [element];
      const within = [...element.querySelectorAll('a[href]')];
      return within.length > 0 ? within : [element.closest('a[href]')].filter((anchor) => anchor !== null);
    });
  } catch (cause) {
    throw new SourceError(
      'malformed',
      'bad-selector',
      `${url} cannot be searched: "${selector}" is no CSS selector`,
      'Correct `selector` of the source',
      { cause },
    );
  }
}

function itemsOf(anchors: readonly Box[], base: string): FeedItem[] {
  const items = new Map<string, FeedItem>();
  for (const anchor of anchors) {
    const address = addressOf(anchor, base);
    const title = titleOf(anchor);
    const key = address === null ? null : (canonicalUrl(address) ?? address);
    if (address !== null && key !== null && title !== null && !items.has(key))
      items.set(key, itemOf(anchor, address, title));
  }
  return [...items.values()];
}

async function readPage(text: string, selector: string, url: string): Promise<ParsedFeed> {
  // Loaded on first use: most installations watch no page, and it is by far the largest part of a reader thread.
  const { parseHTML } = await import('linkedom');
  const { document } = parseHTML(text.slice(0, longestPage));
  const ownBase = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  const base = URL.canParse(ownBase, url) ? new URL(ownBase, url).href : url;
  const items = itemsOf(anchorsOf(document, selector, url), base);
  if (items.length === 0) {
    throw new SourceError(
      'changed',
      'no-links',
      `${url} has no link under "${selector}"`,
      'Open the page: if it was rebuilt, set the `selector` of the source anew; if it asks for a challenge, pause the source',
    );
  }
  const truncated = text.length > longestPage || items.length > maxItems;
  const title = plainLine(document.querySelector('title')?.textContent ?? '', true);
  return { title, link: url, items: items.slice(0, maxItems), ...(truncated ? { truncated } : {}) };
}

/** An index page without a feed: each link under `selector` is an entry, in the page's order. */
export const page: SourceKindReader = {
  format: 'page',
  async read(bytes, contentType, source, url) {
    const text = decodeDocument(bytes, contentType);
    if (text.trim() === '') {
      throw new SourceError('malformed', 'empty', `${url} answered with an empty page`, 'Nothing to do if it passes');
    }
    return await readPage(text, source.selector ?? defaultSelector, url);
  },
};
