import type { DeliveryPreview } from '../core/delivery.ts';
import { mismatches } from '../core/matches.ts';
import type { Story } from '../core/story.ts';
import type { Channel, Subscription } from '../core/subscription.ts';
import { type RouteContext, route } from './route.ts';

const nameOf = ({ platform, workspace, id }: Channel) => [platform, workspace, id].join('/');

/** Why a subscription is not told at once of a story that it may otherwise want. */
function obstacles(story: Story, one: Subscription): readonly string[] {
  return [
    ...(one.status === 'paused' ? [`paused: ${one.pausedBecause ?? 'no reason noted'}`] : []),
    ...(one.digest === 'immediate' ? [] : [`told in its ${one.digest} digest`]),
    ...mismatches(story, one),
  ];
}

/** What a story as it now stands would send where, as if nobody had heard of it but those who did; and why not. */
export function previewDelivery(
  story: Story,
  subscriptions: readonly Subscription[],
  context: RouteContext,
): readonly DeliveryPreview[] {
  const drafts = route(story, null, subscriptions, context);
  const channels = new Map(
    [...context.told, ...subscriptions].map(({ channel }) => [nameOf(channel), channel] as const),
  );
  return [...channels].map(([name, channel]): DeliveryPreview => {
    const heard = context.told.find((one) => nameOf(one.channel) === name);
    const [draft] = drafts.filter((one) => nameOf(one.channel) === name);
    const own = subscriptions.filter((one) => nameOf(one.channel) === name);
    const wants = own.some((one) => obstacles(story, one).length === 0);
    if (heard)
      return { channel, sends: false, when: null, how: '', why: [`has it already (revision ${heard.revision})`] };
    if (draft && wants) return { channel, sends: true, when: draft.notBefore, how: draft.action, why: [] };
    const why = [...new Set(own.flatMap((one) => obstacles(story, one)))];
    return { channel, sends: false, when: null, how: '', why: why.length > 0 ? why : ['folded into another story'] };
  });
}
