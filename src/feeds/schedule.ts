import { backoffMs } from '../lib/backoff.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const shortestInterval = 2 * minute;
export const longestInterval = 6 * hour;
export const longestBackoff = day;

/** Without any habit yet. */
const firstInterval = 30 * minute;
/** RSS writers set `ttl: 60` without a thought: it may slow a poll down to this, not further. */
const longestTtl = hour;

/** All a decision rests on. Times in milliseconds since the epoch. */
export interface ScheduleInput {
  now: number;
  /** Minutes, from the config: wins over habit and hints. */
  every?: number;
  /** Dates of its newest entries, and times when polls brought something new. */
  published: readonly number[];
  arrivals: readonly number[];
  hints: { freshMs: number; ttlMinutes?: number; skipHours?: readonly number[]; skipDays?: readonly string[] };
  /** Failures in a row; 0 after a success. */
  failures: number;
  /** Before which the source must not be asked. */
  retryAt: number | null;
  /** True for the first poll: the next one is placed anywhere in the interval, so that sources spread. */
  first: boolean;
  /** In [0, 1). */
  chance: number;
}

/** The usual gap between new entries: the median of the last ones; null when fewer than three are known. */
export function usualGap(times: readonly number[]): number | null {
  const sorted = [...new Set(times)].sort((a, b) => b - a);
  const gaps = sorted.slice(1).map((time, at) => (sorted[at] ?? time) - time);
  const middle = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return gaps.length < 2 || middle === undefined ? null : middle;
}

/**
 * How long to wait between polls, from how often the source publishes: a quarter of its usual gap, stretched up to
 * four times while it is silent beyond that gap; between two minutes and six hours. Milliseconds.
 */
export function interval(published: readonly number[], arrivals: readonly number[], now: number): number {
  const dated = published.filter((time) => time <= now);
  const times = dated.length >= 3 ? dated : arrivals;
  const gap = usualGap(times);
  if (gap === null) return firstInterval;
  const silence = now - Math.max(...times);
  const stretched = Math.min(Math.max(gap, silence / 4), gap * 4);
  return Math.min(longestInterval, Math.max(shortestInterval, stretched / 4));
}

/** Moves a time out of the hours and days that a feed asks to be left alone (UTC); all of them is a mistake, and ignored. */
export function skip(at: number, hours: readonly number[] = [], days: readonly string[] = []): number {
  const restHours = new Set(hours.map((value) => value % 24));
  const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  const restDays = new Set(days.map((name) => names.indexOf(name.trim().toLowerCase())));
  let time = at;
  for (let step = 0; step < 24 * 8; step++) {
    const date = new Date(time);
    if (!restHours.has(date.getUTCHours()) && !restDays.has(date.getUTCDay())) return time;
    time = Math.floor(time / hour) * hour + hour;
  }
  return at;
}

function wanted(input: ScheduleInput): number {
  if (input.every !== undefined) return input.every * minute;
  const own = interval(input.published, input.arrivals, input.now);
  const ttl = Math.min((input.hints.ttlMinutes ?? 0) * minute, longestTtl);
  return Math.max(own, ttl, Math.min(input.hints.freshMs, longestInterval));
}

/**
 * When to poll next. After a failure: from five minutes (or the interval, when shorter) doubling to a day, for ever.
 * `Retry-After` is kept in any case, up to a day. Jitter of a tenth spreads sources that were started together.
 */
export function nextPollAt(input: ScheduleInput): number {
  const base = wanted(input);
  const notBefore = Math.min(input.retryAt ?? 0, input.now + longestBackoff);
  if (input.failures > 0) {
    const wait = backoffMs(input.failures, Math.min(base, 5 * minute), longestBackoff, input.chance);
    return Math.max(input.now + wait, notBefore);
  }
  const spread = input.first ? input.chance : 0.95 + 0.1 * input.chance;
  const at = Math.max(input.now + Math.max(base * spread, Math.min(base, minute)), notBefore);
  return input.every === undefined ? skip(at, input.hints.skipHours, input.hints.skipDays) : at;
}
