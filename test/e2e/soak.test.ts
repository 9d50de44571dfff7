import { describe, expect, it } from 'vitest';
import { growthPerDay } from '../../bench/soak.ts';
import { runSoak } from '../../bench/soak-run.ts';

const heavy = process.env.BORDERWIRE_HEAVY === '1';
if (!heavy) console.log('skipped: weeks of the whole program take minutes; BORDERWIRE_HEAVY=1 runs them');

describe.skipIf(!heavy)('weeks in one process', () => {
  it('stop growing when retention is reached, and go on telling', { timeout: 600_000 }, async () => {
    const days = await runSoak({
      days: 14,
      sources: 10,
      perDay: 12,
      storyEveryMs: 7 * 3_600_000,
      tickMs: 1_800_000,
    });
    const settled = days.slice(6);
    expect(growthPerDay(settled.map(({ heap }) => heap))).toBeLessThan(0.01);
    // What is left to grow are packed stories: from the day on which retention is reached the file is flat.
    expect(growthPerDay(days.slice(2).map(({ file }) => file))).toBeLessThan(0.01);
    expect(settled.every(({ alerts, entries }) => alerts > 0 && entries > 0)).toBe(true);
  });
});
