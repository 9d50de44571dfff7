import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { today } from '../fakes/full-app.ts';
import { type Load, type MillionFeed, startLoad, startMillionFeed } from '../fakes/load.ts';
import { type DiscordWalk, openDiscordWalk } from './discord/walk.ts';
import { openSlackWalk, type SlackWalk } from './slack/walk.ts';
import { openWorld, type World } from './world.ts';

const isHeavy = process.env['BORDERWIRE_HEAVY'] === '1';
if (!isHeavy) console.info('not checked, everything under load: BORDERWIRE_HEAVY is not set');
const patienceMs = 60_000;

/** Discord and Slack, this in both its modes, on one program that polls a feed of a million items all the while. */
describe.skipIf(!isHeavy)('everything, while a feed of a million items is fetched and parsed', () => {
  let feed: MillionFeed;
  let world: World;
  let discord: DiscordWalk;
  let slacks: SlackWalk[];
  let load: Load;
  beforeAll(async () => {
    const began = Date.now();
    const now = () => Date.parse(`${today}T12:00:00Z`) + Date.now() - began;
    feed = await startMillionFeed(now);
    world = await openWorld({ memory: false, clock: { ...systemClock, now }, sources: [feed.source] });
    discord = await openDiscordWalk(world);
    slacks = [await openSlackWalk(world, 'socket', patienceMs), await openSlackWalk(world, 'http', patienceMs)];
    load = await startLoad(world.app);
  }, 60_000);
  afterAll(async () => {
    await load.stop();
    const walks = [discord, ...slacks];
    const slowest = walks.map((walk) => walk.slowest()).join(', ');
    console.info(`${load.told.polls} polls of a million items, ${load.told.added} entries stored`);
    console.info(`slowest acknowledgements on Discord, by socket, by HTTP: ${slowest} ms`);
    for (const walk of walks) await walk.close();
    await world.app.close();
    await feed.close();
  });

  it.each(['manager', 'member'] as const)(
    'is acknowledged in time on Discord, for a %s',
    async (as) => {
      const who = { as, locale: 'en-US' };
      const { polls } = load.told;
      await discord.commands(who, as === 'manager');
      await discord.typing(who);
      expect(load.told.failed).toEqual([]);
      expect(load.told.polls).toBeGreaterThan(polls);
    },
    240_000,
  );

  it.each([
    ['socket', 'UMAN-EN'],
    ['socket', 'U-EN'],
    ['http', 'UMAN-EN'],
    ['http', 'U-EN'],
  ] as const)(
    'is acknowledged in time on Slack by %s, for %s',
    async (mode, user) => {
      const { polls } = load.told;
      const walk = slacks[mode === 'socket' ? 0 : 1];
      await walk?.commands(user, user === 'UMAN-EN');
      await walk?.home(user);
      expect(load.told.failed).toEqual([]);
      expect(load.told.polls).toBeGreaterThan(polls);
    },
    240_000,
  );
});
