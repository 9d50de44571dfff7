import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/core/delivery.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import type { QuietHours } from '../../src/core/subscription.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { route } from '../../src/delivery/route.ts';
import { withdrawUnwanted } from '../../src/delivery/withdraw.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { createFakeChat } from '../fakes/chat.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { article, message, noon, reading, story, subscription } from '../fakes/samples.ts';

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

const revised = (one: Story, more: Partial<Story>): Story => ({
  ...one,
  revision: one.revision + 1,
  changes: ['stage'],
  updatedAt: clock.iso(),
  ...more,
});

/** What stands in the channel now, oldest first, and everything that was ever sent there. */
function watched() {
  const adapter = createFakeChat({ now });
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
  return { adapter, sent, runFor, stands: () => [...standing.values()] };
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
