import { isDeepStrictEqual } from 'node:util';
import type { OutboxRow } from '../core/delivery.ts';
import { matches } from '../core/matches.ts';
import type { Store } from '../core/ports.ts';
import { type Channel, pausedByManager, type Subscription } from '../core/subscription.ts';
import { isoAt } from '../lib/clock.ts';
import { quietNotBefore } from './quiet.ts';

export type WithdrawStore = Pick<Store, 'outbox' | 'subscriptions' | 'stories'>;

/** Those that nobody ended or paused: a channel that cannot be reached at the moment is still followed. */
async function followed({ subscriptions }: WithdrawStore, channel: Channel): Promise<readonly Subscription[]> {
  const all = await subscriptions.forChannel(channel);
  return all.filter((one) => one.pausedBecause !== pausedByManager).map((one) => ({ ...one, status: 'active' }));
}

/** Whose a delivery is: a first word's are those that match, what follows it is for all of the channel. */
async function whose({ stories }: WithdrawStore, row: OutboxRow, here: readonly Subscription[]) {
  if (row.kind === 'digest') return here.filter(({ id }) => row.subject.startsWith(`${id}/`));
  if (row.kind === 'reminder') return here.filter(({ reminders }) => reminders === true);
  if (row.kind !== 'story') return here;
  const first =
    row.standalone === undefined || (row.action === 'post' && isDeepStrictEqual(row.message, row.standalone));
  if (!first) return here;
  const story = await stories.story(row.subject);
  return story === null ? here : here.filter((one) => one.digest === 'immediate' && matches(story, one));
}

/** Whether nobody in the channel wants to hear it any more. What is posted already is kept true for whoever reads it. */
export async function isUnwanted(
  store: WithdrawStore,
  row: OutboxRow,
  here?: readonly Subscription[],
): Promise<boolean> {
  // What the bot tells of itself is nobody's subscription; what it tells of the ledger is.
  if (row.action === 'edit' || (row.kind === 'notice' && !row.subject.startsWith('ledger/'))) return false;
  if ((await whose(store, row, here ?? (await followed(store, row.channel)))).length > 0) return false;
  // What was never sent for a subscription does not end with one.
  return store.subscriptions.everSubscribed(row.channel);
}

export const unwanted = 'nobody here follows it any more';

/**
 * What still waits for a channel (quiet hours, a busy queue) and that none of its subscriptions wants any more stays
 * unsaid; to be called when somebody has ended, paused or narrowed one. Answers how many deliveries that were.
 */
export async function withdrawUnwanted(store: WithdrawStore, channel: Channel): Promise<number> {
  const here = await followed(store, channel);
  const ids: string[] = [];
  for (const row of await store.outbox.waitingIn(channel)) if (await isUnwanted(store, row, here)) ids.push(row.id);
  return store.outbox.withdraw(ids, unwanted);
}

/** When the first of those whose a delivery is may be told, in milliseconds; null when it is nobody's. */
async function freeAt(store: WithdrawStore, row: OutboxRow, here: readonly Subscription[], nowMs: number) {
  const official = row.message.tone === 'official' ? 'official' : 'reported';
  const ends = (await whose(store, row, here)).map((one) => quietNotBefore(one.quietHours, official, nowMs));
  return ends.length > 0 ? Math.min(...ends) : null;
}

/** Until when quiet hours hold a delivery that could not go out at its time, in milliseconds; null when none do. */
export async function heldUntil(store: WithdrawStore, row: OutboxRow, nowMs: number): Promise<number | null> {
  const here = await store.subscriptions.forChannel(row.channel);
  const active = here.filter(({ status }) => status === 'active');
  const until = await freeAt(store, row, active, nowMs);
  return until !== null && until > nowMs ? until : null;
}

/** Nothing but quiet hours holds a new delivery for longer. */
const longestHoldMs = 15 * 60_000;

/**
 * What waits for the end of quiet hours that have since been made shorter, or taken back, goes out by the new ones.
 * `holdBackMs` is how long a first alert waits in any case.
 */
export async function releaseHeld(
  store: WithdrawStore,
  channel: Channel,
  { nowMs, holdBackMs }: { nowMs: number; holdBackMs: number },
): Promise<void> {
  const here = await followed(store, channel);
  for (const row of await store.outbox.waitingIn(channel)) {
    if (row.action === 'edit') continue;
    const free = await freeAt(store, row, here, nowMs);
    const [createdAt, notBefore] = [Date.parse(row.createdAt), Date.parse(row.notBefore)];
    const ready = notBefore - createdAt > longestHoldMs ? createdAt + holdBackMs : notBefore;
    if (free !== null) await store.outbox.advance([row.id], isoAt(Math.max(ready, free)));
  }
}
