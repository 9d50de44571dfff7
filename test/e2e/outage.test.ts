import { afterEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../src/adapters/slack/adapter.ts';
import type { ChatAdapter } from '../../src/core/delivery.ts';
import type { Channel } from '../../src/core/subscription.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { openDiscord } from '../adapters/discord/open.ts';
import { optionsFor } from '../adapters/slack/opened.ts';
import { createFakeClock, settled } from '../fakes/clock.ts';
import { ids } from '../fakes/discord/world.ts';
import { draft, message, noon } from '../fakes/samples.ts';
import { startFakeSlack } from '../fakes/slack/server.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const minute = 60_000;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Both adapters before servers that can be down, and a deliverer, on one clock that stands while a request is under way. */
async function open() {
  const clock = createFakeClock(noon);
  const now = () => clock.now();
  const state = { down: false, underWay: 0 };
  const discord = await openDiscord(
    { now },
    {
      now,
      channelLimit: 1_000,
      meet: () => (state.down ? { on: '', how: 'drop', when: 'before' } : undefined),
    },
  );
  const slack = await startFakeSlack(now, {
    meet: () => (state.down ? { fault: { kind: 'drop' }, stored: false } : undefined),
  });
  slack.scopes.add('channels:history');
  const counted = (adapter: ChatAdapter): ChatAdapter => {
    async function during<T>(work: Promise<T>): Promise<T> {
      state.underWay++;
      return work.finally(() => state.underWay--);
    }
    return {
      ...adapter,
      send: (row) => during(adapter.send(row)),
      reachable: () => during(adapter.reachable?.() ?? Promise.resolve(true)),
      reconcile: (row) => during(adapter.reconcile?.(row) ?? Promise.reject(new Error('no history'))),
    };
  };
  const adapters = [discord.adapter, createSlackAdapter(optionsFor(slack))].map(counted);
  const store = await openStore({ url: ':memory:', migrations, now });
  closing.push(
    () => discord.fake.close(),
    () => slack.close(),
    () => store.close(),
  );
  for (const adapter of adapters) {
    await adapter.start();
    closing.push(() => adapter.stop());
  }
  const random = createRandom(now, seeded(7));
  const rules = { lateAfterMs: 30 * minute };
  const work = createDeliverer({ store, adapters, clock, random, log: silentLog, owner: 'one', rules });

  async function drained(): Promise<void> {
    const ended = { yet: false };
    const drain = work.drain().finally(() => {
      ended.yet = true;
    });
    while (!ended.yet) {
      await settled();
      if (!ended.yet && state.underWay === 0) await clock.step();
    }
    await drain;
  }
  /** As the running program does, every few seconds. */
  async function pass(ms: number): Promise<void> {
    for (const end = clock.now() + ms; clock.now() < end; await clock.advance(10_000)) await drained();
  }
  const shown: Record<string, () => string[]> = {
    discord: () => discord.fake.messages.all.map(({ body }) => JSON.stringify(body)),
    slack: () => slack.messages.map((one) => JSON.stringify(one)),
  };
  return { clock, store, state, pass, shown };
}

const channels: Channel[] = [
  { platform: 'discord', workspace: ids.guild, id: ids.text },
  { platform: 'slack', workspace: 'T1', id: 'C0000000001' },
];

describe('Discord and Slack, down for an hour', () => {
  it('have everything once and in order afterwards, what is late marked as late and what is new as new', async () => {
    const { clock, store, state, pass, shown } = await open();
    const tell = (n: number) =>
      store.outbox.enqueue(
        channels.map((channel) =>
          draft({ channel, subject: `s${n}`, message: message(`Development d${n}x`), notBefore: clock.iso() }),
        ),
      );
    await tell(0);
    await pass(minute);
    state.down = true;
    for (let n = 1; n <= 5; n++) {
      await tell(n);
      await pass(12 * minute);
    }
    for (const messages of Object.values(shown)) expect(messages()).toHaveLength(1);
    state.down = false;
    await pass(5 * minute);
    await tell(6);
    await pass(20 * minute);

    for (const [platform, messages] of Object.entries(shown)) {
      const where = (n: number) =>
        messages().flatMap((text, at) =>
          text.includes(`Development d${n}x`) ? [{ at, late: /late/i.test(text) }] : [],
        );
      const told = [0, 1, 2, 3, 4, 5, 6].map(where);
      expect({ platform, times: told.map((one) => one.length) }).toEqual({ platform, times: [1, 1, 1, 1, 1, 1, 1] });
      const order = told.flatMap((one) => one.map(({ at }) => at));
      expect({ platform, order }).toEqual({ platform, order: order.toSorted((a, b) => a - b) });
      const late = told.map((one) => one[0]?.late);
      expect({ platform, late: [late[0], late[1], late[2], late[6]] }).toEqual({
        platform,
        late: [false, true, true, false],
      });
    }
    expect(await store.outbox.counts()).toMatchObject({ pending: 0, retry: 0, leased: 0, unknown: 0, dead: 0 });
  }, 120_000);
});
