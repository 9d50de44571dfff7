import type { Clock } from '../core/ports.ts';

/** A clock that stands still until it is moved. Sleepers wake in order as it passes them. */
export interface SteppedClock extends Clock {
  /** Moves to a moment (milliseconds since the epoch); never back. */
  moveTo(ms: number): void;
}

export function createSteppedClock(start: number): SteppedClock {
  let now = start;
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    moveTo: (ms) => {
      now = Math.max(now, ms);
      const due = sleepers.filter((sleeper) => sleeper.at <= now).sort((a, b) => a.at - b.at);
      sleepers = sleepers.filter((sleeper) => sleeper.at > now);
      for (const sleeper of due) sleeper.wake();
    },
    sleep: (ms, signal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
}
