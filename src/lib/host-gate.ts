import type { Clock } from '../core/ports.ts';

interface HostQueue {
  active: number;
  /** When the next request may start, in milliseconds that have passed. */
  nextStart: number;
  waiting: (() => void)[];
}

export interface HostGate {
  /** Waits for a place at the host; resolves with what gives it back. Rejects with the signal's reason. */
  enter(host: string, signal?: AbortSignal): Promise<() => void>;
}

/** Lets at most `concurrency` requests at a time into one host, their starts at least `spacingMs` apart. */
export function createHostGate(clock: Clock, concurrency: number, spacingMs: number): HostGate {
  const hosts = new Map<string, HostQueue>();
  // Not the time of day, which may be set back.
  const time = () => clock.elapsed?.() ?? clock.now();

  function leave(host: string, queue: HostQueue): void {
    queue.active--;
    const next = queue.waiting.shift();
    if (next) next();
    else if (queue.active === 0 && queue.nextStart <= time()) hosts.delete(host);
  }

  async function place(queue: HostQueue, signal?: AbortSignal): Promise<void> {
    if (queue.active < concurrency) {
      queue.active++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = (): void => {
        signal?.removeEventListener('abort', stop);
        queue.active++;
        resolve();
      };
      const stop = (): void => {
        queue.waiting.splice(queue.waiting.indexOf(turn), 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped'));
      };
      queue.waiting.push(turn);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Hosts that wait for nothing are forgotten, lest a long run remember every host it ever saw. */
  function forgetIdle(): void {
    if (hosts.size < 1000) return;
    const now = time();
    for (const [host, queue] of hosts) if (queue.active === 0 && queue.nextStart <= now) hosts.delete(host);
  }

  return {
    async enter(host, signal) {
      signal?.throwIfAborted();
      forgetIdle();
      const queue = hosts.get(host) ?? { active: 0, nextStart: Number.NEGATIVE_INFINITY, waiting: [] };
      hosts.set(host, queue);
      await place(queue, signal);
      const now = time();
      const start = Math.max(now, queue.nextStart);
      queue.nextStart = start + spacingMs;
      if (start > now) await clock.sleep(start - now, signal);
      if (signal?.aborted) {
        leave(host, queue);
        signal.throwIfAborted();
      }
      let left = false;
      return () => {
        if (!left) leave(host, queue);
        left = true;
      };
    },
  };
}
