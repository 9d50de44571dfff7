import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../../src/commands/dispatch.ts';
import { createCommands, definitions } from '../../../src/commands/index.ts';
import { createParserPool } from '../../../src/feeds/worker/pool.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import type { Asked } from '../../fakes/discord/world.ts';
import { testServices } from '../../fakes/services.ts';
import { commandData, pressed } from './asking.ts';
import { openDiscord, shippedPhrases } from './open.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A bot that has answered nothing yet. */
async function newBot(): Promise<FakeDiscord> {
  const { services, store } = await testServices();
  const runner = createDispatcher(createCommands(services), silentLog, shippedPhrases);
  const { fake, adapter } = await openDiscord({ runner, meta: store.meta }, { channelLimit: 1_000 });
  closing.push(async () => {
    await adapter.stop();
    await fake.close();
    await store.close();
  });
  await adapter.start();
  return fake;
}

/** Every command, and each other kind of interaction, at once. */
function everything(fake: FakeDiscord, who: Asked = {}) {
  return [
    ...definitions.map(({ name }) => fake.ask(2, { data: commandData(name) }, who)),
    fake.ask(3, pressed('c:/ban-status LA'), who),
    fake.ask(3, pressed('s:/deals'), who),
    fake.ask(3, pressed('m:0', ['/courts']), who),
    fake.ask(3, pressed('f:subscribe'), who),
    fake.ask(5, { data: { custom_id: 'f:/report', components: [] } }, who),
    fake.ask(4, { data: commandData('deals', { country: 'con' }, 'country') }, who),
  ];
}

async function slowest(asked: ReturnType<typeof everything>): Promise<number> {
  await Promise.race([Promise.all(asked.map((one) => one.answered)), sleep(15_000)]);
  return Math.max(...asked.map(({ acknowledgedAfter }) => acknowledgedAfter ?? Number.POSITIVE_INFINITY));
}

describe('acknowledgements', () => {
  it('come in time though everything is asked at once of a bot that has answered nothing yet', async () => {
    expect(await slowest(everything(await newBot()))).toBeLessThan(3_000);
  }, 30_000);

  it('come in time while feeds of a million items are being parsed all the while, for managers and members', async () => {
    const fake = await newBot();
    const items = Array.from({ length: 1_000_000 }, (_, n) => `<item><guid>${n}</guid></item>`).join('');
    const feed = Buffer.from(`<rss version="2.0"><channel><title>Desk</title>${items}</channel></rss>`);
    const pool = createParserPool({ size: 1 });
    const rounds = { wanted: 6, over: 0 };
    let parsed = 0;
    // The reader stops at its limits: the feed is given to it again and again.
    const parsing = (async () => {
      while (rounds.over < rounds.wanted) {
        await pool.read(feed, null, { format: 'feed' }, 'https://desk.example/feed').catch(() => null);
        parsed += 1;
      }
    })();
    await expect.poll(() => parsed, { timeout: 60_000 }).toBeGreaterThan(0);
    for (; rounds.over < rounds.wanted; rounds.over += 1) {
      const who = {
        as: rounds.over % 2 === 0 ? ('member' as const) : ('manager' as const),
        locale: rounds.over % 3 === 0 ? 'es-ES' : 'en-US',
      };
      expect(await slowest(everything(fake, who))).toBeLessThan(3_000);
    }
    await parsing;
    await pool.close();
    expect(fake.problems).toEqual([]);
  }, 120_000);
});
