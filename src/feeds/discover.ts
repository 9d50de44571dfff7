import { Parser } from 'htmlparser2';
import type { FeedItem, ParsedFeed } from '../core/article.ts';
import { SourceError } from '../core/errors.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import type { Http, HttpResponse } from '../lib/http.ts';
import { parseHttpUrl } from '../lib/url.ts';
import { parseUrl } from '../lib/url-wrappers.ts';
import { pageInstead } from './page-instead.ts';
import type { Parse } from './poll-source.ts';

const feedTypes = /^(application|text)\/(rss|atom|rdf|feed|x-rss)\+?(xml|json)?$|^application\/(feed\+)?json$/i;
const maxLinks = 12;
/** Where feeds usually stand on sites that do not say. */
const usualPlaces = ['feed/', 'rss', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml'];

/** A feed that a page names: by `<link rel=alternate>` (best), or by an ordinary link that looks like one. */
export interface FeedLink {
  url: string;
  title: string | null;
}

/** The feeds that a web page names, best first, at most twelve. Comment feeds come last. */
export function findFeedLinks(html: string, pageUrl: string): FeedLink[] {
  let base = pageUrl;
  const declared: FeedLink[] = [];
  const linked: FeedLink[] = [];
  const take = (list: FeedLink[], href: string | undefined, title: string | undefined): void => {
    const url = href === undefined || list.length >= 100 ? null : parseUrl(href.trim(), base);
    if (url && /^https?:$/.test(url.protocol)) list.push({ url: url.href, title: title?.trim() || null });
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      const { href, rel = '', type = '', title } = attributes;
      if (name === 'base' && href) base = parseUrl(href, pageUrl)?.href ?? base;
      if (name === 'link' && /\balternate\b/i.test(rel) && feedTypes.test(type.trim())) take(declared, href, title);
      if (name === 'a' && href && /(^|[/.?=])(rss|feeds?|atom)([/.?]|$)/i.test(href)) take(linked, href, title);
    },
  });
  parser.end(html);
  const ranked = [...declared, ...linked].sort((a, b) => Number(isComments(a)) - Number(isComments(b)));
  const first = new Map<string, FeedLink>();
  for (const link of ranked) if (!first.has(link.url)) first.set(link.url, link);
  return [...first.values()].slice(0, maxLinks);
}

function isComments({ url, title }: FeedLink): boolean {
  return /comment/i.test(`${url} ${title ?? ''}`);
}

/** A feed that was found, read, and can be shown before it is added. */
export interface FoundFeed {
  url: string;
  title: string | null;
  items: number;
  /** Its newest three. */
  newest: readonly FeedItem[];
}

export interface DiscoverDeps {
  http: Http;
  parse: Parse;
  /** Only for an operator on the command line. */
  allowPrivate?: boolean;
}

/**
 * The feed at an address, or the one that the page there names, fetched and read. Fetches from public addresses only.
 * Throws SourceError `no-feed` when neither gives one, or the fault of the address itself.
 */
export async function discoverFeed(deps: DiscoverDeps, address: string, signal?: AbortSignal): Promise<FoundFeed> {
  const text = /^https?:\/\//i.test(address.trim()) ? address.trim() : `https://${address.trim()}`;
  const response = await fetchPage(deps, text, signal);
  const own = await readFeed(deps, response);
  if (own) return own;
  const html = response.bytes.toString('utf8');
  const places = usualPlaces.map((place) => ({ url: new URL(place, new URL('/', response.url)).href, title: null }));
  for (const link of [...findFeedLinks(html, response.url), ...places]) {
    const found = await fetchPage(deps, link.url, signal).then(
      (answer) => readFeed(deps, answer),
      () => null,
    );
    signal?.throwIfAborted();
    if (found) return { ...found, title: found.title ?? link.title };
  }
  const hint =
    'Look for "RSS" on the site and give that address. A page without a feed can be watched by an operator: format `page` in sources.yaml';
  throw new SourceError('malformed', 'no-feed', `${text}: neither a feed nor a page that names one`, hint);
}

/** What stands at an address that somebody named. Throws SourceError, for any status but 2xx too. */
export async function fetchPage(
  deps: Omit<DiscoverDeps, 'parse'>,
  url: string,
  signal?: AbortSignal,
): Promise<HttpResponse> {
  const allowPrivate = deps.allowPrivate ?? false;
  const response = await deps.http.get(url, { allowPrivate, ...(signal ? { signal } : {}) });
  if (response.status >= 200 && response.status < 300) return response;
  const page = pageInstead(response.bytes, response.headers['content-type'] ?? '');
  const hint = page?.code === 'challenge-page' ? page.hint : 'Open the address in a browser and correct it';
  throw new SourceError('unreachable', `status-${response.status}`, `${url}: answered ${response.status}`, hint);
}

async function readFeed(deps: DiscoverDeps, response: HttpResponse): Promise<FoundFeed | null> {
  const contentType = response.headers['content-type'] ?? '';
  if (response.bytes.length === 0 || pageInstead(response.bytes, contentType)) return null;
  const url = response.permanentlyMovedTo ?? response.url;
  const parsed = await deps.parse(response.bytes, contentType, probeConfig(url), response.url).catch(() => null);
  return parsed && { url, title: parsed.title, items: parsed.items.length, newest: newestOf(parsed) };
}

function newestOf(parsed: ParsedFeed): FeedItem[] {
  const dated = parsed.items.toSorted((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''));
  return (dated.some((item) => item.publishedAt) ? dated : parsed.items).slice(0, 3);
}

function probeConfig(url: string): SourceConfig {
  return sourceFor({ url, title: null }, new Set(), { note: 'probe', language: 'und' });
}

/** A source for a feed that somebody added: id and name from its title and host, none of them taken yet. */
export function sourceFor(
  found: { url: string; title: string | null },
  taken: ReadonlySet<string>,
  more: Partial<SourceConfig> & { note: string; language: string },
): SourceConfig {
  const host = (parseHttpUrl(found.url)?.hostname ?? 'source').replace(/^(www|feeds|rss)\./, '');
  const name = (found.title ?? '').replace(/\s+/g, ' ').trim().slice(0, 80) || host;
  const slug = (found.title ?? host)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const base = slug.slice(0, 40).replace(/-+$/, '') || host.replace(/[^a-z0-9]+/g, '-');
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}-${n}`;
  return { id, name, url: found.url, format: 'feed', kind: 'news', publisher: name, enabled: true, ...more };
}
