import { describe, expect, it } from 'vitest';
import { createClustererLease, endDeadLeases } from '../src/app-clusterer.ts';
import { createSteppedClock } from '../src/lib/stepped-clock.ts';
import { openStore } from '../src/store/open.ts';

const minute = 60_000;

async function parts() {
  const clock = createSteppedClock(Date.parse('2026-01-01T00:00:00Z'));
  const store = await openStore({ url: ':memory:', migrations: 'migrations', now: () => clock.now() });
  return { clock, store };
}

describe('who makes stories', () => {
  it('is one process at a time; the next takes over when it gives up or falls silent', async () => {
    const { clock, store } = await parts();
    const first = createClustererLease({ clock, store, owner: '1-first' });
    const second = createClustererLease({ clock, store, owner: '1-second' });
    expect(await first.hold()).toEqual({ mine: true, taken: true });
    expect(await first.hold()).toEqual({ mine: true, taken: false });
    expect(await second.hold()).toEqual({ mine: false, taken: false });
    await first.end();
    clock.moveTo(clock.now() + 1);
    expect(await second.hold()).toEqual({ mine: true, taken: true });
    clock.moveTo(clock.now() + 6 * minute);
    expect(await first.hold()).toEqual({ mine: true, taken: true });
    await store.close();
  });

  it('is free again at once when the process that had it is dead', async () => {
    const { clock, store } = await parts();
    // Process ids end far below this number.
    await createClustererLease({ clock, store, owner: '999999999-dead' }).hold();
    const next = createClustererLease({ clock, store, owner: `${process.pid}-alive` });
    expect((await next.hold()).mine).toBe(false);
    await endDeadLeases({ clock, store, owner: `${process.pid}-alive` });
    expect((await next.hold()).mine).toBe(true);
    await store.close();
  });
});
