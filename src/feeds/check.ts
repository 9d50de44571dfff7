import { SourceError } from '../core/errors.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import type { Http } from '../lib/http.ts';
import { fetchSource } from './fetch.ts';
import { createLane } from './lanes.ts';
import { emptyState, type Parse, parseBody } from './poll-source.ts';

/** What a source answered when it was tried, disabled ones included; nothing of it is stored. */
export interface SourceCheck {
  sourceId: string;
  ok: boolean;
  items: number;
  /** Of its newest entry, ISO 8601 UTC. */
  newest: string | null;
  /** It is larger than what is read of one answer; `items` are those before the limit. */
  truncated: boolean;
  error: { code: string; message: string; remedy: string } | null;
}

/** Tries one source, as `/sources test` and `sources check` do. Never throws for a fault of the source. */
export async function checkSource(
  deps: { http: Http; parse: Parse; now: () => number },
  config: SourceConfig,
  signal?: AbortSignal,
): Promise<SourceCheck> {
  const base = { sourceId: config.id, ok: false, items: 0, newest: null, truncated: false, error: null };
  try {
    const { body } = await fetchSource(deps.http, { config, state: emptyState(config.id) }, deps.now(), signal);
    if (!body) return base;
    const { items, truncated = false } = await parseBody(deps.parse, config, body);
    const newest = items.flatMap((item) => item.publishedAt ?? []).reduce((a, b) => (a > b ? a : b), '');
    return { ...base, ok: true, items: items.length, newest: newest || null, truncated };
  } catch (error) {
    signal?.throwIfAborted();
    const known = error instanceof SourceError ? error : null;
    const message = error instanceof Error ? error.message : String(error);
    const remedy = known?.hint ?? 'Open the address in a browser: what it shows is no feed that can be read';
    return { ...base, error: { code: known?.code ?? 'unreadable', message, remedy } };
  }
}

/** Tries many, `width` at a time; answers in their order. */
export async function checkSources(
  deps: { http: Http; parse: Parse; now: () => number },
  configs: readonly SourceConfig[],
  width = 16,
  signal?: AbortSignal,
): Promise<SourceCheck[]> {
  const results = new Map<string, SourceCheck>();
  const lane = createLane<SourceConfig>(width, async (config) => {
    const result = await checkSource(deps, config, signal).catch(() => null);
    if (result) results.set(config.id, result);
  });
  for (const config of configs) lane.push(config);
  while (lane.busy()) await lane.progress();
  signal?.throwIfAborted();
  return configs.flatMap((config) => results.get(config.id) ?? []);
}
