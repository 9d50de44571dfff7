import { describe, expect, it } from 'vitest';
import { type Listed, missingEntries } from '../../src/core/withdrawal.ts';

const on = (day: number, id = `e${day}`): Listed => ({
  id,
  publishedAt: `2025-06-${String(day).padStart(2, '0')}T08:00:00Z`,
});
const days = (...list: number[]): Listed[] => list.map((day) => on(day));

describe('an entry is missing', () => {
  it('when it is gone from between older and newer ones', () => {
    expect(missingEntries(days(5, 4, 3, 2), days(5, 3, 2))).toEqual(['e4']);
    expect(missingEntries(days(5, 4, 3, 2), days(7, 6, 4, 3, 2))).toEqual(['e5']);
  });

  it.each([
    ['fell off the end', days(5, 4, 3, 2), days(6, 5, 4)],
    ['was the newest, and nothing newer came', days(5, 4, 3), days(4, 3)],
    ['stood in a feed that editors arrange', days(3, 5, 4, 2), days(3, 5, 2)],
    ['is in a feed that is arranged now', days(5, 4, 3, 2), days(2, 5, 3)],
    ['went with many others: the feed was rebuilt', days(9, 8, 7, 6, 5, 4, 3), days(9, 3)],
    ['is in a feed of which nothing is left', days(5, 4, 3), days(9, 8)],
    ['was never there', [], days(5, 4)],
  ])('not when it %s', (_, before, now) => {
    expect(missingEntries(before, now)).toEqual([]);
  });
});
