import { expect, it } from 'vitest';
import { createTick } from '../src/app-tick.ts';
import { createFakeClock, settled } from './fakes/clock.ts';
import { noon } from './fakes/samples.ts';

const hour = 3_600_000;

/** A tick whose planning is by hand, and a clock that can be set. */
function bench() {
  const running = createFakeClock(noon);
  const ended = new AbortController();
  let moved = 0;
  const clock = { ...running, now: () => running.now() + moved };
  const done: string[] = [];
  let planned = () => {};
  const schedule = (_: string, work: () => void) => {
    planned = work;
    return { start: () => void done.push('planned'), stop: () => void done.push('stopped') };
  };
  const tick = createTick('* * * * *', () => void done.push('work'), { clock, signal: ended.signal, schedule });
  const kept = tick.keep();
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 5) {
      await running.advance(5_000);
      await settled();
    }
  };
  return {
    done,
    tick: () => planned(),
    set: (ms: number) => {
      moved += ms;
    },
    pass,
    end: async () => {
      ended.abort();
      await running.advance(10_000);
      await kept;
    },
  };
}

it('a tick is left alone while the clock goes on, and when it is set forward', async () => {
  const { done, tick, set, pass, end } = bench();
  tick();
  await pass(60);
  set(hour);
  await pass(60);
  await end();
  expect(done).toEqual(['work']);
});

it('a tick is planned anew when the clock is set back', async () => {
  const { done, tick, set, pass, end } = bench();
  tick();
  await pass(20);
  set(-hour);
  await pass(60);
  await end();
  expect(done).toEqual(['work', 'stopped', 'planned', 'work']);
});

it('a tick is planned anew when the clock was ahead for a moment only, in which it came', async () => {
  const { done, tick, set, pass, end } = bench();
  set(hour);
  tick();
  set(-hour);
  await pass(60);
  await end();
  expect(done).toEqual(['work', 'stopped', 'planned', 'work']);
});
