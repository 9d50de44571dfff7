import { SourceError } from '../core/errors.ts';
import type { Clock, SourceConfig, SourceState } from '../core/ports.ts';
import type { Http } from '../lib/http.ts';
import { fetchSource } from './fetch.ts';
import type { Parse } from './poll-source.ts';

/** What one look at a source found; `told` is a line for a person: the newest item, or what is wrong and the remedy. */
export interface SourceCheck {
  id: string;
  url: string;
  enabled: boolean;
  ok: boolean;
  items: number;
  told: string;
}

/** Fetches and reads a source once, unconditionally, and stores nothing. A source's fault is part of the answer. */
export async function checkSource(
  deps: { http: Http; parse: Parse; clock: Clock },
  config: SourceConfig,
  signal?: AbortSignal,
): Promise<SourceCheck> {
  const about = { id: config.id, url: config.url, enabled: config.enabled };
  try {
    const fetched = await fetchSource(deps.http, { config, state: neverPolled(config.id) }, deps.clock.now(), signal);
    if (!fetched.body) return { ...about, ok: false, items: 0, told: 'an empty answer. Open the address in a browser' };
    const { bytes, contentType, url } = fetched.body;
    const { items } = await deps.parse(bytes, contentType, config, url);
    const newest = items.toSorted((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''))[0];
    const told = newest
      ? `${items.length} items, newest ${newest.publishedAt ?? 'undated'}: ${newest.title ?? ''}`
      : 'read, but without items';
    return { ...about, ok: true, items: items.length, told };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof SourceError)) throw error;
    return { ...about, ok: false, items: 0, told: `${error.message}. ${error.hint}` };
  }
}

function neverPolled(id: string): SourceState {
  return {
    id,
    movedTo: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    firstPolledAt: null,
    lastPolledAt: null,
    lastSuccessAt: null,
    nextPollAt: null,
    failures: 0,
    error: null,
    memory: {},
    paused: false,
  };
}
