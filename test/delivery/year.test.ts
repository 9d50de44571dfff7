import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import type { QuietHours, Subscription } from '../../src/core/subscription.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { enqueueDigests } from '../../src/delivery/digest-round.ts';
import { localTime, minutesOf } from '../../src/delivery/local-time.ts';
import { route } from '../../src/delivery/route.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { createFakeChat } from '../fakes/chat.ts';
import { article, channel, message, reading, story, subscription } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const zones = [
  'Pacific/Honolulu',
  'America/Los_Angeles',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Belgrade',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Apia',
];
const heavy = process.env.BORDERWIRE_HEAVY === '1';
const pace = { channel: { count: 1_000, perMs: 1 }, global: { count: 1_000, perMs: 1 } };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.parse('2026-01-01T00:00:00.000Z');
/** A year where everything is checked; else the weeks around the changes of the clock, north and south. */
const spans = heavy
  ? [[0, 365] as const]
  : ([
      [84, 90],
      [299, 306],
    ] as const);

let store: Store;
let now = start;
beforeEach(async () => {
  now = start;
  store = await openStore({ url: ':memory:', migrations, now: () => now });
});
afterEach(() => store.close());

/** In each zone: digests of every rhythm at an awkward time, and quiet hours of every shape. */
function subscriptionsOf(): Subscription[] {
  return zones.flatMap((timeZone, at) => {
    const of = (name: string, more: Partial<Subscription>) =>
      subscription(`${at}-${name}`, {
        channel: channel(`${at}-${name}`),
        timeZone,
        createdAt: new Date(start).toISOString(),
        ...more,
      });
    const quiet = (start_: string, end: string, hold: QuietHours['hold'] = 'all') => ({
      quietHours: { start: start_, end, timeZone, hold },
    });
    return [
      of('hourly', { digest: 'hourly' }),
      of('daily', { digest: 'daily', digestAt: '02:30' }),
      of('weekly', { digest: 'weekly', digestAt: '23:45' }),
      of('daily-quiet', { digest: 'daily', digestAt: '00:00', ...quiet('22:00', '07:00') }),
      of('night', quiet('22:00', '07:00')),
      of('gap', quiet('01:30', '02:30')),
      of('day', quiet('09:00', '17:00', 'all-but-official')),
      of('together', quiet('20:00', '12:00', 'batch')),
      of('equal', quiet('08:00', '08:00')),
    ];
  });
}

/** Whether a wall clock shows a time within these quiet hours. */
function isQuiet({ quietHours }: Subscription, ms: number): boolean {
  if (!quietHours) return false;
  const { hour, minute } = localTime(ms, quietHours.timeZone);
  const [from, to, at] = [minutesOf(quietHours.start) ?? 0, minutesOf(quietHours.end) ?? 0, hour * 60 + minute];
  return from < to ? at >= from && at < to : from > to && (at >= from || at < to);
}

/** Whether some clock of the twelve is set to another time within two days. */
function isNearChange(ms: number): boolean {
  const before = wallHours(ms - 2 * dayMs);
  return wallHours(ms + 2 * dayMs).some((hour, at) => hour !== before[at]);
}

function wallHours(ms: number): number[] {
  return zones.map((zone) => localTime(ms, zone).hour);
}

interface Told {
  at: number;
  /** Nobody is woken by an edit. */
  edit: boolean;
  stories: string[];
}

async function simulate([fromDay, toDay]: readonly [number, number], chance: () => number) {
  const subscriptions = subscriptionsOf();
  for (const one of subscriptions) await store.subscriptions.add(one);
  const opened: { id: string; at: number }[] = [];
  const told = new Map<string, Told[]>(subscriptions.map((one) => [one.id, []]));
  const note = (id: string, one: Told) => told.get(id)?.push(one);
  const bySubject = new Map(subscriptions.map((one) => [one.channel.id, one.id]));
  const shown = new Map<string, Set<string>>();
  const chat = createFakeChat({ now: () => now, capabilities: { pace } });
  chat.send = async (row) => {
    const messageId = row.action === 'edit' ? (row.replyTo ?? '') : row.id;
    const before = shown.get(messageId) ?? new Set();
    const stories = [...JSON.stringify(row.message).matchAll(/story (s\d+)/g)].map((match) => match[1] ?? '');
    const fresh = [...new Set(stories)].filter((id) => !before.has(id));
    shown.set(messageId, new Set(stories));
    if (fresh.length > 0)
      note(bySubject.get(row.channel.id) ?? '', { at: now, stories: fresh, edit: row.action === 'edit' });
    return { kind: 'sent', messageId };
  };
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const random = createRandom(() => now, seeded(5));
  const work = createDeliverer({ store, adapters: [chat], clock, random, log: silentLog, owner: 'one' });
  const end = start + toDay * dayMs;
  now = start + fromDay * dayMs;
  await enqueueDigests(store, now);
  let nextStory = now + chance() * 6 * hourMs;
  let number = 0;
  // The last weeks bring nothing new, so that every digest that is owed comes.
  const quietEnd = end + 9 * dayMs;
  while (now < quietEnd) {
    if (now >= nextStory && now < end) {
      const id = `s${number++}`;
      const at = new Date(now).toISOString();
      const one: Story = story(id, {
        openedAt: at,
        updatedAt: at,
        certainty: chance() < 0.3 ? 'official' : 'reported',
      });
      opened.push({ id, at: now });
      const telling = {
        now: at,
        told: [],
        editPauseMs: 0,
        message: () => ({
          ...message(`story ${id}`),
          tone: one.certainty === 'official' ? ('official' as const) : ('reported' as const),
        }),
      };
      const outbox = route(one, null, subscriptions, telling);
      await store.stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: article(`a${id}`),
        reading: reading(),
        stories: [one],
        outbox,
      });
      nextStory = now + chance() * 30 * hourMs;
    }
    await enqueueDigests(store, now);
    await work.drain();
    // Quarters of an hour where a clock changes, hours elsewhere, now and then a standstill of up to a day and a half.
    now += chance() < 0.002 ? chance() * 36 * hourMs : isNearChange(now) ? 15 * 60_000 : hourMs;
    now = Math.ceil(now / 60_000) * 60_000;
  }
  return { subscriptions, opened, told };
}

describe('a year in twelve time zones', () => {
  it.each(spans.map((span, at) => ({ span, seed: 20_260 + at })))(
    'tells everything once, nothing in quiet hours, and digests at their time: days $span, seed $seed',
    async ({ span, seed }) => {
      const { subscriptions, opened, told } = await simulate(span, seeded(seed));
      const official = new Set<string>();
      for (const { id } of opened) if ((await store.stories.story(id))?.certainty === 'official') official.add(id);
      for (const one of subscriptions) {
        const all = told.get(one.id) ?? [];
        const stories = all.flatMap((each) => each.stories);
        expect({ of: one.id, stories: stories.toSorted() }).toEqual({
          of: one.id,
          stories: opened.map(({ id }) => id).toSorted(),
        });
        for (const each of all) {
          for (const id of each.stories)
            expect(each.at).toBeGreaterThanOrEqual(opened.find((o) => o.id === id)?.at ?? 0);
          const exempt = one.quietHours?.hold === 'all-but-official' && each.stories.every((id) => official.has(id));
          expect({
            of: one.id,
            at: new Date(each.at).toISOString(),
            quiet: isQuiet(one, each.at) && !exempt && !each.edit,
          }).toMatchObject({ quiet: false });
        }
      }
      expect(opened.length).toBeGreaterThan(3);
    },
    heavy ? 600_000 : 120_000,
  );
});
