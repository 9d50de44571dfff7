import { describe, expect, it } from 'vitest';
import { addDays, readDate } from '../../src/core/calendar.ts';

describe('readDate', () => {
  it.each([
    ['2025-07-01', '2025-07-01', '2025-07-01'],
    ['2025-7-1', '2025-07-01', '2025-07-01'],
    ['2025-02', '2025-02-01', '2025-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2025', '2025-01-01', '2025-12-31'],
    ['April 2025', '2025-04-01', '2025-04-30'],
    ['1 July 2025', '2025-07-01', '2025-07-01'],
    ['July 1st, 2025', '2025-07-01', '2025-07-01'],
    ['today', '2026-11-21', '2026-11-21'],
    ['yesterday', '2026-11-20', '2026-11-20'],
    ['tomorrow', '2026-11-22', '2026-11-22'],
    ['7d', '2026-11-14', '2026-11-14'],
    ['last week', '2026-11-14', '2026-11-14'],
    ['3 days ago', '2026-11-18', '2026-11-18'],
  ])('%s', (text, from, to) => {
    expect(readDate(text, '2026-11-21')).toEqual({ from, to });
  });

  it.each(['', 'soon', '2025-13', '2025-02-30', '31 June 2025', '99', '2025-07-01x'])(
    'knows that %j is no date',
    (text) => {
      expect(readDate(text, '2026-11-21')).toBeNull();
    },
  );

  it('moves days over months and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
  });
});
