import { describe, expect, it } from 'vitest';
import type { QuietHours } from '../../src/core/subscription.ts';
import { localTime, minutesOf, momentOf } from '../../src/delivery/local-time.ts';
import { quietNotBefore, quietUntil } from '../../src/delivery/quiet.ts';

const zones = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/Belgrade',
  'Africa/Kigali',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Vientiane',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'America/St_Johns',
];
const hour = 3_600_000;

function quiet(start: string, end: string, timeZone = 'UTC', hold: QuietHours['hold'] = 'all'): QuietHours {
  return { start, end, timeZone, hold };
}

const until = (hours: QuietHours, at: string) => {
  const end = quietUntil(hours, Date.parse(at));
  return end === null ? null : new Date(end).toISOString();
};

describe('quiet hours', () => {
  it('hold from their start to their end, which is out', () => {
    const day = quiet('09:00', '17:00');
    expect(until(day, '2026-03-02T08:59:59Z')).toBeNull();
    expect(until(day, '2026-03-02T09:00:00Z')).toBe('2026-03-02T17:00:00.000Z');
    expect(until(day, '2026-03-02T17:00:00Z')).toBeNull();
  });

  it('may go over midnight', () => {
    const night = quiet('22:00', '07:00');
    expect(until(night, '2026-03-02T23:00:00Z')).toBe('2026-03-03T07:00:00.000Z');
    expect(until(night, '2026-03-03T06:59:00Z')).toBe('2026-03-03T07:00:00.000Z');
    expect(until(night, '2026-03-03T12:00:00Z')).toBeNull();
  });

  it('with one start and end are none, and so are times that are none', () => {
    expect(until(quiet('08:00', '08:00'), '2026-03-02T08:00:00Z')).toBeNull();
    expect(until(quiet('08:00', '25:00'), '2026-03-02T08:00:00Z')).toBeNull();
    expect(quietUntil(null, 0)).toBeNull();
  });

  it('follow the wall clock over the changes of summer time', () => {
    const night = quiet('22:00', '07:00', 'America/New_York');
    expect(until(night, '2026-03-08T04:00:00Z')).toBe('2026-03-08T11:00:00.000Z');
    expect(until(night, '2026-11-01T04:00:00Z')).toBe('2026-11-01T12:00:00.000Z');
    const gap = quiet('01:00', '02:30', 'America/New_York');
    expect(until(gap, '2026-03-08T06:30:00Z')).toBe('2026-03-08T07:00:00.000Z');
    const twice = quiet('00:30', '01:30', 'America/New_York');
    expect(until(twice, '2026-11-01T05:00:00Z')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('let official news through where that was chosen', () => {
    const ms = Date.parse('2026-03-02T23:00:00Z');
    const night = quiet('22:00', '07:00', 'UTC', 'all-but-official');
    expect(quietNotBefore(night, 'official', ms)).toBe(ms);
    expect(quietNotBefore(night, 'confirmed', ms)).toBe(ms + 8 * hour);
    expect(quietNotBefore({ ...night, hold: 'all' }, 'official', ms)).toBe(ms + 8 * hour);
  });

  it('end, through a year in twelve time zones, at the wall’s end and never later than they should', () => {
    for (const zone of zones) {
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 13 * hour + 1_000) {
        const end = quietUntil(quiet('22:15', '06:45', zone), ms);
        const { hour: h, minute: m } = localTime(ms, zone);
        const inside = h * 60 + m >= 22 * 60 + 15 || h * 60 + m < 6 * 60 + 45;
        expect(end !== null, `${zone} ${new Date(ms).toISOString()}`).toBe(inside);
        if (end === null) continue;
        expect(localTime(end, zone)).toMatchObject({ hour: 6, minute: 45 });
        expect(end - ms).toBeLessThanOrEqual(9.5 * hour);
      }
    }
  });
});

describe('local time', () => {
  it('finds the moment of a wall time, in and out of gaps and repeats', () => {
    const iso = (zone: string, month: number, day: number, minutes: number) =>
      new Date(momentOf(2026, month, day, minutes, zone)).toISOString();
    expect(iso('Asia/Kathmandu', 3, 1, 0)).toBe('2026-02-28T18:15:00.000Z');
    expect(iso('America/New_York', 3, 8, 150)).toBe('2026-03-08T07:00:00.000Z');
    expect(iso('America/New_York', 11, 1, 90)).toBe('2026-11-01T05:30:00.000Z');
    expect(iso('Australia/Lord_Howe', 10, 4, 125)).toBe('2026-10-03T15:30:00.000Z');
    expect(iso('UTC', 1, 32, 0)).toBe('2026-02-01T00:00:00.000Z');
  });

  it('reads times of day', () => {
    expect(['00:00', '7:05', '23:59', '24:00', '12:60', 'noon', ''].map(minutesOf)).toEqual([
      0,
      425,
      1_439,
      null,
      null,
      null,
      null,
    ]);
  });

  it('says when a time zone does not exist', () => {
    expect(() => localTime(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
