import type { Clock } from '../../src/core/ports.ts';

interface Sleeper {
  wakeAt: number;
  wake: () => void;
}

export interface FakeClock extends Clock {
  /** Moves time on, waking sleepers in order; what they do next runs before the following one wakes. */
  advance(ms: number): Promise<void>;
  /** Moves time to the next sleeper's end and wakes it; false when nobody sleeps. */
  step(): Promise<boolean>;
  sleepers(): number;
  iso(): string;
}

/** Lets everything that can run now, run: promises, and database calls that resolve in microtasks. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is moved. */
export function createFakeClock(start = '2026-03-02T12:00:00.000Z'): FakeClock {
  let time = Date.parse(start);
  let waiting: Sleeper[] = [];

  function nextSleeper(before: number): Sleeper | undefined {
    const [next] = waiting.toSorted((a, b) => a.wakeAt - b.wakeAt);
    return next && next.wakeAt <= before ? next : undefined;
  }

  async function wakeUntil(end: number): Promise<void> {
    await settled();
    for (let next = nextSleeper(end); next; next = nextSleeper(end)) {
      time = Math.max(time, next.wakeAt);
      next.wake();
      await settled();
    }
  }

  return {
    now: () => time,
    iso: () => new Date(time).toISOString(),
    sleepers: () => waiting.length,
    sleep: (ms, signal) =>
      new Promise<void>((resolve) => {
        const sleeper: Sleeper = {
          wakeAt: time + Math.max(0, ms),
          wake: () => {
            waiting = waiting.filter((one) => one !== sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        if (signal?.aborted) {
          resolve();
          return;
        }
        signal?.addEventListener('abort', sleeper.wake, { once: true });
        waiting.push(sleeper);
      }),
    async advance(ms) {
      const end = time + ms;
      await wakeUntil(end);
      time = end;
      await settled();
    },
    async step() {
      await settled();
      const next = nextSleeper(Number.POSITIVE_INFINITY);
      if (!next) return false;
      time = Math.max(time, next.wakeAt);
      next.wake();
      await settled();
      return true;
    },
  };
}
