import { describe, expect, it } from 'vitest';
import { forgetLeft } from '../../src/app-left.ts';
import { discordPlaces } from '../../src/cli/places.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { draft, subscription } from '../fakes/samples.ts';
import { testServices } from '../fakes/services.ts';

const channelIn = (workspace: string, id: string) => ({ platform: 'discord' as const, workspace, id });

async function followed() {
  const { services, store } = await testServices();
  const channels = [channelIn('g1', 'c1'), channelIn('g1', 'c2'), channelIn('g2', 'c3')];
  for (const [index, channel] of channels.entries())
    await store.subscriptions.add(subscription(`s${index}`, { channel }));
  const active = async () => (await store.subscriptions.active()).map(({ id }) => id).toSorted();
  return {
    places: discordPlaces({ store, clock: services.clock, countries: services.countries }),
    active,
    close: () => store.close(),
  };
}

describe('subscriptions of Discord channels', () => {
  it('pause when their channel is gone, and go on when it is back', async () => {
    const { places, active, close } = await followed();
    await places.lost({ guild: 'g1', channel: 'c1' }, 'the channel was deleted');
    expect(await active()).toEqual(['s1', 's2']);
    await places.back({ guild: 'g1', channels: ['c1', 'c9'] });
    expect(await active()).toEqual(['s0', 's1', 's2']);
    await close();
  });

  it('pause when their server is gone, and only those', async () => {
    const { places, active, close } = await followed();
    await places.lost({ guild: 'g1', channel: null }, 'the bot was removed');
    expect(await active()).toEqual(['s2']);
    await places.back({ guild: 'g1', channels: ['c1', 'c2'] });
    expect(await active()).toEqual(['s0', 's1', 's2']);
    await close();
  });
});

describe('a server that the bot left', () => {
  it('is forgotten after 30 days, and not when it came back', async () => {
    const { store, services } = await testServices();
    const clock = createFakeClock();
    const places = discordPlaces({ store, clock, countries: services.countries });
    for (const [index, guild] of ['g1', 'g1', 'g2', 'g3'].entries()) {
      const channel = channelIn(guild, `c${index}`);
      await store.subscriptions.add(subscription(`s${index}`, { channel }));
      await store.outbox.enqueue([draft({ channel })]);
    }
    await places.lost({ guild: 'g1', channel: null }, 'the bot was removed');
    await places.lost({ guild: 'g2', channel: null }, 'the bot was removed');
    await places.back({ guild: 'g2', channels: ['c2'] });
    await places.lost({ guild: 'g3', channel: 'c3' }, 'the channel was deleted');
    const left = async () => (await store.subscriptions.followed('discord')).map(({ id }) => id).toSorted();

    await clock.advance(29 * 86_400_000);
    await forgetLeft({ store, clock, log: silentLog });
    expect(await left()).toEqual(['c0', 'c1', 'c2', 'c3']);
    await clock.advance(2 * 86_400_000);
    await forgetLeft({ store, clock, log: silentLog });
    expect(await left()).toEqual(['c2', 'c3']);
    const rows = Object.values(await store.outbox.counts());
    // What is owed to the two channels that stay, and a word to who chose each.
    expect(rows.reduce((sum, each) => sum + each, 0)).toBe(4);
    await store.close();
  });
});
