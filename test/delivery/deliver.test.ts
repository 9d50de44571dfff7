import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/core/delivery.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Platform } from '../../src/core/subscription.ts';
import { createDeliverer, type DelivererOptions } from '../../src/delivery/deliver.ts';
import { resumeChannel } from '../../src/delivery/pause.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { createFakeChat, type FakeChatOptions } from '../fakes/chat.ts';
import { createFakeClock, type FakeClock, settled } from '../fakes/clock.ts';
import { after, article, channel, draft, message, noon, reading, story, subscription } from '../fakes/samples.ts';
import { shippedCountries as countries } from '../fakes/services.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
let clock: FakeClock;
let store: Store;
const now = () => clock.now();

beforeEach(async () => {
  clock = createFakeClock(noon);
  store = await openStore({ url: ':memory:', migrations, now });
});
afterEach(() => store.close());

function chat(more: Partial<FakeChatOptions> = {}) {
  return createFakeChat({ now, ...more });
}

function deliverer(adapter: ReturnType<typeof chat>, more: Partial<DelivererOptions> = {}) {
  const random = createRandom(now, seeded(7));
  return createDeliverer({ store, adapters: [adapter], clock, random, log: silentLog, owner: 'one', ...more });
}

/** Steps the clock until the work is done. */
async function driven<T>(work: Promise<T>): Promise<T> {
  const state = { done: false };
  const end = work.finally(() => {
    state.done = true;
  });
  end.catch(() => undefined);
  for (let turn = 0; turn < 5_000 && !state.done; turn++) {
    await settled();
    if (!state.done) await clock.step();
  }
  return end;
}

/** Drains again and again for this long, as the running program does every second. */
async function drainFor(ms: number, work: ReturnType<typeof createDeliverer>): Promise<void> {
  const end = clock.now() + ms;
  while (clock.now() < end) {
    await driven(work.drain());
    const next = Date.parse((await store.outbox.nextAt()) ?? after(1e6));
    await clock.advance(Math.min(end - clock.now(), Math.max(1_000, next - clock.now())));
  }
  await driven(work.drain());
}

const burst = (count: number, id = 'c1') =>
  Array.from({ length: count }, (_, n) =>
    draft({ channel: channel(id), subject: `s${n}`, message: message(`${id} ${n}`) }),
  );

async function leaseAndBegin(): Promise<OutboxRow> {
  const [row] = await store.outbox.lease('killed', clock.iso(), new Date(clock.now() + 60_000).toISOString(), 1);
  if (!row || !(await store.outbox.begin(row.id, 'killed', clock.iso()))) throw new Error('nothing was leased');
  return row;
}

describe('the deliver loop', () => {
  it('sends what is due, in order, and records it', async () => {
    const adapter = chat();
    await store.outbox.enqueue([
      ...burst(3),
      ...burst(1, 'c2'),
      draft({ channel: channel('c3'), notBefore: after(999) }),
    ]);
    expect(await driven(deliverer(adapter).drain())).toEqual({ sent: 4, retry: 0, unknown: 0, dead: 0 });
    expect(adapter.shown.filter((one) => one.channel === 'c1').map((one) => one.title)).toEqual([
      'c1 0',
      'c1 1',
      'c1 2',
    ]);
    expect(await store.outbox.counts()).toMatchObject({ sent: 4, pending: 1 });
    expect(await driven(deliverer(adapter).drain())).toMatchObject({ sent: 0 });
  });

  it('keeps a channel’s pace and the platform’s', async () => {
    const adapter = chat({
      capabilities: { pace: { channel: { count: 2, perMs: 5_000 }, global: { count: 3, perMs: 1_000 } } },
    });
    await store.outbox.enqueue([...burst(6), ...Array.from({ length: 6 }, (_, n) => burst(1, `d${n}`)).flat()]);
    await driven(deliverer(adapter).drain());
    const times = adapter.requests.map((one) => one.at).sort((a, b) => a - b);
    expect(times).toHaveLength(12);
    for (const [at, time] of times.entries()) expect((times[at + 3] ?? Infinity) - time).toBeGreaterThanOrEqual(1_000);
    const inChannel = adapter.shown.filter((one) => one.channel === 'c1').map((one) => one.at);
    for (const [at, time] of inChannel.entries())
      expect((inChannel[at + 2] ?? Infinity) - time).toBeGreaterThanOrEqual(5_000);
  });

  it('lets a hanging channel delay no other', async () => {
    const adapter = chat();
    adapter.faults.set('c1', [{ when: 'hang', stored: false }]);
    await store.outbox.enqueue(burst(1));
    const work = deliverer(adapter).drain();
    await settled();
    await store.outbox.enqueue(burst(1, 'c2'));
    await clock.advance(2_000);
    expect(adapter.shown.map((one) => one.channel)).toEqual(['c2']);
    adapter.releaseHung();
    expect(await driven(work)).toEqual({ sent: 1, retry: 0, unknown: 1, dead: 0 });
  });

  it('never re-sends what a platform without a key may have, and says so once', async () => {
    const adapter = chat({ platform: 'discord' });
    adapter.faults.set('c1', [{ when: 'after', outcome: { kind: 'unknown', reason: 'connection dropped' } }]);
    await store.outbox.enqueue(burst(1));
    await drainFor(3_600_000, deliverer(adapter));
    expect(adapter.shown).toHaveLength(1);
    expect(await store.outbox.counts()).toMatchObject({ unknown: 1 });
    expect((await store.notices.standing(9)).map((one) => one.kind)).toEqual(['delivery-unknown']);
  });

  it('re-sends within the window of a platform with a key, and shows it once', async () => {
    const adapter = chat({ capabilities: { idempotencyWindowMs: 120_000 } });
    const lost = { when: 'after', outcome: { kind: 'unknown', reason: '500' } } as const;
    adapter.faults.set('c1', [lost, lost, { when: 'before', outcome: { kind: 'transient', reason: 'refused' } }]);
    await store.outbox.enqueue(burst(1));
    await drainFor(60_000, deliverer(adapter));
    expect(adapter.requests).toHaveLength(4);
    expect(adapter.shown).toHaveLength(1);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1 });
  });

  it('waits exactly as long as it is told to', async () => {
    const adapter = chat();
    adapter.faults.set('c1', [
      { when: 'before', outcome: { kind: 'rate-limited', retryAt: after(42), scope: 'channel' } },
    ]);
    await store.outbox.enqueue([...burst(1), ...burst(1, 'c2')]);
    await drainFor(60_000, deliverer(adapter));
    expect(adapter.shown.map((one) => [one.channel, one.at - Date.parse(noon)])).toEqual([
      ['c2', expect.any(Number)],
      ['c1', 42_000],
    ]);
  });

  it('reduces what is refused to a plain form, then gives up and says so', async () => {
    const adapter = chat();
    const refused = { when: 'before', outcome: { kind: 'rejected', reason: '400 too long' } } as const;
    adapter.faults.set('c1', [refused]);
    adapter.faults.set('c2', [refused, refused]);
    const long = { ...message('x'.repeat(400)), plain: 'short' };
    await store.outbox.enqueue([draft({ message: long }), ...burst(1, 'c2')]);
    await drainFor(60_000, deliverer(adapter));
    expect(adapter.shown.map((one) => one.title.length)).toEqual([200]);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1, dead: 1 });
    expect((await store.notices.standing(9))[0]).toMatchObject({
      kind: 'delivery-dead',
      text: expect.stringContaining('400'),
    });
  });

  it('tells operators once that the token is refused, pauses nothing, and tells when it is taken again', async () => {
    const adapter = chat();
    const work = deliverer(adapter);
    adapter.broken.set('c1', { kind: 'transient', reason: '401', refused: 'Copy the token anew' });
    await store.outbox.enqueue(burst(3));
    await drainFor(60_000, work);
    const told = async () => (await store.notices.untold(9)).map(({ kind, subject, text }) => [kind, subject, text]);
    expect(await told()).toEqual([['token-refused', 'discord', 'Copy the token anew. Until then nothing is posted.']]);
    await store.notices.tell(await store.notices.untold(9), []);
    adapter.broken.clear();
    await drainFor(120_000, work);
    expect(await store.outbox.counts()).toMatchObject({ sent: 3 });
    expect(await told()).toEqual([['token-refused', 'discord', 'The token for discord is taken again.']]);
  });

  it('pauses a channel that is gone, tells once, and goes on when it is back', async () => {
    const adapter = chat();
    const work = deliverer(adapter);
    await store.subscriptions.add(subscription('one'));
    adapter.broken.set('c1', { kind: 'forbidden', reason: 'the bot was removed' });
    await store.outbox.enqueue([...burst(3), ...burst(1, 'c2')]);
    await drainFor(60_000, work);
    expect(adapter.requests.filter((one) => one.outcome === 'forbidden')).toHaveLength(1);
    const told = adapter.shown.filter((one) => one.channel === '@u1');
    expect(told.map((one) => one.title)).toEqual(['Paused']);
    expect((await store.subscriptions.forChannel(channel('c1')))[0]).toMatchObject({ status: 'paused' });
    expect(await store.outbox.counts()).toMatchObject({ dead: 3, sent: 2 });
    adapter.broken.clear();
    expect(await resumeChannel({ store, clock, countries }, channel('c1'))).toBe(3);
    await drainFor(10_000, work);
    expect(adapter.shown.filter((one) => one.channel === 'c1')).toHaveLength(3);
    expect((await store.subscriptions.forChannel(channel('c1')))[0]).toMatchObject({
      status: 'active',
      pausedBecause: null,
    });
    expect(await resumeChannel({ store, clock, countries }, channel('c1'))).toBe(0);
  });

  it('tells a channel that is back, late and once, of what happened while it was away', async () => {
    const adapter = chat();
    const work = deliverer(adapter);
    const commit = (id: string, more: object = {}) =>
      store.stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: article(`${id}-${clock.iso()}`),
        reading: reading(),
        stories: [story(id, { openedAt: clock.iso(), updatedAt: clock.iso(), told: true, ...more })],
        outbox: [],
      });
    await store.subscriptions.add(subscription('one', { topics: ['travel-ban'] }));
    await commit('before');
    await clock.advance(60_000);
    adapter.broken.set('c1', { kind: 'gone', reason: 'deleted' });
    await store.outbox.enqueue([draft({ subject: 'waiting' })]);
    await drainFor(5_000, work);
    await clock.advance(60_000);
    await commit('first');
    await commit('second');
    await commit('silent', { told: false });
    await commit('elsewhere', { topics: ['court'] });
    await commit('before', { openedAt: noon, revision: 2, changes: ['outlet'] });
    adapter.broken.clear();
    const resume = () => resumeChannel({ store, clock, countries }, channel('c1'));
    expect([await resume(), await resume()]).toEqual([3, 0]);
    await drainFor(60_000, work);
    const [, ...shown] = adapter.shown.filter((one) => one.channel === 'c1');
    expect(shown.map(({ title }) => title)).toEqual(['Catch-up: 2 stories, told late']);
  });

  it('delivers everything once and in order after an hour’s outage, the late marked', async () => {
    const adapter = chat();
    const work = deliverer(adapter, { rules: { lateAfterMs: 30 * 60_000 } });
    for (const id of ['c1', 'c2']) adapter.broken.set(id, { kind: 'transient', reason: 'no route' });
    await store.outbox.enqueue([...burst(3), ...burst(3, 'c2')]);
    await drainFor(3_600_000, work);
    expect(adapter.shown).toEqual([]);
    adapter.broken.clear();
    await store.outbox.enqueue([draft({ subject: 'new', message: message('c1 new'), notBefore: clock.iso() })]);
    await drainFor(600_000, work);
    const titles = (id: string) => adapter.shown.filter((one) => one.channel === id).map((one) => one.title);
    expect(titles('c1')).toEqual(['Catch-up: 3 stories, told late', 'c1 new']);
    expect(titles('c2')).toEqual(['Catch-up: 3 stories, told late']);
    const told = await store.outbox.told('story', 's1');
    expect(told.map((one) => [one.channel.id, one.waiting])).toEqual([
      ['c1', false],
      ['c2', false],
    ]);
  });

  it('answers in a thread as a post where there are no threads, and drops edits where there are none', async () => {
    const adapter = chat({ capabilities: { threads: false, edits: false } });
    await store.outbox.enqueue(burst(1));
    await driven(deliverer(adapter).drain());
    const next = { subject: 's0', channel: channel('c1'), revision: 2 };
    await store.outbox.enqueue([
      draft({ ...next, action: 'thread', message: message('more') }),
      draft({ ...next, action: 'edit' }),
    ]);
    await drainFor(5_000, deliverer(adapter));
    expect(adapter.shown.map((one) => one.action)).toEqual(['post', 'post']);
    expect(await store.outbox.counts()).toMatchObject({ sent: 2, dead: 1 });
  });

  it('leaves rows of a platform that is not connected to whoever is', async () => {
    await store.outbox.enqueue([draft({ channel: channel('c1', 'slack') })]);
    expect(await driven(deliverer(chat()).drain())).toMatchObject({ sent: 0 });
    expect(await store.outbox.counts()).toMatchObject({ pending: 1, leased: 0 });
  });

  it('sends to a platform only while it is its turn to', async () => {
    await store.outbox.enqueue([draft()]);
    const turns: Platform[][] = [[], ['discord']];
    const waiting = deliverer(chat(), { sends: () => Promise.resolve(turns[0] ?? []) });
    expect(await driven(waiting.drain())).toMatchObject({ sent: 0 });
    turns.shift();
    expect(await driven(waiting.drain())).toMatchObject({ sent: 1 });
  });

  it('lives through a database that fails for a while, and an adapter that throws', async () => {
    const adapter = chat();
    let failures = 2;
    const lease: Store['outbox']['lease'] = async (...args) => {
      if (failures-- > 0) throw new Error('disk full');
      return store.outbox.lease(...args);
    };
    const failing = { ...store.outbox, lease };
    const stop = new AbortController();
    await store.outbox.enqueue([...burst(1), ...burst(1, 'c2')]);
    adapter.send = async (row) => {
      if (row.channel.id === 'c1') throw new TypeError('bug');
      return { kind: 'sent', messageId: 'm' };
    };
    const running = deliverer(adapter, { store: { ...store, outbox: failing } }).run(stop.signal);
    await clock.advance(30_000);
    stop.abort();
    await driven(running);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1, unknown: 1 });
  });

  it('looks at once when it is woken, not only when its next look is due', async () => {
    const stop = new AbortController();
    const adapter = chat();
    const work = deliverer(adapter, { everyMs: 60_000 });
    const running = work.run(stop.signal);
    await settled();
    await store.outbox.enqueue(burst(1));
    await settled();
    expect(adapter.shown).toHaveLength(0);
    work.wake();
    await settled();
    expect(adapter.shown).toHaveLength(1);
    stop.abort();
    await driven(running);
  });

  it('gives back what it has not begun when it is stopped', async () => {
    const stop = new AbortController();
    const adapter = chat();
    await store.outbox.enqueue(burst(3));
    const work = deliverer(adapter).drain(stop.signal);
    await settled();
    stop.abort();
    await driven(work);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1, pending: 2, leased: 0 });
  });
});

describe('after a process was killed', () => {
  it('sends what it had only leased', async () => {
    const adapter = chat();
    await store.outbox.enqueue(burst(1));
    await store.outbox.lease('killed', clock.iso(), after(60), 1);
    await drainFor(61_000, deliverer(adapter));
    expect(adapter.shown).toHaveLength(1);
  });

  it('calls what it was sending unknown, where a repeat would show twice', async () => {
    const adapter = chat();
    await store.outbox.enqueue(burst(1));
    await adapter.send(await leaseAndBegin());
    await drainFor(3_600_000, deliverer(adapter));
    expect(adapter.shown).toHaveLength(1);
    expect(await store.outbox.counts()).toMatchObject({ unknown: 1 });
  });

  it('sends it again while the platform folds a repeat, and no later', async () => {
    const adapter = chat({ capabilities: { idempotencyWindowMs: 120_000 } });
    await store.outbox.enqueue(burst(1));
    await adapter.send(await leaseAndBegin());
    await drainFor(90_000, deliverer(adapter));
    expect(adapter.shown).toHaveLength(1);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1 });
    await store.outbox.enqueue(burst(1, 'c2'));
    await leaseAndBegin();
    await clock.advance(200_000);
    await drainFor(60_000, deliverer(adapter));
    expect(await store.outbox.counts()).toMatchObject({ unknown: 1 });
  });

  it('finds in the history what arrived, and sends again what did not', async () => {
    const adapter = chat({ readable: true });
    await store.outbox.enqueue([...burst(1), ...burst(1, 'c2')]);
    await adapter.send(await leaseAndBegin());
    await leaseAndBegin();
    await drainFor(180_000, deliverer(adapter));
    expect(adapter.shown.map((one) => one.channel)).toEqual(['c1', 'c2']);
    expect(await store.outbox.counts()).toMatchObject({ sent: 2, unknown: 0 });
    expect(await store.notices.standing(9)).toEqual([]);
  });

  it('keeps two deliverers on one database from saying anything twice', async () => {
    const adapter = chat();
    await store.outbox.enqueue(Array.from({ length: 20 }, (_, n) => burst(2, `c${n}`)).flat());
    const both = [deliverer(adapter, { owner: 'one' }), deliverer(adapter, { owner: 'two' })];
    const done = await driven(Promise.all(both.map((one) => one.drain())));
    expect(done.reduce((sum, one) => sum + one.sent, 0)).toBe(40);
    expect(new Set(adapter.shown.map((one) => one.rowId)).size).toBe(40);
    expect(adapter.shown).toHaveLength(40);
  });
});
