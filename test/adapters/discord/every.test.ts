import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { type DiscordWalk, openDiscordWalk, type Person } from './walk.ts';

let world: World;
let walk: DiscordWalk;
beforeAll(async () => {
  world = await openWorld();
  walk = await openDiscordWalk(world);
}, 60_000);
afterAll(async () => {
  await walk.close();
  await world.app.close();
});

describe.each<Person>([
  { as: 'operator', locale: 'en-US' },
  { as: 'operator', locale: 'es-ES' },
  { as: 'manager', locale: 'en-US' },
  { as: 'member', locale: 'es-ES' },
  { as: 'member', locale: 'en-US' },
  { as: 'manager', locale: 'fr' },
  { as: 'member', locale: 'pt-BR' },
])('a $as in $locale', (who) => {
  it('is answered by every command that is registered, with every option of it, and by all that can be pressed then', async () => {
    const isWhole = who.locale.startsWith('e');
    expect(await walk.commands(who, isWhole)).toBeGreaterThan(isWhole ? 80 : 20);
  }, 240_000);

  it('is offered choices while typing, wherever the registration promises them', async () => {
    expect(await walk.typing(who)).toBeGreaterThan(5);
  });
});
