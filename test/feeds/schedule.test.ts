import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interval, nextPollAt, type ScheduleInput, skip, usualGap } from '../../src/feeds/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2025-06-04T12:00:00Z');

const every = (gap: number, count = 12, last = now): number[] =>
  Array.from({ length: count }, (_, n) => last - n * gap);

describe('the interval follows how often a source publishes', () => {
  it.each([
    ['every minute', every(minute), [], 2],
    ['every 20 minutes', every(20 * minute), [], 5],
    ['every 4 hours', every(4 * hour), [], 60],
    ['every day', every(day), [], 360],
    ['every month', every(30 * day), [], 360],
    ['no habit known', [], [], 30],
    ['two entries only', every(hour, 2), [], 30],
    ['undated, something new every hour', [], every(hour), 15],
    ['every 20 minutes, silent for 4 hours', every(20 * minute, 12, now - 4 * hour), [], 15],
    ['every 20 minutes, silent for a week', every(20 * minute, 12, now - 7 * day), [], 20],
    ['dates in the future', every(-day), [], 30],
  ])('%s', (_, published, arrivals, minutes) => {
    expect(interval(published, arrivals, now) / minute).toBeCloseTo(minutes, 0);
  });

  it('the usual gap is the median: one holiday does not change it', () => {
    expect(usualGap([...every(hour, 6), ...every(hour, 6, now - 20 * day)])).toBe(hour);
    expect(usualGap([now, now, now])).toBeNull();
  });
});

const base: ScheduleInput = {
  now,
  published: every(hour),
  arrivals: [],
  hints: { freshMs: 0 },
  failures: 0,
  retryAt: null,
  first: false,
  chance: 0.5,
};

describe('the next poll', () => {
  it.each([
    ['follows the habit', {}, 15],
    ['keeps `every`', { every: 7 }, 7],
    ['keeps `every` against all hints', { every: 7, hints: { freshMs: day, ttlMinutes: 60, skipHours: [12] } }, 7],
    ['waits while the answer is fresh', { hints: { freshMs: 2 * hour } }, 120],
    ['waits no longer than six hours for that', { hints: { freshMs: 30 * day } }, 360],
    ['waits for ttl', { hints: { freshMs: 0, ttlMinutes: 45 } }, 45],
    ['waits no longer than an hour for ttl', { hints: { freshMs: 0, ttlMinutes: 1440 } }, 60],
    ['is five minutes after a failure', { failures: 1 }, 5],
    ['is sooner for a source that is asked often', { failures: 1, every: 1 }, 1],
    ['doubles with each failure', { failures: 4 }, 40],
    ['is a day at most', { failures: 50 }, 1440],
    ['keeps Retry-After', { failures: 1, retryAt: now + 3 * hour }, 180],
    ['keeps Retry-After over `every`', { every: 2, retryAt: now + 3 * hour }, 180],
    ['keeps no Retry-After beyond a day', { failures: 1, retryAt: now + 30 * day }, 1440],
    ['after the first is anywhere in the interval', { first: true, chance: 0.2, every: 100 }, 20],
    ['after the first is not at once', { first: true, chance: 0, every: 100 }, 1],
  ] satisfies [string, Partial<ScheduleInput>, number][])('%s', (_, more, minutes) => {
    expect((nextPollAt({ ...base, ...more }) - now) / minute).toBeCloseTo(minutes, 0);
  });

  it('is never past, never at once, and never more than a day and a rest away', () => {
    const input = fc.record({
      published: fc.array(fc.integer({ min: 0, max: now + day })),
      failures: fc.nat(100),
      chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
      first: fc.boolean(),
      retryAt: fc.option(fc.integer({ min: 0, max: now + 90 * day })),
    });
    fc.assert(
      fc.property(input, (more) => {
        const wait = nextPollAt({ ...base, ...more }) - now;
        expect(wait).toBeGreaterThanOrEqual(minute);
        expect(wait).toBeLessThanOrEqual(1.2 * day);
      }),
    );
  });
});

describe('hours and days that a feed asks to be left alone', () => {
  const at = (text: string): number => Date.parse(`${text}:00Z`);
  it.each([
    ['2025-06-04T12:30', [12], [], '2025-06-04T13:00'],
    ['2025-06-04T12:30', [12, 13, 14], [], '2025-06-04T15:00'],
    ['2025-06-04T23:30', [23, 0], [], '2025-06-05T01:00'],
    ['2025-06-06T12:30', [], ['Friday', ' saturday', 'SUNDAY'], '2025-06-09T00:00'],
    ['2025-06-04T12:30', [24], [], '2025-06-04T12:30'],
    ['2025-06-04T12:30', [13], ['Sunday', 'Someday'], '2025-06-04T12:30'],
  ])('%s with hours %o and days %o becomes %s', (from, hours, days, to) => {
    expect(new Date(skip(at(from), hours, days)).toISOString().slice(0, 16)).toBe(to);
  });

  it('all of them is a mistake, and ignored', () => {
    const hours = Array.from({ length: 24 }, (_, n) => n);
    expect(skip(now, hours)).toBe(now);
  });
});
