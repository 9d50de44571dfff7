import type { Certainty } from '../core/reading.ts';
import type { QuietHours } from '../core/subscription.ts';
import { localTime, minutesOf, momentOf } from './local-time.ts';

/**
 * When the quiet hours that `ms` falls into end, or null when it falls into none. Start is in, end is out; over
 * midnight when start is later than end; start equal to end means none. Milliseconds since the epoch.
 */
export function quietUntil(quiet: QuietHours | null, ms: number): number | null {
  if (!quiet) return null;
  const start = minutesOf(quiet.start);
  const end = minutesOf(quiet.end);
  if (start === null || end === null || start === end) return null;
  const { year, month, day } = localTime(ms, quiet.timeZone);
  // The window that began yesterday may still be open, and today's may have begun.
  for (const ago of [1, 0]) {
    const from = momentOf(year, month, day - ago, start, quiet.timeZone);
    const until = momentOf(year, month, day - ago + (start > end ? 1 : 0), end, quiet.timeZone);
    if (from <= ms && ms < until) return until;
  }
  return null;
}

/** When an alert of this certainty may go out: now, or at the end of the quiet hours. */
export function quietNotBefore(quiet: QuietHours | null, certainty: Certainty, ms: number): number {
  if (quiet?.hold === 'all-but-official' && certainty === 'official') return ms;
  return quietUntil(quiet, ms) ?? ms;
}
