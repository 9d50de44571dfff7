import { describe, expect, it } from 'vitest';
import { createClustererLease, endDeadLeases } from '../src/app-clusterer.ts';
import { createSteppedClock } from '../src/lib/stepped-clock.ts';
import { openStore } from '../src/store/open.ts';
import { settled } from './fakes/clock.ts';

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

  it('is said to be taken anew when it lapsed, for another may have had it meanwhile', async () => {
    const { clock, store } = await parts();
    const first = createClustererLease({ clock, store, owner: '1-first' });
    const second = createClustererLease({ clock, store, owner: '1-second' });
    await first.hold();
    clock.moveTo(clock.now() + minute);
    expect(await second.hold()).toEqual({ mine: true, taken: true });
    await second.end();
    clock.moveTo(clock.now() + 1);
    expect(await first.hold()).toEqual({ mine: true, taken: true });
    expect(await first.hold()).toEqual({ mine: true, taken: false });
    await store.close();
  });

  it('is handed over within 30 seconds, and kept by who is alive however long a round takes', async () => {
    const { clock, store } = await parts();
    const first = createClustererLease({ clock, store, owner: '1-first' });
    const second = createClustererLease({ clock, store, owner: '1-second' });
    await first.hold();
    const stop = new AbortController();
    const keeping = first.keep(stop.signal);
    for (let step = 0; step < 20; step++) {
      clock.moveTo(clock.now() + 5_000);
      await settled();
    }
    expect(await second.hold()).toMatchObject({ mine: false });
    expect(await first.hold()).toEqual({ mine: true, taken: false });
    stop.abort();
    await keeping;
    clock.moveTo(clock.now() + 30_000);
    expect(await second.hold()).toEqual({ mine: true, taken: true });
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
