import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Capabilities, OutboxRow } from '../../src/core/delivery.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import type { QuietHours } from '../../src/core/subscription.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { route } from '../../src/delivery/route.ts';
import { releaseHeld, withdrawUnwanted } from '../../src/delivery/withdraw.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { createFakeChat } from '../fakes/chat.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { article, channel, message, noon, reading, story, subscription } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const minute = 60_000;
let clock: FakeClock;
let store: Store;
let commits = 0;
const now = () => clock.now();

beforeEach(async () => {
  clock = createFakeClock(noon);
  store = await openStore({ url: ':memory:', migrations, now });
});
afterEach(() => store.close());

/** Commits a revision with what it sends, as the program does. */
async function tell(next: Story, previous: Story | null): Promise<void> {
  const drafts = route(next, previous, await store.subscriptions.active(), {
    now: clock.iso(),
    told: await store.outbox.told('story', next.id),
    editPauseMs: minute,
    message: (of, how) => message(`${how.kind} ${of.id} r${of.revision}${of.mergedInto ? ' folded' : ''}`),
  });
  const id = `a${commits++}`;
  await store.stories.commitIngest({
    entryId: null,
    entryVersion: 1,
    article: article(id),
    reading: reading(),
    stories: [next],
    outbox: drafts,
  });
}

/** Commits several revisions at once: what takes others in first, as the program does. */
async function tellAll(revisions: readonly { next: Story; previous: Story | null; absorbed?: readonly string[] }[]) {
  const drafts = [];
  for (const { next, previous, absorbed = [] } of revisions) {
    const told = await Promise.all([next.id, ...absorbed].map((id) => store.outbox.told('story', id)));
    drafts.push(
      ...route(next, previous, await store.subscriptions.active(), {
        now: clock.iso(),
        told: told.flat(),
        editPauseMs: minute,
        message: (of, how) => message(`${how.kind} ${of.id} r${of.revision}${of.mergedInto ? ' folded' : ''}`),
      }),
    );
  }
  await store.stories.commitIngest({
    entryId: null,
    entryVersion: 1,
    article: article(`a${commits++}`),
    reading: reading(),
    stories: revisions.map(({ next }) => next),
    outbox: drafts,
  });
}

/** `from` becomes part of `into`; answers `into` as it then is. */
async function merge(into: Story, from: readonly Story[], changes: Story['changes'] = ['merged']): Promise<Story> {
  const next = revised(into, { changes });
  await tellAll([
    { next, previous: into, absorbed: from.map(({ id }) => id) },
    ...from.map((one) => ({ next: revised(one, { mergedInto: into.id, changes: ['merged'] }), previous: one })),
  ]);
  return next;
}

const revised = (one: Story, more: Partial<Story>): Story => ({
  ...one,
  revision: one.revision + 1,
  changes: ['stage'],
  updatedAt: clock.iso(),
  ...more,
});

/** What stands in the channel now, oldest first, and everything that was ever sent there. */
function watched(capabilities: Partial<Capabilities> = {}) {
  const adapter = createFakeChat({ now, capabilities });
  const standing = new Map<string, string>();
  const sent: OutboxRow[] = [];
  const send = adapter.send.bind(adapter);
  adapter.send = async (row) => {
    sent.push(row);
    const outcome = await send(row);
    if (outcome.kind === 'sent') standing.set(outcome.messageId, row.message.title);
    return outcome;
  };
  const random = createRandom(now, seeded(3));
  const work = createDeliverer({ store, adapters: [adapter], clock, random, log: silentLog, owner: 'one' });
  const runFor = async (ms: number) => {
    const stop = new AbortController();
    const running = work.run(stop.signal);
    for (let at = 0; at < ms; at += 5_000) await clock.advance(5_000);
    stop.abort();
    await clock.advance(10_000);
    await running;
  };
  return { adapter, work, sent, runFor, stands: () => [...standing.values()] };
}

const night: QuietHours = { start: '11:00', end: '13:00', timeZone: 'UTC', hold: 'all' };

describe('a story in one channel', () => {
  it.each(['removed', 'paused'] as const)(
    'is not said for a subscription that was %s while it was held',
    async (how) => {
      const one = subscription('s', { quietHours: night });
      await store.subscriptions.add(one);
      const seen = watched();
      await tell(story('x'), null);
      await seen.runFor(minute);
      if (how === 'removed') await store.subscriptions.remove('s');
      else await store.subscriptions.update({ ...one, status: 'paused', pausedBecause: 'paused by a manager' });
      expect(await withdrawUnwanted(store, one.channel)).toBe(1);
      await clock.advance(60 * minute);
      await seen.runFor(minute);
      expect(seen.stands()).toEqual([]);
    },
  );

  it.each(['transient', 'rate-limited', 'unknown'] as const)(
    'is not tried again (%s) for a subscription that ended while it was in flight, unless another wants it',
    async (kind) => {
      for (const stays of [false, true]) {
        const one = subscription(`s${stays}`, { channel: channel(`c${stays}`), countries: ['LA'] });
        await store.subscriptions.add(one);
        await store.subscriptions.add({ ...one, id: `t${stays}`, countries: [stays ? 'LA' : 'GH'] });
        const seen = watched({ idempotencyWindowMs: 2 * minute, history: true });
        const retryAt = new Date(clock.now() + 10 * minute).toISOString();
        const outcome = { kind, reason: 'trouble', retryAt, scope: 'channel' } as const;
        seen.adapter.faults.set('*', [{ when: 'before', outcome }]);
        seen.adapter.reconcile = async () => ({ kind: 'absent' });
        const x = story(`x${stays}${kind}`);
        await tell(x, null);
        const stop = new AbortController();
        const running = seen.work.run(stop.signal);
        for (let step = 0; step < 5 && seen.sent.length === 0; step++) await clock.advance(200);
        expect(seen.sent).toHaveLength(1);
        await store.subscriptions.remove(one.id);
        await withdrawUnwanted(store, one.channel);
        // What is mended must not be said instead.
        await tell(revised(x, { changes: ['outlet'] }), x);
        for (let at = 0; at < 20 * minute; at += 5_000) await clock.advance(5_000);
        stop.abort();
        await clock.advance(10_000);
        await running;
        expect(seen.stands().map((one) => one.includes(x.id))).toEqual(stays ? [true] : []);
      }
    },
  );

  it('is said by the new rule when quiet hours were made shorter, or taken back, while it was held', async () => {
    for (const [id, quietHours, due] of [
      ['c1', { ...night, end: '12:30' }, 30],
      ['c2', null, 0],
    ] as const) {
      const start = clock.now();
      const one = subscription(id, { channel: channel(id), quietHours: { ...night, end: '20:00' } });
      await store.subscriptions.add(one);
      const seen = watched();
      await tell(story(`x${id}`), null);
      await seen.runFor(minute);
      await store.subscriptions.update({ ...one, quietHours });
      await releaseHeld(store, one.channel, { nowMs: clock.now(), holdBackMs: 0 });
      await seen.runFor(minute);
      expect(seen.stands()).toHaveLength(due === 0 ? 1 : 0);
      await clock.advance(due * minute - (clock.now() - start));
      await seen.runFor(minute);
      expect(seen.stands()).toEqual([`alert x${id} r1`]);
      await store.subscriptions.remove(id);
    }
  });

  it('keeps quiet hours that were made longer while it was held', async () => {
    const one = subscription('s', { quietHours: night });
    await store.subscriptions.add(one);
    const seen = watched();
    await tell(story('x'), null);
    await store.subscriptions.update({ ...one, quietHours: { ...night, end: '14:00' } });
    await clock.advance(60 * minute);
    await seen.runFor(5 * minute);
    expect(seen.stands()).toEqual([]);
    await clock.advance(60 * minute);
    await seen.runFor(minute);
    expect(seen.stands()).toEqual(['alert x r1']);
  });

  it('is said all the same when another subscription of the channel stays', async () => {
    await store.subscriptions.add(subscription('s', { quietHours: night }));
    await store.subscriptions.add(subscription('t', { quietHours: night, countries: ['LA'] }));
    const seen = watched();
    await tell(story('x'), null);
    await store.subscriptions.remove('s');
    expect(await withdrawUnwanted(store, subscription('t').channel)).toBe(0);
    await clock.advance(61 * minute);
    await seen.runFor(minute);
    expect(seen.stands()).toEqual(['alert x r1']);
  });

  it('keeps the quiet hours of the subscription that it matches, not those of another', async () => {
    await store.subscriptions.add(subscription('s', { quietHours: { ...night, start: '12:30', end: '14:00' } }));
    await store.subscriptions.add(subscription('t', { countries: ['GH'] }));
    const seen = watched();
    const first = story('x');
    await tell(first, null);
    await seen.runFor(minute);
    await clock.advance(35 * minute);
    await tell(revised(first, {}), first);
    await seen.runFor(10 * minute);
    expect(seen.sent.map((row) => row.action)).toEqual(['post', 'edit']);
    await clock.advance(75 * minute);
    await seen.runFor(minute);
    expect(seen.sent.map((row) => row.action)).toEqual(['post', 'edit', 'thread']);
  });

  it('does not slip into quiet hours of its own because another subscription there has none', async () => {
    await store.subscriptions.add(subscription('s', { quietHours: { ...night, start: '12:30', end: '14:00' } }));
    await store.subscriptions.add(subscription('t', { countries: ['GH'] }));
    const seen = watched();
    const retryAt = new Date(clock.now() + 40 * minute).toISOString();
    const outcome = { kind: 'rate-limited', reason: 'later', retryAt, scope: 'channel' } as const;
    seen.adapter.faults.set('*', [{ when: 'before', outcome }]);
    await tell(story('x'), null);
    await seen.runFor(60 * minute);
    expect(seen.stands()).toEqual([]);
    await clock.advance(60 * minute);
    await seen.runFor(minute);
    expect(seen.stands()).toEqual(['Catch-up: alert x r1']);
  });

  it.each(['ledger/one', 'paused/one'])(
    'is left with what the bot tells of itself alone once nobody follows: %s',
    async (subject) => {
      const one = subscription('s', { quietHours: night });
      await store.subscriptions.add(one);
      await store.outbox.enqueue([
        {
          channel: one.channel,
          kind: 'notice',
          subject,
          revision: 1,
          action: 'post',
          message: message(subject),
          notBefore: clock.iso(),
          late: false,
        },
      ]);
      await store.subscriptions.remove('s');
      const isOfLedger = subject.startsWith('ledger/');
      expect(await withdrawUnwanted(store, one.channel)).toBe(isOfLedger ? 1 : 0);
    },
  );

  it('has its first post mended and its update standing, where updates are new messages', async () => {
    await store.subscriptions.add(subscription('s', { updates: 'new' }));
    const seen = watched();
    const first = story('x');
    await tell(first, null);
    await seen.runFor(minute);
    await tell(revised(first, { changes: ['retraction'] }), first);
    await seen.runFor(5 * minute);
    expect(seen.stands()).toEqual(['alert x r2', 'update x r2']);
  });

  it('is said once when it was folded into another before either went out', async () => {
    await store.subscriptions.add(subscription('s', { quietHours: night }));
    const seen = watched();
    const [x, y] = [story('x'), story('y')];
    await tell(x, null);
    await tell(y, null);
    const folded = revised(x, { mergedInto: 'y', changes: ['merged'] });
    await tell(folded, x);
    await tell(revised(y, { changes: ['outlet'] }), y);
    await clock.advance(61 * minute);
    await seen.runFor(5 * minute);
    expect(seen.stands()).toEqual(['alert y r2']);
  });

  it('goes from the story that was folded to the one that it was folded into, in one post', async () => {
    await store.subscriptions.add(subscription('s', { countries: ['LA'], quietHours: night }));
    const seen = watched();
    const x = story('x');
    const y = story('y', { countries: { banned: ['GH'], receiving: [], nationality: [], mentioned: [] }, matters: [] });
    await tell(x, null);
    await tell(y, null);
    await tell(revised(x, { mergedInto: 'y', changes: ['merged'] }), x);
    await tell(revised(y, { changes: ['outlet'], countries: x.countries }), y);
    await clock.advance(61 * minute);
    await seen.runFor(5 * minute);
    expect(seen.stands()).toEqual(['alert y r2']);
  });
});

/** A channel that follows Laos alone: a story of another country comes to it only by what was folded into it. */
const elsewhere = {
  countries: { banned: ['GH'], receiving: [], nationality: [], mentioned: [] },
  matters: [],
} as const;

describe('stories that are merged one after another', () => {
  const update = { thread: ['update c r2'], new: ['update c r2'], edit: [] } as const;
  for (const updates of ['edit', 'thread', 'new'] as const)
    for (const held of [true, false])
      for (const apart of [true, false])
        for (const has of ['a', 'b', 'ab', 'abc', 'ac', 'bc'] as const)
          it(`leaves the newest words of the one that stays: ${updates}, has ${has}, ${held ? 'held' : 'posted'} before, ${apart ? 'apart' : 'at once'}`, async () => {
            const quietHours = held ? night : null;
            await store.subscriptions.add(subscription('s', { countries: ['LA'], updates, quietHours }));
            const seen = watched();
            const [a, b, c] = (['a', 'b', 'c'] as const).map((id) => story(id, has.includes(id) ? {} : elsewhere));
            if (!a || !b || !c) throw new Error('three stories');
            for (const one of [c, b, a]) await tell(one, null);
            await seen.runFor(10_000);
            const b2 = await merge(b, [a]);
            if (apart) await seen.runFor(3 * minute);
            await merge(c, [b2], ['merged', 'stage']);
            if (held) await clock.advance(61 * minute);
            await seen.runFor(5 * minute);
            const others = has
              .split('')
              .slice(1)
              .map(() => 'folded');
            const stands = seen.stands().map((one) => (one.endsWith(' folded') ? 'folded' : one));
            const expected = held ? [] : [...others, ...update[updates]];
            expect(stands.toSorted()).toEqual(['alert c r2', ...expected]);
          });

  it('mends the same post when two were folded in at once and a third later, newest or not', async () => {
    await store.subscriptions.add(subscription('s', { countries: ['LA'], updates: 'edit' }));
    const seen = watched();
    const [a, b, x] = [story('a'), story('b'), story('x')];
    for (const one of [b, a, x]) {
      await tell(one, null);
      await seen.runFor(10_000);
    }
    const c = story('c', elsewhere);
    await tell(c, null);
    const c2 = await merge(c, [a, b]);
    await seen.runFor(3 * minute);
    const c3 = await merge(c2, [x]);
    await seen.runFor(3 * minute);
    expect(seen.stands().filter((one) => one === 'alert c r3')).toHaveLength(1);
    expect(seen.stands().filter((one) => one.endsWith('folded'))).toHaveLength(2);
    const d = story('d', elsewhere);
    await tell(d, null);
    await merge(d, [c3]);
    await seen.runFor(3 * minute);
    expect(seen.stands().filter((one) => one === 'alert d r2')).toHaveLength(1);
    expect(seen.stands().filter((one) => one.endsWith('folded'))).toHaveLength(2);
  });

  it('mends the post that stands when a story that was still to come is folded in later', async () => {
    await store.subscriptions.add(subscription('s', { countries: ['LA'], updates: 'edit' }));
    const seen = watched();
    const [a, c, x] = [story('a'), story('c', elsewhere), story('x')];
    await tell(a, null);
    await tell(c, null);
    const c2 = await merge(c, [a]);
    await seen.runFor(3 * minute);
    await tell(x, null);
    await merge(c2, [x]);
    await seen.runFor(3 * minute);
    expect(seen.stands()).toEqual(['alert c r3']);
  });

  it('never writes older words over newer ones when an edit had to be tried again', async () => {
    await store.subscriptions.add(subscription('s', { countries: ['LA'], updates: 'edit' }));
    const seen = watched();
    const [a, b, c] = [story('a'), story('b', elsewhere), story('c', elsewhere)];
    for (const one of [a, b, c]) await tell(one, null);
    await seen.runFor(10_000);
    const b2 = await merge(b, [a]);
    const retryAt = new Date(clock.now() + 10 * minute).toISOString();
    seen.adapter.faults.set('*', [{ when: 'before', outcome: { kind: 'rate-limited', scope: 'shared', retryAt } }]);
    await seen.runFor(90_000);
    await merge(c, [b2]);
    await seen.runFor(15 * minute);
    expect(seen.stands()).toEqual(['alert c r2']);
  });
});

describe('a story folded into one that is folded in turn', () => {
  it('is not mended with its own older words, where the other one’s mark has come first', async () => {
    await store.subscriptions.add(subscription('s', { countries: ['LA'], updates: 'edit' }));
    const seen = watched();
    const [a, b, c] = [story('a'), story('b', elsewhere), story('c')];
    for (const one of [a, b, c]) await tell(one, null);
    await seen.runFor(10_000);
    const a2 = revised(a, { changes: ['outlet'] });
    await tell(a2, a);
    await clock.advance(90_000);
    const at = (ms: number) => new Date(clock.now() + ms).toISOString();
    const [mend] = await store.outbox.lease('one', at(0), at(minute), 1);
    await store.outbox.begin(mend?.id ?? '', 'one', at(0));
    const next = { state: 'retry', retryAt: at(10 * minute) } as const;
    await store.outbox.settle(mend?.id ?? '', { kind: 'transient', reason: 'no route' }, at(0), next);
    const b2 = await merge(b, [a2]);
    await merge(c, [b2]);
    await seen.runFor(15 * minute);
    expect(seen.stands().toSorted()).toEqual(['alert b r3 folded', 'alert c r2']);
  });
});

describe('updates as new messages', () => {
  it('leave the first post with the newest words, also after several and in quiet hours', async () => {
    const evening = { ...night, start: '12:02' };
    await store.subscriptions.add(subscription('s', { updates: 'new', quietHours: evening }));
    const seen = watched();
    const first = story('x');
    await tell(first, null);
    await seen.runFor(minute);
    const second = revised(first, {});
    await tell(second, first);
    await seen.runFor(3 * minute);
    const third = revised(second, { changes: ['retraction'] });
    await tell(third, second);
    await seen.runFor(3 * minute);
    expect(seen.stands()).toEqual(['alert x r3', 'update x r2']);
    await clock.advance(61 * minute);
    await seen.runFor(3 * minute);
    expect(seen.stands()).toEqual(['alert x r3', 'update x r2', 'update x r3']);
  });
});
