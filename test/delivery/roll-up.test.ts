import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxDraft, OutboxRow } from '../../src/core/delivery.ts';
import type { Store } from '../../src/core/ports.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import type { RollUpRules } from '../../src/delivery/roll-up.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { createFakeChat } from '../fakes/chat.ts';
import { createFakeClock, type FakeClock, settled } from '../fakes/clock.ts';
import { draft, message, noon, subscription } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const pace = { channel: { count: 100, perMs: 1_000 }, global: { count: 100, perMs: 1_000 } };
let clock: FakeClock;
let store: Store;
const now = () => clock.now();

beforeEach(async () => {
  clock = createFakeClock(noon);
  store = await openStore({ url: ':memory:', migrations, now });
});
afterEach(() => store.close());

/** The text of every message as it stands now, by its id. */
function watching(disturbs = true) {
  const adapter = createFakeChat({ now, capabilities: { pace, disturbs } });
  const standing = new Map<string, OutboxRow>();
  const edits: number[] = [];
  const send = adapter.send.bind(adapter);
  adapter.send = async (row) => {
    const outcome = await send(row);
    if (outcome.kind === 'sent') standing.set(outcome.messageId, row);
    if (row.action === 'edit') edits.push(clock.now());
    return outcome;
  };
  const texts = () => [...standing.values()].map((row) => row.message.title);
  const words = () => [...standing.values()].map((row) => JSON.stringify(row.message)).join(' ');
  return { adapter, standing, edits, texts, words };
}

function deliverer(adapter: ReturnType<typeof createFakeChat>, rules: Partial<RollUpRules>) {
  const random = createRandom(now, seeded(7));
  return createDeliverer({ store, adapters: [adapter], clock, random, log: silentLog, owner: 'one', rules });
}

async function runFor(ms: number, work: ReturnType<typeof createDeliverer>): Promise<void> {
  const stop = new AbortController();
  const running = work.run(stop.signal);
  for (let at = 0; at < ms; at += 5_000) await clock.advance(5_000);
  stop.abort();
  await clock.advance(10_000);
  await running;
}

const alert = (n: number, more: Partial<OutboxDraft> = {}) =>
  draft({ subject: `s${n}`, message: message(`Story number ${n}.`), notBefore: clock.iso(), ...more });
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

describe('a burst', () => {
  it('becomes one running message that is edited as it grows, at most once a minute, and loses nothing', async () => {
    const seen = watching();
    const work = deliverer(seen.adapter, { burstPerHour: 3 });
    for (const n of numbers(9)) {
      await store.outbox.enqueue([alert(n)]);
      await runFor(20_000, work);
    }
    await runFor(120_000, work);
    expect(seen.texts()).toEqual([
      ...numbers(3).map((n) => `Story number ${n}.`),
      'Busy hour: 6 stories in one message',
    ]);
    for (const n of numbers(9)) expect(seen.words()).toContain(`Story number ${n}.`);
    for (const [at, time] of seen.edits.entries())
      expect((seen.edits[at + 1] ?? Infinity) - time).toBeGreaterThanOrEqual(60_000);
    expect(await store.outbox.told('story', 's8')).toMatchObject([{ waiting: false }]);
  });

  it('goes on in another message when one is full, and ends with the hour', async () => {
    const seen = watching();
    const work = deliverer(seen.adapter, { burstPerHour: 1 });
    await store.outbox.enqueue(numbers(26).map((n) => alert(n)));
    await runFor(300_000, work);
    const stories = seen.texts().map((title) => /(\d+) stor/.exec(title)?.[1] ?? title);
    expect(stories).toEqual(['Story number 0.', '10', '10', '5']);
    for (const n of numbers(26)) expect(seen.words()).toContain(`Story number ${n}.`);
    await clock.advance(3_700_000);
    await store.outbox.enqueue([alert(99)]);
    await runFor(20_000, work);
    expect(seen.texts().at(-1)).toBe('Story number 99.');
  });

  it('tells official stories by themselves, unless the setting says otherwise', async () => {
    const official = (n: number) => alert(n, { message: { ...message(`Order ${n}.`), tone: 'official' } });
    const apart = watching();
    await store.outbox.enqueue([alert(1), official(2), official(3), alert(4)]);
    await runFor(60_000, deliverer(apart.adapter, { burstPerHour: 1 }));
    expect(apart.texts()).toEqual(['Story number 1.', 'Order 2.', 'Order 3.', 'Busy hour: 1 story in one message']);
    const together = watching();
    await store.outbox.enqueue([official(5)]);
    await runFor(120_000, deliverer(together.adapter, { burstPerHour: 1, burstOfficial: 'together' }));
    expect(together.texts()).toEqual(['Busy hour: 2 stories in one message']);
  });

  it('is not overwritten by an edit that came while its story was about to be told by itself', async () => {
    const seen = watching();
    await store.outbox.enqueue([alert(1), alert(2)]);
    const leased = await store.outbox.lease('one', clock.iso(), new Date(now() + 60_000).toISOString(), 1);
    const whole = message('Story number 1, mended.');
    const mend = alert(1, { revision: 2, action: 'edit', message: whole, standalone: whole });
    await store.outbox.enqueue([mend]);
    const rowIds = leased.map(({ id }) => id);
    const channel = mend.channel;
    await store.outbox.roll({ kind: 'burst', channel, rowIds, owner: 'one', at: clock.iso(), since: null, pauseMs: 0 });
    await runFor(120_000, deliverer(seen.adapter, {}));
    expect(seen.texts()).toEqual(['Busy hour: 1 story in one message', 'Story number 2.']);
    expect(seen.words()).toContain('Story number 1, mended.');
  });

  it('answers the running message when one of its stories changes, and mends its line', async () => {
    const seen = watching();
    const work = deliverer(seen.adapter, { burstPerHour: 1 });
    await store.outbox.enqueue([alert(1), alert(2), alert(3)]);
    await runFor(120_000, work);
    const whole = message('Story number 2, corrected.');
    const next = { subject: 's2', revision: 2, standalone: whole, notBefore: clock.iso() };
    await store.outbox.enqueue([
      draft({ ...next, action: 'thread', message: message('Update: a correction') }),
      draft({ ...next, action: 'edit', message: whole }),
    ]);
    await runFor(180_000, work);
    const running = [...seen.standing].find(([, row]) => row.kind === 'roll-up');
    expect(JSON.stringify(running?.[1].message)).toContain('Story number 2, corrected.');
    expect(JSON.stringify(running?.[1].message)).toContain('Story number 3.');
    const answer = [...seen.standing.values()].find((row) => row.action === 'thread');
    expect(answer?.replyTo).toBe(running?.[0]);
    expect(seen.texts().filter((title) => title.startsWith('Story number 2'))).toEqual([]);
  });

  it('is nothing to a channel where a post disturbs nobody, nor where it is switched off', async () => {
    const quiet = watching(false);
    await store.outbox.enqueue(numbers(5).map((n) => alert(n)));
    await runFor(30_000, deliverer(quiet.adapter, { burstPerHour: 1 }));
    expect(quiet.texts()).toHaveLength(5);
    const off = watching();
    await store.outbox.enqueue(numbers(5, 10).map((n) => alert(n)));
    await runFor(30_000, deliverer(off.adapter, { burstPerHour: 0 }));
    expect(off.texts()).toHaveLength(5);
  });
});

describe('after an outage', () => {
  it('tells what is late in one message marked late, in order, and what is new as new', async () => {
    const seen = watching();
    await store.outbox.enqueue(numbers(4).map((n) => alert(n)));
    await clock.advance(3 * 3_600_000);
    await store.outbox.enqueue([alert(5)]);
    await runFor(60_000, deliverer(seen.adapter, {}));
    expect(seen.texts()).toEqual(['Catch-up: 4 stories, told late', 'Story number 5.']);
    const places = numbers(4).map((n) => seen.words().indexOf(`Story number ${n}.","story`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect([...seen.standing.values()][0]?.late).toBe(true);
    await settled();
  });
});

describe('what quiet hours held', () => {
  const night = { start: '22:00', end: '07:00', timeZone: 'UTC' } as const;
  const end = () => new Date(clock.now() + 3_600_000).toISOString();

  it.each([
    ['batch', ['After quiet hours: 3 stories']],
    ['all', numbers(3).map((n) => `Story number ${n}.`)],
  ] as const)('is told in one message only where hold:batch was chosen: %s', async (hold, told) => {
    const seen = watching();
    await store.subscriptions.add(subscription('q', { quietHours: { ...night, hold } }));
    for (const n of numbers(3)) await store.outbox.enqueue([alert(n, { notBefore: end() })]);
    await clock.advance(3_600_000);
    await runFor(60_000, deliverer(seen.adapter, {}));
    expect(seen.texts()).toEqual(told);
    for (const n of numbers(3)) expect(seen.words()).toContain(`Story number ${n}.`);
  });

  it('is told as it is when it is one alone', async () => {
    const seen = watching();
    await store.subscriptions.add(subscription('q', { quietHours: { ...night, hold: 'batch' } }));
    await store.outbox.enqueue([alert(1, { notBefore: end() })]);
    await clock.advance(3_600_000);
    await runFor(60_000, deliverer(seen.adapter, {}));
    expect(seen.texts()).toEqual(['Story number 1.']);
  });
});
