import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { Change, Story } from '../../src/core/story.ts';
import { changeRhythm, enqueueDigests } from '../../src/delivery/digest-round.ts';
import { route } from '../../src/delivery/route.ts';
import { withdrawUnwanted } from '../../src/delivery/withdraw.ts';
import { seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { article, channel, message, noon, reading, story, subscription } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const here = channel('c1');
const hour = 3_600_000;
const rhythms = ['immediate', 'hourly', 'daily', 'weekly'] as const;

/** One channel with one or two subscriptions that change their rhythm, and stories that move, at random times. */
async function world(seed: number) {
  const next = seeded(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;
  let now = Date.parse(noon) - 777;
  const iso = () => new Date(now).toISOString();
  const store: Store = await openStore({ url: ':memory:', migrations, now: () => now });
  const stories = new Map<string, Story>();
  /** When each revision came and whether it is worth telling; and which revisions were told. */
  const moved = new Map<string, { at: number; news: boolean }[]>();
  const told = new Map<string, number[]>();

  async function move(id: string, change: Change): Promise<void> {
    const before = stories.get(id) ?? null;
    const base = before ?? story(id, { openedAt: iso(), told: true });
    const after = { ...base, revision: (before?.revision ?? 0) + 1, updatedAt: iso(), changes: [change] };
    stories.set(id, after);
    moved.set(id, [...(moved.get(id) ?? []), { at: now, news: change !== 'outlet' }]);
    const outbox = route(after, before, await store.subscriptions.active(), {
      now: iso(),
      told: await store.outbox.told('story', id),
      editPauseMs: 60_000,
      message: (of, how) => message(`${how.kind} r${of.revision}`),
    });
    const entry = { entryId: null, entryVersion: 1, article: article(`${id}-${after.revision}`), reading: reading() };
    await store.stories.commitIngest({ ...entry, stories: [after], outbox });
  }

  async function turn(): Promise<void> {
    const mine = await store.subscriptions.forChannel(here);
    const before = pick(mine);
    const after = { ...before, digest: pick(rhythms), digestAt: pick(['12:00', '06:30', '20:00']) };
    await changeRhythm(store, before, after, now);
    await store.subscriptions.update(after);
    await withdrawUnwanted(store, here);
  }

  async function deliver(): Promise<void> {
    for (;;) {
      const [row] = await store.outbox.lease('me', iso(), new Date(now + 60_000).toISOString(), 1);
      if (!row) return;
      await store.outbox.begin(row.id, 'me', iso());
      await store.outbox.settle(row.id, { kind: 'sent', messageId: row.id }, iso(), { state: 'sent', owner: 'me' });
      const note = (id: string, revision: number) => void told.set(id, [...(told.get(id) ?? []), revision]);
      const known = (id: string) => (moved.get(id) ?? []).filter(({ at }) => at <= Date.parse(row.createdAt)).length;
      if (row.kind === 'digest')
        for (const [, id = ''] of JSON.stringify(row.message).matchAll(/story (s\d+)/g)) note(id, known(id));
      else if (row.action !== 'edit') note(row.subject, Number(/r(\d+)/.exec(row.message.title)?.[1]));
    }
  }

  const quietHours = { start: '22:00', end: '07:00', timeZone: 'UTC', hold: 'all' } as const;
  for (const id of ['one', 'two'].slice(0, 1 + Math.floor(next() * 2))) {
    const how = { digest: pick(rhythms), digestAt: '12:00', updates: pick(['thread', 'new'] as const) };
    const quiet = next() < 0.3 ? { quietHours } : {};
    await store.subscriptions.add(subscription(id, { channel: here, createdAt: iso(), ...how, ...quiet }));
  }
  for (let step = 0; step < 80; step++) {
    now += step < 60 ? Math.floor(next() * (next() < 0.15 ? 40 : 4) * hour) : 12 * hour;
    const what = step < 60 ? next() : 1;
    if (what < 0.3) await move(`s${stories.size}`, 'opened');
    else if (what < 0.6 && stories.size > 0)
      await move(pick([...stories.keys()]), pick(['stage', 'outlet', 'correction', 'outlet'] as const));
    else if (what < 0.72) await turn();
    if (step >= 60 || next() < 0.8) await enqueueDigests(store, (now += 5_000));
    await deliver();
  }
  await store.close();
  return { moved, told };
}

describe('a channel whose subscriptions change between alerts and digests', () => {
  it.each([3, 9, 13, 22, 37, 55, 2026, 4711, 90210, 777])(
    'hears of every news, and of none twice (seed %i)',
    async (seed) => {
      const { moved, told } = await world(seed);
      const wrong: string[] = [];
      for (const [id, all] of moved) {
        const said = told.get(id) ?? [];
        const news = all.flatMap((one, at) => (one.news ? [at + 1] : []));
        for (const one of news) if (!said.some((revision) => revision >= one)) wrong.push(`lost: ${id} r${one}`);
        for (const [at, revision] of said.entries()) {
          const before = said[at - 1] ?? 0;
          if (!news.some((one) => one > before && one <= revision)) wrong.push(`twice: ${id} r${revision}`);
        }
      }
      expect({ stories: moved.size > 5, wrong }).toEqual({ stories: true, wrong: [] });
    },
    20_000,
  );
});
