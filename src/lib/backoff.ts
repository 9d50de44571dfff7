/**
 * Exponential backoff with jitter: `base` doubles with each failure after the first, up to `max`, and is then spread
 * by a fifth to either side, never beyond `max`. Milliseconds. `failures` counts from 1; `chance` is in [0, 1).
 */
export function backoffMs(failures: number, base: number, max: number, chance: number): number {
  const doubled = base * 2 ** Math.min(Math.max(failures, 1) - 1, 30);
  return Math.min(max, Math.round(Math.min(doubled, max) * (0.8 + 0.4 * chance)));
}
