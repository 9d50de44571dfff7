import type { OutboxDraft, Told } from '../core/delivery.ts';
import { matches } from '../core/matches.ts';
import type { Message } from '../core/message.ts';
import { type Change, type Story, substantialChanges } from '../core/story.ts';
import type { Channel, Platform, Subscription } from '../core/subscription.ts';
import { withNote } from './adorn.ts';
import { quietNotBefore } from './quiet.ts';

export interface RouteContext {
  /** ISO 8601 UTC. */
  now: string;
  /** Channels that have or are getting the story (`OutboxStore.told`). */
  told: readonly Told[];
  /** How long edits of one story in one channel gather, in milliseconds. */
  editPauseMs: number;
  /** The story in words; `storyMessage` with its countries. */
  message(story: Story, telling: { kind: 'alert' | 'update'; changes?: readonly Change[] }): Message;
  /** False where posted messages cannot be changed; true for all when absent. */
  edits?: (platform: Platform) => boolean;
}

/** One channel, what it has of the story, and its active subscriptions that are told at once. */
interface Place {
  channel: Channel;
  told: Told | undefined;
  subscriptions: readonly Subscription[];
}

function keyOf(channel: Channel): string {
  return JSON.stringify([channel.platform, channel.workspace, channel.id]);
}

function placesOf(subscriptions: readonly Subscription[], told: readonly Told[]): readonly Place[] {
  const places = new Map<string, Place & { subscriptions: Subscription[] }>();
  for (const one of told) places.set(keyOf(one.channel), { channel: one.channel, told: one, subscriptions: [] });
  for (const one of subscriptions) {
    if (one.status !== 'active') continue;
    const key = keyOf(one.channel);
    const place = places.get(key) ?? { channel: one.channel, told: undefined, subscriptions: [] };
    place.subscriptions.push(one);
    places.set(key, place);
  }
  return [...places.values()];
}

function isSubstantial(changes: readonly Change[]): boolean {
  return changes.some((change) => change !== 'opened' && substantialChanges.has(change));
}

/** The earliest that one of these subscriptions lets it go out. */
function notBefore(subscriptions: readonly Subscription[], story: Story, now: string): string {
  const ms = Date.parse(now);
  const times = subscriptions.map((one) => quietNotBefore(one.quietHours, story.certainty, ms));
  return new Date(times.length === 0 ? ms : Math.min(...times)).toISOString();
}

/** The messages that channels share, each made once however many channels get it. */
function wordings(story: Story, context: RouteContext) {
  const made = new Map<string, Message>();
  function once(name: string, make: () => Message): Message {
    const message = made.get(name) ?? make();
    made.set(name, message);
    return message;
  }
  const alert = () => once('alert', () => context.message(story, { kind: 'alert' }));
  return {
    alert,
    earlier: () =>
      once('earlier', () =>
        withNote(alert(), `An earlier story, open since ${story.openedAt.slice(0, 10)}: it matches this channel now.`),
      ),
    update: () => once('update', () => context.message(story, { kind: 'update', changes: story.changes })),
  };
}

type Wordings = ReturnType<typeof wordings>;

function firstWord(place: Place, story: Story, previous: Story | null, words: Wordings, now: string): OutboxDraft[] {
  if (story.mergedInto !== null) return [];
  const wanting = place.subscriptions.filter((one) => one.digest === 'immediate' && matches(story, one));
  if (wanting.length === 0) return [];
  const before = previous;
  const news = before === null || isSubstantial(story.changes) || !wanting.some((one) => matches(before, one));
  if (!news) return [];
  const base = { channel: place.channel, kind: 'story' as const, subject: story.id, revision: story.revision };
  const message = before === null ? words.alert() : words.earlier();
  return [{ ...base, action: 'post', message, notBefore: notBefore(wanting, story, now), late: false }];
}

/** What a channel that has the story gets: the post mended, and what is substantial said anew in its own way. */
function furtherWord(place: Place, story: Story, words: Wordings, context: RouteContext): OutboxDraft[] {
  if (story.changes.length === 0) return [];
  const { now } = context;
  const base = {
    channel: place.channel,
    kind: 'story' as const,
    subject: story.id,
    revision: story.revision,
    late: false,
  };
  const mended = words.alert();
  const inPause = new Date(Date.parse(now) + context.editPauseMs).toISOString();
  const mend = (at: string): OutboxDraft => ({
    ...base,
    action: 'edit',
    message: mended,
    standalone: mended,
    notBefore: at,
  });
  const edits = context.edits?.(place.channel.platform) ?? true;
  // In the way of those that it is for, while there are such. Who left has what is posted kept true, no more.
  const atOnce = place.subscriptions.filter((one) => one.digest === 'immediate');
  const wanting = atOnce.filter((one) => matches(story, one));
  const speaking = wanting.length > 0 ? wanting : atOnce;
  const style = speaking[0]?.updates ?? 'edit';
  // Where there are digests alone, they tell of it.
  const inDigest = atOnce.length === 0 && place.subscriptions.length > 0;
  const anew = isSubstantial(story.changes) && story.mergedInto === null && !inDigest;
  if (!anew || (style === 'edit' && edits)) return edits ? [mend(inPause)] : [];
  const said: OutboxDraft = {
    ...base,
    action: style === 'new' ? 'post' : 'thread',
    message: words.update(),
    standalone: mended,
    notBefore: notBefore(speaking, story, now),
  };
  if (!edits) return [said];
  // Rows of a story go out in their order: what is silent does not wait for the end of quiet hours.
  return said.notBefore > inPause ? [mend(inPause), said] : [said, mend(inPause)];
}

/**
 * Who is told of a story's new revision, and how; pure. `previous` is null when nobody was told of the story before.
 * A channel is told once, whatever number of its subscriptions match. A channel that has the story hears of every
 * later change, corrections included, whether or not its choice still matches; one that has it not is told when a
 * change makes it match, or when a story that matches changes in substance.
 */
export function route(
  story: Story,
  previous: Story | null,
  subscriptions: readonly Subscription[],
  context: RouteContext,
): OutboxDraft[] {
  const words = wordings(story, context);
  return placesOf(subscriptions, context.told).flatMap((place) =>
    place.told ? furtherWord(place, story, words, context) : firstWord(place, story, previous, words, context.now),
  );
}
