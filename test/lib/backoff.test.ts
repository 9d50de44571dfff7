import { expect, it } from 'vitest';
import { backoffMs } from '../../src/lib/backoff.ts';

it.each([
  [1, 0.5, 1000],
  [2, 0.5, 2000],
  [5, 0.5, 16_000],
  [7, 0.5, 60_000],
  [1, 0, 800],
  [1, 0.999, 1200],
  [10_000, 0.999, 60_000],
  [0, 0.5, 1000],
])('after %i failures with chance %d waits %i ms', (failures, chance, expected) => {
  expect(backoffMs(failures, 1000, 60_000, chance)).toBeCloseTo(expected, -1);
});
