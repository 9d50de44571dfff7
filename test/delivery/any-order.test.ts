import { describe, expect, it } from 'vitest';
import type { OutboxRow } from '../../src/core/delivery.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Change, Story } from '../../src/core/story.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { route } from '../../src/delivery/route.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { createFakeChat, type Fault } from '../fakes/chat.ts';
import { createFakeClock, type FakeClock } from '../fakes/clock.ts';
import { article, message, noon, reading, story, subscription } from '../fakes/samples.ts';

/*
 * Stories open, change, are folded into each other and taken apart in an order that nobody thought of, over a platform
 * that fails, while people choose anew how they are told. In the end a channel has each story that it was told, and each
 * that matches, once and in its newest words.
 */

const migrations = new URL('../../migrations', import.meta.url).pathname;
const minute = 60_000;

const elsewhere = {
  countries: { banned: ['GH'], receiving: [], nationality: [], mentioned: [] },
  matters: [],
} as const;

interface World {
  store: Store;
  clock: FakeClock;
  chance: () => number;
  stories: Map<string, Story>;
}

async function commit({ store, clock, stories }: World, revisions: readonly { next: Story; absorbed?: string }[]) {
  const drafts = [];
  for (const { next, absorbed } of revisions) {
    const ids = absorbed === undefined ? [next.id] : [next.id, absorbed];
    const told = await Promise.all(ids.map((id) => store.outbox.told('story', id)));
    const previous = stories.get(next.id) ?? null;
    drafts.push(
      ...route(next, previous, await store.subscriptions.active(), {
        now: clock.iso(),
        told: told.flat(),
        editPauseMs: minute,
        message: (of, how) => message(`${how.kind} ${of.id} r${of.revision}${of.mergedInto ? ' folded' : ''}`),
      }),
    );
  }
  const id = `a${clock.now()}-${revisions[0]?.next.id}`;
  await store.stories.commitIngest({
    entryId: null,
    entryVersion: 1,
    article: article(id),
    reading: reading(),
    stories: revisions.map(({ next }) => next),
    outbox: drafts,
  });
  for (const { next } of revisions) stories.set(next.id, next);
}

const revised = (one: Story, at: string, changes: readonly Change[], more: Partial<Story> = {}): Story => ({
  ...one,
  revision: one.revision + 1,
  changes,
  updatedAt: at,
  ...more,
});

async function step(world: World): Promise<void> {
  const { clock, chance, stories } = world;
  const live = [...stories.values()].filter((one) => one.mergedInto === null);
  const pick = () => live[Math.floor(chance() * live.length)];
  const [one, other] = [pick(), pick()];
  const what = chance();
  if (chance() < 0.15) {
    const [first, second] = await world.store.subscriptions.active();
    const mode = (['edit', 'thread', 'new'] as const)[Math.floor(chance() * 3)] ?? 'edit';
    if (first) await world.store.subscriptions.update({ ...first, updates: mode });
    if (second) await world.store.subscriptions.update({ ...second, countries: chance() < 0.5 ? ['TD'] : ['LA'] });
  }
  const substance: Change = chance() < 0.5 ? 'stage' : 'retraction';
  if (!one || live.length < 3 || what < 0.25) {
    await commit(world, [
      {
        next: story(`s${stories.size}`, {
          ...(chance() < 0.5 ? elsewhere : {}),
          openedAt: clock.iso(),
          updatedAt: clock.iso(),
        }),
      },
    ]);
  } else if (what < 0.5 && other && other !== one) {
    await commit(world, [
      { next: revised(one, clock.iso(), chance() < 0.5 ? ['merged'] : ['merged', substance]), absorbed: other.id },
      { next: revised(other, clock.iso(), ['merged'], { mergedInto: one.id }) },
    ]);
  } else if (what < 0.6) {
    const apart = story(`s${stories.size}`, {
      ...(chance() < 0.5 ? elsewhere : {}),
      openedAt: clock.iso(),
      updatedAt: clock.iso(),
      changes: ['split'],
    });
    await commit(world, [{ next: apart }, { next: revised(one, clock.iso(), ['outlet']) }]);
  } else {
    await commit(world, [{ next: revised(one, clock.iso(), [chance() < 0.5 ? 'outlet' : substance]) }]);
  }
}

function faultOf(world: World): Fault {
  const at = world.chance();
  const retryAt = new Date(world.clock.now() + world.chance() * 5 * minute).toISOString();
  if (at < 0.4) return { when: 'before', outcome: { kind: 'rate-limited', scope: 'channel', retryAt } };
  if (at < 0.7) return { when: 'before', outcome: { kind: 'transient', reason: 'no route' } };
  return { when: at < 0.85 ? 'before' : 'after', outcome: { kind: 'unknown', reason: 'no answer' } };
}

/** What of it the platform shows in the end: whole posts by their story, with those that a roll-up tells. */
function wholes(standing: ReadonlyMap<string, OutboxRow>): string[] {
  return [...standing.values()].flatMap(({ message: { title, plain } }) =>
    title.startsWith('Busy') || title.startsWith('Catch-up:')
      ? (plain.match(/alert s\d+ r\d+( folded)?/g) ?? [])
      : title.startsWith('alert')
        ? [title]
        : [],
  );
}

async function play(seed: number) {
  const clock = createFakeClock(noon);
  const now = () => clock.now();
  const store = await openStore({ url: ':memory:', migrations, now });
  const chance = seeded(seed);
  const world: World = { store, clock, chance, stories: new Map() };
  const updates = (['edit', 'thread', 'new'] as const)[seed % 3] ?? 'edit';
  const quietHours = seed % 2 ? { start: '12:20', end: '12:40', timeZone: 'UTC', hold: 'all' as const } : null;
  await store.subscriptions.add(subscription('s', { updates, quietHours, countries: ['LA'] }));
  await store.subscriptions.add(subscription('t', { updates: 'new', countries: ['LA'], createdAt: clock.iso() }));
  const pace = { channel: { count: 100, perMs: 1_000 }, global: { count: 100, perMs: 1_000 } };
  const adapter = createFakeChat({ now, readable: true, capabilities: { pace, idempotencyWindowMs: 2 * minute } });
  const standing = new Map<string, OutboxRow>();
  const send = adapter.send.bind(adapter);
  adapter.send = async (row) => {
    const before = adapter.shown.length;
    const outcome = await send(row);
    const shown = adapter.shown.length > before ? adapter.shown.at(-1) : undefined;
    if (shown) standing.set(shown.messageId, row);
    return outcome;
  };
  const rules = { burstPerHour: seed % 5 === 0 ? 3 : 0 };
  const random = createRandom(now, seeded(seed + 1));
  const work = createDeliverer({
    store,
    adapters: [adapter],
    clock,
    random,
    log: silentLog,
    owner: 'one',
    rules,
    everyMs: 10_000,
  });
  const stop = new AbortController();
  const running = work.run(stop.signal);
  for (let n = 0; n < 25; n++) {
    await step(world);
    if (chance() < 0.3) adapter.faults.set('*', [faultOf(world)]);
    await clock.advance(Math.floor(chance() < 0.5 ? 1_000 : chance() * 4 * minute));
  }
  for (let n = 0; n < 60; n++) await clock.advance(minute);
  stop.abort();
  await clock.advance(10_000);
  await running;
  const counts = await store.outbox.counts();
  await store.close();
  const live = [...world.stories.values()].filter((one) => one.mergedInto === null);
  const seen = wholes(standing)
    .filter((one) => !one.endsWith('folded'))
    .map((one) => one.split(' ')[1]);
  const expected = live
    .filter((one) => one.countries.banned.includes('LA') || seen.includes(one.id))
    .map(({ id, revision }) => `alert ${id} r${revision}`)
    .toSorted();
  return {
    counts,
    expected,
    stands: wholes(standing)
      .filter((one) => !one.endsWith('folded'))
      .toSorted(),
  };
}

const seeds = Array.from({ length: 12 }, (_, n) => n + 1);

describe('whatever happens to stories', () => {
  it.each(seeds)('a channel has each once, in its newest words (seed %i)', async (seed) => {
    const { counts, expected, stands } = await play(seed);
    expect(stands).toEqual(expected);
    expect(counts).toMatchObject({ pending: 0, retry: 0, leased: 0, unknown: 0, dead: 0 });
  });
});
