import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeFlags } from '../../src/pictures/flags.ts';

const [left, right] = [0, 1000];
const flag = fc
  .record({ x: fc.integer({ min: left, max: right }), part: fc.integer({ min: 5, max: 100 }) })
  // Wide enough to be in the way, and fitting to one side at least.
  .map(({ x, part }) => ({ x, width: (Math.max(x - left, right - x) * part) / 100 }));

describe('labels on stems', () => {
  it('meet no other label and no other stem, and stay inside', () => {
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 60 }), (flags) => {
        const placed = placeFlags(flags, left, right).map(({ side, level }, index) => {
          const { x, width } = flags[index] ?? { x: 0, width: 0 };
          return { side, level, x, from: side === 'up' ? x : x - width, to: side === 'up' ? x + width : x };
        });
        for (const [index, one] of placed.entries()) {
          expect(one.from).toBeGreaterThanOrEqual(left);
          expect(one.to).toBeLessThanOrEqual(right);
          for (const other of placed.slice(index + 1).filter(({ side }) => side === one.side)) {
            const sameRow = one.level === other.level && one.from < other.to && other.from < one.to;
            const crosses = (stem: typeof one, label: typeof one): boolean =>
              stem.level > label.level && stem.x > label.from && stem.x < label.to;
            expect([sameRow, crosses(one, other), crosses(other, one)]).toEqual([false, false, false]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stand in one row where there is room', () => {
    const flags = [100, 400, 700].map((x) => ({ x, width: 150 }));
    expect(placeFlags(flags, left, right)).toEqual(flags.map(() => ({ side: 'up', level: 0 })));
  });
});
