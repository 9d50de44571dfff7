import { describe, expect, it } from 'vitest';
import { discordPlaces } from '../../src/cli/places.ts';
import { subscription } from '../fakes/samples.ts';
import { testServices } from '../fakes/services.ts';

const channelIn = (workspace: string, id: string) => ({ platform: 'discord' as const, workspace, id });

async function followed() {
  const { services, store } = await testServices();
  const channels = [channelIn('g1', 'c1'), channelIn('g1', 'c2'), channelIn('g2', 'c3')];
  for (const [index, channel] of channels.entries())
    await store.subscriptions.add(subscription(`s${index}`, { channel }));
  const active = async () => (await store.subscriptions.active()).map(({ id }) => id).toSorted();
  return { places: discordPlaces({ store, clock: services.clock }), active, close: () => store.close() };
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
