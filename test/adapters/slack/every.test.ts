import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { openSlackWalk, type SlackWalk } from './walk.ts';

describe.each(['socket', 'http'] as const)('everything on Slack, by %s', (mode) => {
  let world: World;
  let walk: SlackWalk;
  beforeAll(async () => {
    world = await openWorld();
    walk = await openSlackWalk(world, mode);
  }, 60_000);
  afterAll(async () => {
    await walk.close();
    await world.app.close();
  });

  it.each(['UOP-EN', 'UOP-ES', 'UMAN-EN', 'U-ES', 'U-EN', 'UMAN-FR', 'U-PT'])(
    'answers %s, in time and in their language, to every command, option, button and form',
    async (user) => {
      const isWhole = /EN|ES/.test(user);
      expect(await walk.commands(user, isWhole)).toBeGreaterThan(isWhole ? 80 : 20);
    },
    120_000,
  );

  it.each(['UOP-ES', 'UMAN-EN', 'U-ES'])(
    'answers %s in App Home and to every shortcut',
    async (user) => {
      expect(await walk.home(user)).toBeGreaterThan(8);
    },
    60_000,
  );
});
