import type { App } from './app.ts';
import type { Store } from './core/ports.ts';
import type { Platform } from './core/subscription.ts';
import { isoAt } from './lib/clock.ts';

const kind = 'workspace-left';
/** How long a server or workspace may come back to what it followed. */
const keptMs = 30 * 86_400_000;

/** The bot was removed from a server or workspace: its data has 30 days to be wanted again. @param at ISO 8601 UTC */
export async function noteLeft(
  { notices, subscriptions }: Pick<Store, 'notices' | 'subscriptions'>,
  platform: Platform,
  workspace: string,
  at: string,
): Promise<void> {
  if ((await subscriptions.inWorkspace(platform, workspace)).length === 0) return;
  const text = `The bot was removed from ${platform} ${workspace}. What is kept of it is deleted in 30 days, or at once by: borderwire forget ${platform} ${workspace}`;
  await notices.raise({ kind, subject: `${platform}/${workspace}`, text, at });
}

/** @param at ISO 8601 UTC */
export async function noteReturned(
  { notices }: Pick<Store, 'notices'>,
  platform: Platform,
  workspace: string,
  at: string,
): Promise<void> {
  await notices.resolve(kind, `${platform}/${workspace}`, at, `The bot is back in ${platform} ${workspace}.`);
}

/** Deletes what is kept of those who left 30 days ago. */
export async function forgetLeft({ store, clock, log }: Pick<App, 'store' | 'clock' | 'log'>): Promise<void> {
  for (const notice of await store.notices.standing(10_000)) {
    const [platform, workspace] = notice.subject.split('/');
    if (notice.kind !== kind || clock.now() - Date.parse(notice.at) < keptMs || workspace === undefined) continue;
    if (platform !== 'discord' && platform !== 'slack') continue;
    const gone = await store.forget(platform, workspace);
    const text = `What was kept of ${platform} ${workspace}, which the bot left 30 days ago, is deleted.`;
    await store.notices.raise({
      kind: 'workspace-forgotten',
      subject: notice.subject,
      text,
      at: isoAt(clock.now()),
      over: true,
    });
    log.info(gone, 'a workspace that was left is forgotten');
  }
}
