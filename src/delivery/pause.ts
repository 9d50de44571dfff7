import type { Countries } from '../core/country.ts';
import type { OutboxDraft } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import type { Clock, Store } from '../core/ports.ts';
import { storyMessage } from '../core/story-message.ts';
import { type Channel, pausedByManager, personChannel, type Subscription } from '../core/subscription.ts';
import { isoAt } from '../lib/clock.ts';
import { isNews } from './digest-round.ts';
import { type RouteContext, route } from './route.ts';
import { type WithdrawStore, withdrawUnwanted } from './withdraw.ts';

export type PauseStore = WithdrawStore & Pick<Store, 'notices'>;

const noticeKind = 'channel-paused';
/** What waited longer than this when a channel comes back is old news. */
const keptMs = 3 * 86_400_000;

function subjectOf(channel: Channel): string {
  return [channel.platform, channel.workspace, channel.id].join('/');
}

/**
 * Stops telling a channel that cannot be reached: its subscriptions pause with the reason, what waits for it is put
 * aside. Who made the subscriptions is told once. Answers those that were active, empty when it was paused already.
 */
export async function pauseChannel(
  store: PauseStore,
  channel: Channel,
  reason: string,
  at: string,
): Promise<readonly Subscription[]> {
  const active = (await store.subscriptions.forChannel(channel)).filter((one) => one.status === 'active');
  for (const one of active) await store.subscriptions.update({ ...one, status: 'paused', pausedBecause: reason });
  await store.outbox.park(channel, reason, at);
  const subject = subjectOf(channel);
  const text = `${subject} cannot be reached (${reason}). Its subscriptions are paused; nothing was deleted.`;
  if (!(await store.notices.raise({ kind: noticeKind, subject, text, at }))) return [];
  await store.outbox.enqueue(ownerNotices(active, channel, reason, at));
  return active;
}

/** Slack tells of a channel's return only where it was asked for more rights than the least. */
const goesOn = {
  discord: 'It goes on by itself when I can post there again.',
  slack:
    'When I may post there again (/invite @Borderwire), it goes on by itself, or with /borderwire subscriptions resume 1 in that channel.',
};

/** What somebody hears whose channel cannot be posted in any more. */
export function pausedMessage(platform: keyof typeof goesOn, channelId: string, reason: string): Message {
  const plain = `I can no longer post in channel ${channelId} (${reason}). What it follows is paused; nothing was deleted. ${goesOn[platform]}`;
  return { title: 'Paused', plain, blocks: [{ kind: 'text', lines: [[plain]] }], tone: 'neutral' };
}

/** One message to each person who made one of the subscriptions. */
function ownerNotices(paused: readonly Subscription[], channel: Channel, reason: string, at: string): OutboxDraft[] {
  if (channel.platform === 'console') return [];
  const message = pausedMessage(channel.platform, channel.id, reason);
  return [...new Set(paused.map((one) => one.createdBy))].map((owner) => ({
    channel: personChannel(channel, owner),
    kind: 'notice',
    subject: `paused/${subjectOf(channel)}/${at}`,
    revision: 1,
    action: 'post',
    message,
    notBefore: at,
    late: false,
  }));
}

export interface ResumeParts {
  store: PauseStore & Pick<Store, 'history'>;
  clock: Pick<Clock, 'now'>;
  countries: Countries;
}

const active = (one: Subscription): Subscription => ({ ...one, status: 'active', pausedBecause: null });

/** What would have been told at once in a channel since then, had it been there: now it is told late. */
async function missed(
  { store, countries }: ResumeParts,
  here: readonly Subscription[],
  sinceMs: number,
  now: string,
): Promise<OutboxDraft[]> {
  const message: RouteContext['message'] = (story) => storyMessage(story, { kind: 'alert', late: true, countries });
  const drafts: OutboxDraft[] = [];
  for (const story of await store.stories.storiesSince(isoAt(sinceMs))) {
    const told = await store.outbox.told('story', story.id);
    if (told.some((one) => here.some(({ channel }) => subjectOf(channel) === subjectOf(one.channel)))) continue;
    const news: Subscription[] = [];
    for (const one of here) if (await isNews(store, one, story, sinceMs)) news.push(one);
    drafts.push(...route(story, null, news, { now, told: [], editPauseMs: 0, message }));
  }
  return drafts.map((draft) => ({ ...draft, late: true }));
}

/**
 * Goes on telling a channel that can be reached again: what `pauseChannel` paused is active, what was put aside in the
 * last three days waits again, and what happened meanwhile is told late. Answers how many deliveries that are. Pauses
 * that people asked for stay.
 */
export async function resumeChannel(parts: ResumeParts, channel: Channel): Promise<number> {
  const { store, clock } = parts;
  const at = isoAt(clock.now());
  const away = await store.notices.since(noticeKind, subjectOf(channel));
  if (away === null) return 0;
  const all = await store.subscriptions.forChannel(channel);
  const here = all.filter(({ pausedBecause }) => pausedBecause !== pausedByManager).map(active);
  for (const one of here) await store.subscriptions.update(one);
  const kept = clock.now() - keptMs;
  const back = await store.outbox.unpark(channel, isoAt(kept), at);
  const late = await store.outbox.enqueue(await missed(parts, here, Math.max(Date.parse(away), kept), at));
  // Last of all: who is killed before begins again.
  await store.notices.resolve(noticeKind, subjectOf(channel), at);
  return back + late - (await withdrawUnwanted(store, channel));
}
