import type { ChannelPlaces } from '../adapters/discord/guilds.ts';
import type { App } from '../app.ts';
import type { Channel } from '../core/subscription.ts';
import { pauseChannel, resumeChannel } from '../delivery/pause.ts';
import { isoAt } from '../lib/clock.ts';

/** Subscriptions pause when their channel or server is gone, and go on when it is back. */
export function discordPlaces({ store, clock }: Pick<App, 'store' | 'clock'>): ChannelPlaces {
  const channelIn = (workspace: string, id: string): Channel => ({ platform: 'discord', workspace, id });
  return {
    lost: async ({ guild, channel }, reason) => {
      const followed = (await store.subscriptions.active())
        .map((subscription) => subscription.channel)
        .filter((one) => one.platform === 'discord' && one.workspace === guild && one.id === (channel ?? one.id));
      for (const id of new Set(followed.map((one) => one.id)))
        await pauseChannel(store, channelIn(guild, id), reason, isoAt(clock.now()));
    },
    back: async ({ guild, channels }) => {
      for (const id of channels) await resumeChannel(store, channelIn(guild, id), isoAt(clock.now()));
    },
  };
}
