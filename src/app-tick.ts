import { schedule as scheduleCron } from 'node-cron';
import type { Clock } from './core/ports.ts';

const lookMs = 5_000;

export interface Tick {
  /** Until the signal aborts: plans anew when the clock was set back. */
  keep(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  clock: Clock;
  signal: AbortSignal;
  schedule?: (
    cron: string,
    work: () => void,
    options: { suppressMissedWarning: boolean },
  ) => { start(): void | Promise<void>; stop(): void | Promise<void> };
}

/**
 * Calls `work` whenever `cron` says so. node-cron waits for the moment that it planned: where the clock is set back by
 * an hour, that is an hour away, so a tick that lies ahead of the present is planned anew, with one at once.
 */
export function createTick(cron: string, work: () => void, { clock, signal, schedule = scheduleCron }: Parts): Tick {
  let tickedAt = Number.NEGATIVE_INFINITY;
  const tick = () => {
    tickedAt = clock.now();
    work();
  };
  // Ticks that a machine slept through are made up by the next one: a line for each would bury all others.
  const task = schedule(cron, tick, { suppressMissedWarning: true });
  return {
    keep: async () => {
      while (!signal.aborted) {
        await clock.sleep(lookMs, signal);
        if (clock.now() > tickedAt - lookMs) continue;
        await task.stop();
        if (signal.aborted) return;
        await task.start();
        tick();
      }
    },
    stop: async () => {
      await task.stop();
    },
  };
}
