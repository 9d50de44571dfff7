import type { ChatAdapter } from './core/delivery.ts';
import type { Clock } from './core/ports.ts';
import type { Platform } from './core/subscription.ts';

/** How long the start waits for platforms that cannot be reached, in milliseconds. */
const patienceMs = 15_000;

/**
 * Connects every platform at once. One that cannot be reached is tried on in the background: it holds up neither the
 * others nor polling. `failed` hears of what no trying mends, such as a refused token, whenever that is found.
 * @returns the platforms that are still tried
 */
export async function connectAll(
  adapters: readonly ChatAdapter[],
  { clock, signal, failed }: { clock: Clock; signal: AbortSignal; failed: (error: unknown) => void },
): Promise<readonly Platform[]> {
  const tried = new Set(adapters.map(({ platform }) => platform));
  const settled = new AbortController();
  const connecting = adapters.map(async (adapter) => {
    await adapter.start();
    tried.delete(adapter.platform);
  });
  void Promise.all(connecting)
    .catch(failed)
    .finally(() => settled.abort());
  await clock.sleep(patienceMs, AbortSignal.any([signal, settled.signal]));
  return [...tried];
}

/** Lets go of every platform, connected or not. */
export async function disconnectAll(adapters: readonly ChatAdapter[]): Promise<void> {
  for (const adapter of adapters) await adapter.stop();
}
