import type { App } from '@slack/bolt';
import type { Installations } from './installations.ts';

/** Subscriptions pause when their channel or workspace is lost, go on when it is back, and go with it when its id changes. */
export interface Places {
  /** `channel` absent: the whole workspace. */
  lost(at: { workspace: string; channel?: string }, reason: string): Promise<void>;
  back(at: { workspace: string; channel?: string }): Promise<void>;
  moved(at: { workspace: string; from: string; to: string }): Promise<void>;
}

/** Why a whole workspace cannot be told anything; what paused for these goes on when the app is back. */
export const workspaceLost = {
  uninstalled: 'the app was removed from the workspace',
  revoked: 'the app’s token was revoked',
} as const;

interface EventParts {
  places?: Places;
  installations?: Installations;
}

const channelLost: Readonly<Record<string, string>> = {
  channel_archive: 'the channel was archived',
  group_archive: 'the channel was archived',
  channel_deleted: 'the channel was deleted',
  group_deleted: 'the channel was deleted',
  channel_left: 'the bot is no longer in the channel',
  group_left: 'the bot is no longer in the channel',
};
const channelBack = /^(channel|group)_unarchive$/;

/**
 * What becomes of workspaces and channels. Without `channels:read` and `groups:read` Slack tells of the workspace and of
 * changed ids alone: then the next send finds out. A renamed channel keeps its id, by which it is followed.
 */
export function listenToEvents(app: App, { places, installations }: EventParts): void {
  async function workspaceIsLost(workspace: string, reason: string): Promise<void> {
    await installations?.forget(workspace);
    await places?.lost({ workspace }, reason);
  }
  app.event('app_uninstalled', ({ body }) => workspaceIsLost(body.team_id, workspaceLost.uninstalled));
  app.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await workspaceIsLost(body.team_id, workspaceLost.revoked);
  });
  app.event('channel_id_changed', async ({ event, body }) => {
    await places?.moved({ workspace: body.team_id, from: event.old_channel_id, to: event.new_channel_id });
  });
  for (const [type, reason] of Object.entries(channelLost))
    app.event(type, async ({ event, body }) => {
      const channel: unknown = Reflect.get(event, 'channel');
      if (typeof channel === 'string') await places?.lost({ workspace: body.team_id, channel }, reason);
    });
  app.event(channelBack, async ({ event, body }) => {
    const channel: unknown = Reflect.get(event, 'channel');
    if (typeof channel === 'string') await places?.back({ workspace: body.team_id, channel });
  });
  app.event('member_left_channel', async ({ event, body, context }) => {
    if (event.user === context.botUserId)
      await places?.lost({ workspace: body.team_id, channel: event.channel }, 'the bot is no longer in the channel');
  });
  app.event('member_joined_channel', async ({ event, body, context }) => {
    if (event.user === context.botUserId) await places?.back({ workspace: body.team_id, channel: event.channel });
  });
}
