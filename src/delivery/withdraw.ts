import type { OutboxRow } from '../core/delivery.ts';
import type { Store } from '../core/ports.ts';
import type { Channel, Subscription } from '../core/subscription.ts';
import { matches } from './matches.ts';

type WithdrawStore = Pick<Store, 'outbox' | 'subscriptions' | 'stories'>;

/** Whether somebody in the channel still wants to hear it. What is posted already is kept true for whoever reads it. */
async function isWanted({ stories }: WithdrawStore, row: OutboxRow, active: readonly Subscription[]): Promise<boolean> {
  if (row.action === 'edit' || row.kind === 'notice') return true;
  if (row.kind === 'digest') return active.some(({ id }) => row.subject.startsWith(`${id}/`));
  if (row.kind !== 'story' || row.standalone) return active.length > 0;
  const story = await stories.story(row.subject);
  return story !== null && active.some((one) => one.digest === 'immediate' && matches(story, one));
}

/**
 * What still waits for a channel (quiet hours, a busy queue) and that none of its subscriptions wants any more stays
 * unsaid; to be called when somebody has ended, paused or narrowed one. Answers how many deliveries that were.
 */
export async function withdrawUnwanted(store: WithdrawStore, channel: Channel): Promise<number> {
  const active = (await store.subscriptions.forChannel(channel)).filter((one) => one.status === 'active');
  const unwanted: string[] = [];
  for (const row of await store.outbox.waitingIn(channel))
    if (!(await isWanted(store, row, active))) unwanted.push(row.id);
  return store.outbox.withdraw(unwanted, 'nobody here follows it any more');
}
