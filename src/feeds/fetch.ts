import { SourceError } from '../core/errors.ts';
import type { SourceConfig, SourceState } from '../core/source-ports.ts';
import { isoAt } from '../lib/clock.ts';
import type { Http, HttpResponse } from '../lib/http.ts';
import { freshForMs, retryAfterMs } from '../lib/http-headers.ts';
import { shortHash } from './entry-keys.ts';
import { readMemory, type SourceMemory } from './memory.ts';
import { pageInstead } from './page-instead.ts';

const hour = 3_600_000;
/** However often a server says "unchanged", the body is asked for in full this often. */
const fullEvery = 24 * hour;
const distrustFor = 7 * 24 * hour;
/** A permanent redirect is remembered when it was seen this often in a row, over at least this long. */
const redirectRepeats = 3;
const redirectOver = 24 * hour;
const longestWait = 24 * hour;

/** What one request brought. `state` holds validators, body hash, address and memory as they are after it. */
export interface Fetched {
  state: SourceState;
  memory: SourceMemory;
  /** Null when nothing changed since the last poll (304, or the same bytes). */
  body: { bytes: Buffer; contentType: string; url: string; truncated: boolean } | null;
  /** The address that is remembered from now on, when this request settled it. */
  moved: string | null;
}

/** The address to ask: where it moved for good, unless the config has since been given another one. */
function addressOf(config: SourceConfig, state: SourceState, memory: SourceMemory): string {
  const moved = memory.movedFrom === config.url ? state.movedTo : null;
  return moved !== null && state.failures % 2 === 0 ? moved : config.url;
}

function isHeaderValue(text: string): boolean {
  return text.length < 1000 && /^[\x20-\x7e]+$/.test(text);
}

function validators(state: SourceState, memory: SourceMemory, now: number): Record<string, string> {
  const full = memory.fullAt === undefined || now - Date.parse(memory.fullAt) >= fullEvery;
  const distrusted = memory.distrustUntil !== undefined && Date.parse(memory.distrustUntil) > now;
  if (full || distrusted || state.bodyHash === null) return {};
  const headers: Record<string, string> = {};
  if (state.etag !== null && isHeaderValue(state.etag)) headers['if-none-match'] = state.etag;
  if (state.lastModified !== null && isHeaderValue(state.lastModified))
    headers['if-modified-since'] = state.lastModified;
  return headers;
}

/**
 * Asks a source once, conditionally. Throws SourceError for any answer that is not a document: `gone` (410),
 * `rate-limited` (429) and `unavailable` (503) with `retryAt`, `forbidden`, `challenge-page`, `not-found`, `server-error`, `html-page`, `empty-body`,
 * and what the connection threw.
 */
export async function fetchSource(
  http: Http,
  source: { config: SourceConfig; state: SourceState },
  now: number,
  signal?: AbortSignal,
): Promise<Fetched> {
  const { config, state } = source;
  const memory = readMemory(state.memory);
  const conditions = validators(state, memory, now);
  const address = addressOf(config, state, memory);
  const response = await http.get(address, {
    headers: { ...config.headers, ...conditions },
    allowPrivate: config.allowPrivate ?? false,
    ...(signal ? { signal } : {}),
  });
  const asked = Object.keys(conditions).length > 0;
  checkStatus(response, config, now, asked);
  const moved = rememberRedirect(response, address, source, memory, now);
  memory.hints.freshMs = freshForMs(response.headers, now);
  const base = { memory, moved: moved.settled };
  if (response.status === 304) {
    return { ...base, state: { ...state, movedTo: moved.to, ...freshValidators(response, state) }, body: null };
  }
  return { ...base, ...takeBody(response, { ...state, movedTo: moved.to }, config, memory, { now, asked }) };
}

/** A 304 may bring new validators, and may leave them out. */
function freshValidators(response: HttpResponse, old: SourceState): Pick<SourceState, 'etag' | 'lastModified'> {
  return {
    etag: response.headers.etag ?? old.etag,
    lastModified: response.headers['last-modified'] ?? old.lastModified,
  };
}

function takeBody(
  response: HttpResponse,
  state: SourceState,
  config: SourceConfig,
  memory: SourceMemory,
  poll: { now: number; asked: boolean },
): Pick<Fetched, 'state' | 'body'> {
  const contentType = response.headers['content-type'] ?? '';
  checkBody(response.bytes, contentType, config);
  const etag = response.headers.etag ?? null;
  const lastModified = response.headers['last-modified'] ?? null;
  const bodyHash = shortHash(response.bytes);
  const same = bodyHash === state.bodyHash;
  if (!same && !poll.asked && validatorsLied(state, etag, lastModified)) {
    memory.distrustUntil = isoAt(poll.now + distrustFor);
  }
  memory.fullAt = isoAt(poll.now);
  memory.sameSince = same ? (memory.sameSince ?? isoAt(poll.now)) : isoAt(poll.now);
  const { bytes, url, truncated } = response;
  const body = same ? null : { bytes, contentType, url, truncated };
  return { state: { ...state, etag, lastModified, bodyHash }, body };
}

/** Asked in full, the body had changed, and the validators that would have been sent are still the same. */
function validatorsLied(state: SourceState, etag: string | null, lastModified: string | null): boolean {
  if (state.bodyHash === null || (etag ?? lastModified) === null) return false;
  return etag === state.etag && (etag !== null || lastModified === state.lastModified);
}

function checkBody(bytes: Buffer, contentType: string, config: SourceConfig): void {
  if (bytes.length === 0) {
    throw new SourceError(
      'changed',
      'empty-body',
      `${config.url}: an empty answer with status 200`,
      'If it stays, open the address in a browser: the feed may have moved',
    );
  }
  const page = pageInstead(bytes, contentType);
  if (page === null || (page.code === 'html-page' && config.format === 'page')) return;
  throw new SourceError('changed', page.code, `${config.url}: ${page.message}`, page.hint);
}

function checkStatus(response: HttpResponse, config: SourceConfig, now: number, asked: boolean): void {
  const { status } = response;
  if ((status >= 200 && status < 300) || (status === 304 && asked)) return;
  const wait = retryAfterMs(response.headers, now);
  const retryAt = wait === null ? {} : { retryAt: isoAt(now + Math.min(wait, longestWait)) };
  const { kind, code, hint } = statusFault(response, wait !== null);
  throw new SourceError(kind, code, `${config.url}: answered ${status}`, hint, retryAt);
}

function statusFault(response: HttpResponse, told: boolean): Pick<SourceError, 'kind' | 'code' | 'hint'> {
  const { status } = response;
  if (status === 429) {
    return {
      kind: 'rate-limited',
      code: 'rate-limited',
      hint: 'Nothing to do: it is asked again when it allows. If it stays, set a longer `every`',
    };
  }
  if (status === 503 && told) {
    return {
      kind: 'rate-limited',
      code: 'unavailable',
      hint: 'Nothing to do: it is asked again when it says it is back',
    };
  }
  if (status === 410) {
    return {
      kind: 'gone',
      code: 'gone',
      hint: 'The site says the feed is gone for good: it is paused. Find its new address, then resume it',
    };
  }
  const page = pageInstead(response.bytes, response.headers['content-type'] ?? '');
  if (page?.code === 'challenge-page') return { kind: 'refused', code: page.code, hint: page.hint };
  if (status === 401 || status === 403 || status === 451) {
    return {
      kind: 'refused',
      code: 'forbidden',
      hint: 'The site refuses this reader: set `headers` for the source (a User-Agent it accepts), or ask the site',
    };
  }
  if (status === 404)
    return { kind: 'unreachable', code: 'not-found', hint: 'Open the site and find where its feed is now' };
  if (status >= 500)
    return {
      kind: 'unreachable',
      code: 'server-error',
      hint: 'Nothing to do at first: the site is in trouble. It is tried again, ever more rarely',
    };
  if (status === 304)
    return {
      kind: 'malformed',
      code: 'unasked-304',
      hint: 'The server says "unchanged" without being asked; a cache between may be broken',
    };
  return { kind: 'unreachable', code: `status-${status}`, hint: 'Open the address in a browser and correct it' };
}

/** Counts permanent redirects; one that repeats is remembered, since a first may be a captive portal or a mistake. */
function rememberRedirect(
  response: HttpResponse,
  address: string,
  { config, state }: { config: SourceConfig; state: SourceState },
  memory: SourceMemory,
  now: number,
): { to: string | null; settled: string | null } {
  // The configured address answering for itself again takes a remembered move back.
  const kept = memory.movedFrom === config.url && address !== config.url ? state.movedTo : null;
  const to = response.permanentlyMovedTo;
  if (to === null) {
    delete memory.redirect;
    return { to: kept, settled: null };
  }
  const standing = memory.movedFrom === config.url ? state.movedTo : null;
  const seen = memory.redirect?.to === to ? memory.redirect : { to, count: 0, since: isoAt(now) };
  memory.redirect = { ...seen, count: seen.count + 1 };
  if (memory.redirect.count < redirectRepeats || now - Date.parse(seen.since) < redirectOver) {
    return { to: standing, settled: null };
  }
  delete memory.redirect;
  memory.movedFrom = config.url;
  return { to, settled: to === standing ? null : to };
}
