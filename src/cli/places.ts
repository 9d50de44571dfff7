import type { ChannelPlaces } from '../adapters/discord/speaking.ts';
import { type Places as SlackPlaces, workspaceLost } from '../adapters/slack/events.ts';
import type { App } from '../app.ts';
import { noteLeft, noteReturned } from '../app-left.ts';
import type { Channel, Platform } from '../core/subscription.ts';
import { pauseChannel, resumeChannel } from '../delivery/pause.ts';
import { isoAt } from '../lib/clock.ts';

/** Pauses what a workspace follows, or one channel of it; nothing is deleted. */
export async function pauseWhere(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  platform: Platform,
  workspace: string,
  channel: string | undefined | null,
  reason: string,
): Promise<void> {
  const followed = (await store.subscriptions.active())
    .map((subscription) => subscription.channel)
    .filter((one) => one.platform === platform && one.workspace === workspace && one.id === (channel ?? one.id));
  for (const id of new Set(followed.map((one) => one.id)))
    await pauseChannel(store, { platform, workspace, id }, reason, isoAt(clock.now()));
  if (channel === undefined || channel === null) await noteLeft(store, platform, workspace, isoAt(clock.now()));
}

/** Subscriptions pause when their channel or server is gone, and go on when it is back. */
export function discordPlaces({ store, clock, countries }: Pick<App, 'store' | 'clock' | 'countries'>): ChannelPlaces {
  const channelIn = (workspace: string, id: string): Channel => ({ platform: 'discord', workspace, id });
  return {
    lost: ({ guild, channel }, reason) => pauseWhere({ store, clock }, 'discord', guild, channel, reason),
    followed: async () => {
      const channels = await store.subscriptions.followed('discord');
      return channels.map(({ workspace, id }) => ({ guild: workspace, channel: id }));
    },
    back: async ({ guild, channels }) => {
      await noteReturned(store, 'discord', guild, isoAt(clock.now()));
      for (const id of channels) await resumeChannel({ store, clock, countries }, channelIn(guild, id));
    },
  };
}

/** As on Discord; a whole workspace that is back goes on with what was paused when it was lost, and only that. */
export function slackPlaces({ store, clock, countries }: Pick<App, 'store' | 'clock' | 'countries'>): SlackPlaces {
  const channelIn = (workspace: string, id: string): Channel => ({ platform: 'slack', workspace, id });
  const reasons: readonly string[] = Object.values(workspaceLost);
  return {
    lost: ({ workspace, channel }, reason) => pauseWhere({ store, clock }, 'slack', workspace, channel, reason),
    back: async ({ workspace, channel }) => {
      await noteReturned(store, 'slack', workspace, isoAt(clock.now()));
      const paused = (await store.subscriptions.inWorkspace('slack', workspace)).filter(({ pausedBecause }) =>
        reasons.includes(pausedBecause ?? ''),
      );
      const channels = channel === undefined ? new Set(paused.map((one) => one.channel.id)) : [channel];
      for (const id of channels) await resumeChannel({ store, clock, countries }, channelIn(workspace, id));
    },
    moved: async ({ workspace, from, to }) => {
      await store.subscriptions.moveChannel(channelIn(workspace, from), channelIn(workspace, to));
    },
  };
}
