import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { ids } from '../../fakes/discord/world.ts';
import { hostileCalls, hostileRunner } from '../../fakes/hostile-store.ts';
import { askingAt, commandData } from './asking.ts';
import { openDiscord, shippedPhrases } from './open.ts';

let fake: FakeDiscord;
let adapter: ChatAdapter;
let made: Awaited<ReturnType<typeof hostileRunner>>;
beforeAll(async () => {
  made = await hostileRunner(shippedPhrases, { seed: 31, count: 25 });
  ({ fake, adapter } = await openDiscord({ runner: made.runner, operators: [ids.manager] }, { channelLimit: 1e6 }));
  await adapter.start();
});
afterAll(async () => {
  await adapter.stop();
  await fake.close();
  await made.store.close();
});

describe('every command over a database in which every word is hostile', () => {
  const { slash } = askingAt(() => fake);

  it.each(['en-US', 'fr'])(
    'is answered in %s with what Discord takes, whatever is asked',
    async (locale) => {
      for (const { name, given } of hostileCalls(7, 4)) {
        const { title } = await slash(name, given, { locale });
        expect([name, given, title === '', /went wrong/i.test(title), fake.problems]).toEqual([
          name,
          given,
          false,
          false,
          [],
        ]);
      }
      for (const id of made.storyIds) expect((await slash('story', { id }, { locale })).title).not.toBe('');
      const [mentions] = [fake.requests.map(({ body }) => Reflect.get(Object(body), 'allowed_mentions'))];
      expect(new Set(mentions.filter((one) => one !== undefined).map((one) => JSON.stringify(one)))).toEqual(
        new Set(['{"parse":[]}']),
      );
    },
    120_000,
  );

  it('completes whatever is typed', async () => {
    for (const { name, given } of hostileCalls(8, 2)) {
      const [option] = Object.keys(given);
      if (option === undefined) continue;
      const { choices } = (await fake.ask(4, { data: commandData(name, given, option) }).answered) as { choices: [] };
      expect([choices.length <= 25, fake.problems]).toEqual([true, []]);
    }
  }, 120_000);
});
