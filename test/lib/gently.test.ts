import { describe, expect, it } from 'vitest';
import { atOnce, createBreath, gently } from '../../src/lib/gently.ts';

function* countTo(last: number): Generator<void, number, void> {
  let sum = 0;
  for (let n = 1; n <= last; n++) {
    sum += n;
    yield;
  }
  return sum;
}

/** Busy until `done`, or for `ms` milliseconds at most. */
function* busyUntil(done: () => boolean, ms: number): Generator<void, void, void> {
  const end = performance.now() + ms;
  while (!done() && performance.now() < end) yield;
}

describe('long work in pieces', () => {
  it('comes to the same result at once and gently', async () => {
    expect(atOnce(countTo(1000))).toBe(500_500);
    expect(await gently(countTo(1000))).toBe(500_500);
  });

  it('lets others have a turn only when done gently', async () => {
    let turns = 0;
    let over = false;
    const other = (): void => {
      turns++;
      if (!over) setImmediate(other);
    };
    setImmediate(other);
    const seen = (): boolean => turns > 1;
    atOnce(busyUntil(seen, 50));
    expect(turns).toBe(0);
    await gently(busyUntil(seen, 20_000));
    over = true;
    expect(turns).toBeGreaterThan(1);
  });

  it('passes errors on', async () => {
    function* failing(): Generator<void, never, void> {
      yield;
      throw new Error('no');
    }
    expect(() => atOnce(failing())).toThrow('no');
    await expect(gently(failing())).rejects.toThrow('no');
  });

  it('breathes at once when its time is over, and not before', async () => {
    let turn = false;
    setImmediate(() => {
      turn = true;
    });
    await createBreath(60_000)();
    expect(turn).toBe(false);
    await createBreath(0)();
    expect(turn).toBe(true);
  });
});
