import type { Clock } from '../core/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, signal?.aborted ? 0 : ms);
      signal?.addEventListener('abort', done, { once: true });
    }),
};

/** Answers by how many milliseconds the time of day has jumped since it was last asked; forward is positive. */
export function watchJumps(clock: Pick<Clock, 'now' | 'elapsed'>): () => number {
  const look = () => clock.now() - (clock.elapsed?.() ?? clock.now());
  let before = look();
  return () => {
    const now = look();
    const jumped = now - before;
    before = now;
    return jumped;
  };
}

/** ISO 8601 UTC of milliseconds since the epoch. */
export function isoAt(ms: number): string {
  return new Date(ms).toISOString();
}

const washingtonDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** "Today" in Washington, `YYYY-MM-DD`: the day that legal dates are compared with. */
export function dayInWashington(ms: number): string {
  return washingtonDay.format(ms);
}
