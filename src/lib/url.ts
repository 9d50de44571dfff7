import { isAddress, isPublicAddress } from './address.ts';
import { articleParameter, formParameter, hostAliases, trackerParameters, trackerPrefixes } from './url-trackers.ts';
import { parseUrl, unwrapUrl } from './url-wrappers.ts';

/** The address as a URL, or null when it is not an absolute http or https address. */
export function parseHttpUrl(text: string): URL | null {
  const url = parseUrl(text.trim());
  return url && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}

/** `name=value` as it stands in the address. */
function isTracker(pair: string): boolean {
  const lower = decodePath(pair.toLowerCase());
  const name = lower.split('=')[0] ?? '';
  return (
    trackerParameters.has(name) ||
    trackerPrefixes.some((prefix) => name.startsWith(prefix)) ||
    formParameter.test(lower)
  );
}

/** Drops trackers, and the fragment unless it routes (`#!/…`). Leaves other parameters as they were written. */
function dropTrackers(url: URL): URL {
  const clean = new URL(url);
  if (!clean.hash.startsWith('#!')) clean.hash = '';
  const kept = clean.search
    .slice(1)
    .split('&')
    // `&amp;` that was never decoded.
    .map((pair) => pair.replace(/^amp(;|%3b)/i, ''))
    .filter((pair) => pair !== '' && !isTracker(pair));
  clean.search = kept.join('&');
  return clean;
}

/**
 * The address as a reader may be sent to it: redirect wrappers undone, trackers gone, the rest untouched.
 * Null when it is not http or https.
 */
export function cleanUrl(text: string): string | null {
  const url = parseHttpUrl(text);
  return url ? dropTrackers(unwrapUrl(url)).href : null;
}

/**
 * The address as identity, the same from every feed: wrappers undone; trackers, fragment, `www`, AMP and mobile forms,
 * index file and trailing slash gone; https; parameters sorted. It need not open in a browser: link with `cleanUrl`.
 * Null when it is not http or https.
 */
export function canonicalUrl(text: string): string | null {
  const parsed = parseHttpUrl(text);
  if (!parsed) return null;
  const url = dropTrackers(unwrapUrl(parsed));
  url.hostname = canonicalHost(url.hostname);
  url.pathname = canonicalPath(url.pathname);
  url.username = '';
  url.password = '';
  if (url.port === '' && url.protocol === 'http:') url.protocol = 'https:';
  url.searchParams.sort();
  const href = url.href;
  return url.search === '' && href.endsWith('/') ? href.slice(0, -1) : href;
}

/** `m.`, `mobile.`, `amp.` and `www.` name the same site, unless nothing of a site would be left. */
function canonicalHost(host: string): string {
  if (isAddress(host)) return host;
  const labels = host.replace(/\.$/, '').split('.');
  while (labels.length > 2 && /^(www\d?|m|mobile|mobi|amp|wap|touch|edition)$/.test(labels[0] ?? '')) labels.shift();
  if (labels.length > 3 && labels[1] === 'm') labels.splice(1, 1);
  const name = labels.join('.');
  return hostAliases[name] ?? name;
}

function canonicalPath(path: string): string {
  let clean = path
    .replace(/\/{2,}/g, '/')
    .replace(/;(jsessionid|phpsessid|sid)=[^/]*/gi, '')
    .replace(/%[0-9a-f]{2}/gi, plainCode);
  clean = clean.replace(/\/(index|default)\.(html?|php|aspx?|jsp|cfm)$/i, '/');
  clean = clean.replace(/(?<=.)(\/amp\/?|\.amp)$/i, '').replace(/\.amp\.html?$/i, '.html');
  clean = clean.replace(/\/amp(?=\/.{8})/i, '');
  return clean.length > 1 ? clean.replace(/\/$/, '') : clean;
}

/** A letter, digit, `-`, `.`, `_` or `~` means the same encoded or not; other codes are written in capitals. */
function plainCode(code: string): string {
  const char = String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return /[\w.~-]/.test(char) ? char : code.toUpperCase();
}

/** Parts of an address that identify an entry; see core/entry-identity.ts for how they are weighed. */
export interface AddressParts {
  canonical: string;
  /** Canonical address without its scheme; null for a site's front page. */
  full: string | null;
  /** Host and path. */
  path: string;
  /** Host and path, with the parameter that names the article where the path does not; null when neither does. */
  article: string | null;
}

/** Null when the address identifies nothing: not http, or a news aggregator's opaque redirect. */
export function addressParts(text: string): AddressParts | null {
  const canonical = canonicalUrl(text);
  if (canonical === null) return null;
  const url = new URL(canonical);
  if (url.hostname === 'news.google.com' && /\/(articles|read)\//.test(url.pathname)) return null;
  const path = `${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  const named = [...url.searchParams].filter(
    ([name, value]) => value !== '' && articleParameter.test(name.toLowerCase()),
  );
  const full = url.pathname === '/' && url.search === '' ? null : `${path}${url.search}`;
  if (named.length > 0)
    return { canonical, full, path, article: `${path}?${named.map((pair) => pair.join('=')).join('&')}` };
  return { canonical, full, path, article: namesArticle(url.pathname) ? path : null };
}

/** Whether a path's last part names one article: a slug of three words, a number of five digits, or a long id. */
function namesArticle(path: string): boolean {
  const last = decodePath(path.split('/').findLast((part) => part !== '') ?? '');
  const stem = last.replace(/\.[a-z]{2,5}$/i, '');
  if (/^(index|story|article|default|view|show|news|page)$/i.test(stem)) return false;
  return stem.split(/[-_ +]+/).filter(Boolean).length >= 3 || /\d{5}/.test(stem) || /^[\w-]{20,}$/.test(stem);
}

function decodePath(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Whether an address may be fetched on a stranger's word, as far as it can be told without asking DNS: http or https,
 * no credentials, a host with a public name or a public address. Odd notations (octal, one number) are read as
 * browsers do. The connected address is checked again in lib/http.
 */
export function isPublicHttpUrl(text: string): boolean {
  const url = parseHttpUrl(text);
  if (!url || url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isAddress(host)) return isPublicAddress(host);
  return (
    host.includes('.') && !/\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|invalid)$/.test(host)
  );
}

export { stripOutletSuffix } from './outlet-suffix.ts';
