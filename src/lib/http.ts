import type { Readable } from 'node:stream';
import { request } from 'undici';
import { SourceError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { createHostGate } from './host-gate.ts';
import { acceptedEncodings, readBody } from './http-body.ts';
import { type ConnectOptions, createConnections } from './http-connect.ts';
import { createDeadline } from './http-deadline.ts';
import { toSourceError } from './http-errors.ts';
import { parseHttpUrl } from './url.ts';
import { parseUrl } from './url-wrappers.ts';

/** Milliseconds and bytes. */
export interface HttpLimits {
  /** From the first byte asked to the last received, redirects included; waiting for a place at the host is not. */
  totalMs: number;
  connectMs: number;
  headersMs: number;
  /** Longest silence within a body. */
  stallMs: number;
  /** After decompression. */
  maxBytes: number;
  redirects: number;
  /** Requests at a time to one host, and the least time between their starts. */
  perHost: number;
  spacingMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  totalMs: 30_000,
  connectMs: 10_000,
  headersMs: 20_000,
  stallMs: 10_000,
  maxBytes: 15 * 1024 * 1024,
  redirects: 5,
  perHost: 2,
  spacingMs: 250,
};

export interface HttpOptions extends Pick<ConnectOptions, 'ca' | 'resolve' | 'isPublic' | 'proxy'> {
  clock: Clock;
  /** Should hold an address where the site can reach whoever runs this. */
  userAgent: string;
  limits?: Partial<HttpLimits>;
}

export interface HttpRequest {
  headers?: Readonly<Record<string, string>>;
  /** Loopback and private addresses too: for sources from the operator's own config. */
  allowPrivate?: boolean;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated headers joined by `, `. */
  headers: Readonly<Record<string, string>>;
  /** Where the answer came from, after redirects. */
  url: string;
  /** Where the permanent redirects (301, 308) at the start of the chain lead; null without any. */
  permanentlyMovedTo: string | null;
  /** Decompressed. Of an answer that is not 2xx, the first 64 kB. */
  bytes: Buffer;
  /** There was more than `maxBytes`. */
  truncated: boolean;
}

export interface Http {
  /**
   * GET, following redirects with every hop checked. Any status is an answer. Throws SourceError with the exact code
   * (`dns`, `tls-expired`, `redirect-loop`, `body-stalled`, `timeout`, `not-public`, …), or the reason of
   * `signal` when that aborts.
   */
  get(url: string, options?: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.3';

const errorBodyBytes = 64 * 1024;

const permanent = new Set([301, 308]);
const redirecting = new Set([301, 302, 303, 307, 308]);

/** HTTP as a polite and careful poller needs it. Reads no environment: proxies and limits are passed in. */
export function createHttp(options: HttpOptions): Http {
  const limits = { ...defaultHttpLimits, ...options.limits };
  const connections = createConnections({ ...options, ...limits });
  const gate = createHostGate(options.clock, limits.perHost, limits.spacingMs);

  async function ask(url: URL, given: HttpRequest, headers: Record<string, string>, signal: AbortSignal) {
    const dispatcher = await connections.to(url, given.allowPrivate ?? false);
    const send = () => request(url, { dispatcher, headers, signal, headersTimeout: 0, bodyTimeout: 0 });
    // A kept connection may be closed by the server just as it is used again: that is nobody's fault, and asked anew.
    const response = await send().catch((error: unknown) => {
      if (signal.aborted || toSourceError(error, url.href).code !== 'early-close') throw error;
      return send();
    });
    return { ...response, headers: flatten(response.headers) };
  }

  async function hop(url: URL, given: HttpRequest, headers: Record<string, string>, time: Budget): Promise<Hop> {
    const leave = await gate.enter(url.host, given.signal);
    const started = performance.now();
    const limit = createDeadline(url.href, given.signal);
    limit.total(time.leftMs);
    limit.step('headers-timeout', limits.headersMs);
    try {
      const answer = await ask(url, given, headers, limit.signal);
      limit.step('body-stalled', limits.stallMs);
      const next = redirecting.has(answer.statusCode) ? nextUrl(url, answer.headers.location) : null;
      const ok = answer.statusCode >= 200 && answer.statusCode < 300;
      const onChunk = (): void => limit.step('body-stalled', limits.stallMs);
      const most = ok ? limits.maxBytes : errorBodyBytes;
      const read = next
        ? { bytes: Buffer.alloc(0), truncated: false }
        : await readBody(answer.body, answer.headers['content-encoding'] ?? '', most, {
            signal: limit.signal,
            onChunk,
          });
      if (next || read.truncated) discard(answer.body);
      return { status: answer.statusCode, headers: answer.headers, ...read, next };
    } catch (error) {
      given.signal?.throwIfAborted();
      throw toSourceError(limit.signal.aborted ? limit.signal.reason : error, url.href);
    } finally {
      limit.clear();
      time.leftMs -= performance.now() - started;
      leave();
    }
  }

  async function get(text: string, given: HttpRequest = {}): Promise<HttpResponse> {
    const base = { 'user-agent': options.userAgent, accept, 'accept-encoding': acceptedEncodings };
    let url = checkedUrl(text);
    let headers: Record<string, string> = { ...base, ...lowerCase(given.headers ?? {}) };
    let permanentlyMovedTo: string | null = null;
    let onlyPermanent = true;
    const seen = new Set([url.href]);
    const time = { leftMs: limits.totalMs };
    for (;;) {
      const answer = await hop(url, given, headers, time);
      if (!answer.next) {
        return {
          status: answer.status,
          headers: answer.headers,
          url: url.href,
          permanentlyMovedTo,
          bytes: answer.bytes,
          truncated: answer.truncated,
        };
      }
      const next = checkedUrl(answer.next.href);
      if (seen.has(next.href)) throw redirectError('redirect-loop', `${text}: redirects in a circle`);
      if (seen.size > limits.redirects) throw redirectError('too-many-redirects', `${text}: redirects without end`);
      seen.add(next.href);
      onlyPermanent &&= permanent.has(answer.status);
      if (onlyPermanent) permanentlyMovedTo = next.href;
      if (next.origin !== url.origin) headers = withoutSecrets(headers);
      url = next;
    }
  }

  return { get, close: () => connections.close() };
}

interface Budget {
  leftMs: number;
}

interface Hop {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  truncated: boolean;
  next: URL | null;
}

function redirectError(code: string, message: string): SourceError {
  return new SourceError('unreachable', code, message, 'Open the address in a browser and use the one it ends at');
}

function checkedUrl(text: string): URL {
  const url = parseHttpUrl(text);
  if (url && url.username === '' && url.password === '') return url;
  throw new SourceError(
    'refused',
    'bad-address',
    url ? `${url.host}: the address holds credentials` : `${text.slice(0, 200)}: not an http or https address`,
    'Give the full address, with https:// and without user name; secrets go into the headers of the source',
  );
}

/** Where a redirect leads; null (the answer itself counts) when it does not say so readably. */
function nextUrl(url: URL, location: string | undefined): URL | null {
  if (!location) return null;
  const next = parseUrl(Buffer.from(location, 'latin1').toString('utf8'), url);
  if (next) next.hash = '';
  return next;
}

/** What is not read must not hold its connection. */
function discard(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value ?? ''].flat().join(', ')]),
  );
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What was meant for one site is not shown to another. */
function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(authorization|cookie|proxy-authorization|x-api-key)$|token|secret/.test(name),
    ),
  );
}
