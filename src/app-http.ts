import type { Metrics } from './app-metrics.ts';
import { StoreError } from './core/errors.ts';
import type { Clock, Store } from './core/ports.ts';
import type { HttpServer, Page } from './lib/http-server.ts';

/** A round that took longer than this, or never came, means that the bot does not do its work. */
const longestSilenceMs = 10 * 60_000;

/** When the last round ended, as stored by every round. */
export const heartbeat = 'heartbeat';

/** Whether a round ended of late, in words for a person. */
export async function lastRound(store: Pick<Store, 'meta'>, clock: Clock): Promise<{ well: boolean; told: string }> {
  const last = await store.meta.get(heartbeat);
  if (last === null) return { well: false, told: 'No round has ended yet.' };
  const well = clock.now() - Date.parse(last) < longestSilenceMs;
  return { well, told: `The last round ended at ${last}.` };
}

/**
 * `/healthz`: the process lives. `/readyz`: its platforms are connected, the database answers and rounds end; 503 when
 * not. `/metrics`: figures for Prometheus.
 */
export function addHealthPages(
  server: HttpServer,
  parts: { store: Store; clock: Clock; metrics: Metrics | undefined; connected: () => boolean },
): void {
  server.page('/healthz', () => Promise.resolve(json(200, { status: 'ok' })));
  server.page('/readyz', async () => {
    const round = await parts.store
      .present()
      .then(() => lastRound(parts.store, parts.clock))
      .catch((error: unknown) => ({ well: false, told: troubleOf(error) }));
    const ready = round.well && parts.connected();
    return json(ready ? 200 : 503, {
      status: ready ? 'ready' : 'not ready',
      connected: parts.connected(),
      round: round.told,
    });
  });
  const { metrics } = parts;
  if (metrics === undefined) return;
  server.page('/metrics', async () => {
    const { registry } = metrics;
    return { status: 200, type: 'text/plain; version=0.0.4', body: await registry.metrics() };
  });
}

/** The database's own words; of anything else only that it went wrong. */
function troubleOf(error: unknown): string {
  return error instanceof StoreError ? error.message : 'The database cannot be asked.';
}

function json(status: number, body: object): Page {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}
