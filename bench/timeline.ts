import type { Clock } from '../src/core/ports.ts';

/** Simulated time that jumps to the next sleeper whenever nothing else can run. */
export interface Timeline {
  clock: Clock;
  /** Lets time pass until `work` is done. */
  drive(work: Promise<unknown>): Promise<void>;
}

interface Sleeper {
  at: number;
  wake: () => void;
}

export function createTimeline(startMs: number): Timeline {
  let now = startMs;
  const sleepers = new Set<Sleeper>();

  function next(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const one of sleepers) if (!first || one.at < first.at) first = one;
    return first;
  }

  return {
    clock: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise<void>((resolve) => {
          if (signal?.aborted) return resolve();
          const sleeper: Sleeper = {
            at: now + Math.max(0, ms),
            wake: () => {
              sleepers.delete(sleeper);
              signal?.removeEventListener('abort', sleeper.wake);
              resolve();
            },
          };
          signal?.addEventListener('abort', sleeper.wake, { once: true });
          sleepers.add(sleeper);
        }),
    },
    async drive(work) {
      const state = { done: false };
      const end = work.finally(() => {
        state.done = true;
      });
      end.catch(() => undefined);
      while (!state.done) {
        // Database calls resolve within a few turns of the loop.
        for (let turn = 0; turn < 6; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
        const first = next();
        if (state.done || !first) continue;
        now = Math.max(now, first.at);
        first.wake();
      }
      await end;
    },
  };
}
