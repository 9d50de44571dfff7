import { matches } from '../core/matches.ts';
import type { Store } from '../core/ports.ts';
import { type Story, substantialChanges } from '../core/story.ts';
import type { Subscription } from '../core/subscription.ts';
import { isoAt } from '../lib/clock.ts';
import { closedWindow, type DigestWindow, digestDraft } from './digest.ts';

type DigestStore = Pick<Store, 'subscriptions' | 'stories' | 'history' | 'outbox' | 'meta'>;

const metaKey = (subscription: Subscription) => `digest/${subscription.id}`;

/** `due` names it: the moment that its rhythm asks for. */
interface OwedWindow extends DigestWindow {
  due: number;
}

/** Since when the next digest tells: the moment of the last one, or the beginning. Milliseconds. */
async function owedSince({ meta }: DigestStore, one: Subscription): Promise<number | null> {
  const told = await meta.get(metaKey(one));
  return told === null ? null : Date.parse(told);
}

/**
 * What is owed at `nowMs`: from the last digest until now, so that what closed while the program was down is in it, and
 * nothing that moved since the window closed falls between two.
 */
async function owedWindow(store: DigestStore, one: Subscription, nowMs: number): Promise<OwedWindow | null> {
  const window = closedWindow(one, nowMs);
  if (!window) return null;
  const last = await owedSince(store, one);
  const since = last ?? Date.parse(one.createdAt);
  if (since >= window.to) return null;
  return { from: last ?? Math.max(window.from, since), to: nowMs, due: window.to };
}

/**
 * Whether something worth telling happened to the story since then: it opened, changed in substance, or became one that
 * the subscriber asked for. One more outlet alone is not; nor is what nobody was ever told of. `sinceMs` in milliseconds.
 */
export async function isNews(
  store: Pick<Store, 'history'>,
  one: Subscription,
  story: Story,
  sinceMs: number,
): Promise<boolean> {
  if (story.told === false) return false;
  if (Date.parse(story.openedAt) >= sinceMs) return true;
  const revisions = await store.history.revisions(story.id);
  const within = revisions.filter(({ at }) => Date.parse(at) >= sinceMs);
  if (within.some(({ changes }) => changes.some((change) => substantialChanges.has(change)))) return true;
  const last = revisions[revisions.length - within.length - 1];
  if (last === undefined || !matches(story, one)) return false;
  const before = await store.history.revision(story.id, last.revision);
  return before !== null && !matches(before, one);
}

/**
 * Until when the channel has heard of the story by itself, in milliseconds: for ever where every change is said at once,
 * never where there is no alert of it.
 */
async function heardUntil(store: DigestStore, { channel }: Subscription, story: Story): Promise<number> {
  const name = JSON.stringify(channel);
  const told = await store.outbox.told('story', story.id);
  if (!told.some((one) => JSON.stringify(one.channel) === name)) return Number.NEGATIVE_INFINITY;
  const here = await store.subscriptions.forChannel(channel);
  const atOnce = here.some(({ digest, status, createdAt }) => {
    return digest === 'immediate' && status === 'active' && createdAt <= story.updatedAt;
  });
  const posted = await store.outbox.posted(channel, 'story', story.id);
  return atOnce || posted === null ? Number.POSITIVE_INFINITY : Date.parse(posted.sentAt);
}

/**
 * Whether what a subscriber got in an earlier digest, or as an alert, is corrected or withdrawn since then. They hear of
 * that also when the story, as it now stands, is no longer what they asked for.
 */
async function correctsWhatWasTold(store: DigestStore, one: Subscription, story: Story, sinceMs: number) {
  const revisions = await store.history.revisions(story.id);
  const correcting = revisions.some(
    ({ at, changes }) =>
      Date.parse(at) >= sinceMs && (changes.includes('correction') || changes.includes('retraction')),
  );
  if (!correcting) return false;
  const posted = await store.outbox.posted(one.channel, 'story', story.id);
  if (posted && Date.parse(posted.sentAt) <= sinceMs) return true;
  const earlier = revisions.filter(({ at }) => Date.parse(at) < sinceMs && at >= one.createdAt);
  for (const { revision } of earlier) {
    const then = await store.history.revision(story.id, revision);
    if (then && then.told !== false && matches(then, one)) return true;
  }
  return false;
}

const rhythms = ['hourly', 'daily', 'weekly'] as const;

/** Of two digests in one channel, the one that comes more often tells; of the same rhythm the older subscription. */
function tellsFirst(one: Subscription, other: Subscription): boolean {
  const rank = ({ digest }: Subscription) => rhythms.findIndex((rhythm) => rhythm === digest);
  if (rank(one) !== rank(other)) return rank(one) < rank(other);
  return one.createdAt === other.createdAt ? one.id < other.id : one.createdAt < other.createdAt;
}

/** Whether another digest of the channel tells what is news of the story since then. */
async function isInOtherDigest(store: DigestStore, one: Subscription, story: Story, sinceMs: number) {
  for (const other of await store.subscriptions.forChannel(one.channel)) {
    if (other.id === one.id || other.digest === 'immediate' || other.status !== 'active') continue;
    if (!tellsFirst(other, one)) continue;
    const since = Math.max(sinceMs, Date.parse(other.createdAt));
    if (matches(story, other) && (await isNews(store, other, story, since))) return true;
    if (await correctsWhatWasTold(store, other, story, since)) return true;
  }
  return false;
}

type IsUnderReview = (story: Story) => Promise<boolean>;
const noReview: IsUnderReview = () => Promise.resolve(false);

/** Tells what happened in the window, if anything; answers how many rows are new. The next digest begins where this ends. */
async function tellDigest(
  store: DigestStore,
  one: Subscription,
  window: OwedWindow,
  isUnderReview: IsUnderReview,
): Promise<number> {
  const news: Story[] = [];
  const corrected = new Set<string>();
  const underReview = new Set<string>();
  for (const story of await store.stories.storiesSince(isoAt(window.from))) {
    const since = Math.max(window.from, await heardUntil(store, one, story));
    if (!(await isNews(store, one, story, since)) || (await isInOtherDigest(store, one, story, since))) continue;
    if (await correctsWhatWasTold(store, one, story, since)) corrected.add(story.id);
    news.push(story);
    if (await isUnderReview(story)) underReview.add(story.id);
  }
  const draft = digestDraft(one, news, window.to, { window, due: window.due, corrected, underReview });
  const added = draft ? await store.outbox.enqueue([draft]) : 0;
  // Enqueued before, and killed before that was noted: what has moved since that window closed may not be in it.
  await store.meta.set(metaKey(one), isoAt(draft && added === 0 ? window.due : window.to));
  return added;
}

/**
 * Puts every digest that is owed at `nowMs` into the outbox; answers how many are new. To be called every minute or so.
 * A window is told once, also when the program is killed in between: its row is named by subscription and window.
 * `isUnderReview` says whether a story's document waits for an operator.
 */
export async function enqueueDigests(
  store: DigestStore,
  nowMs: number,
  isUnderReview: IsUnderReview = noReview,
): Promise<number> {
  let added = 0;
  for (const one of await store.subscriptions.active()) {
    const window = await owedWindow(store, one, nowMs);
    if (window) added += await tellDigest(store, one, window, isUnderReview);
  }
  return added;
}

/** A story is read at most so long before its delivery is stored, in milliseconds. */
const readingMs = 60_000;

/**
 * To be called before a subscription changes: what its next digest would have told is told now when it is to hear at
 * once; and its first digest tells of what is held for it still when it is to hear in digests.
 */
export async function changeRhythm(
  store: DigestStore,
  before: Subscription,
  after: Subscription,
  nowMs: number,
  isUnderReview: IsUnderReview = noReview,
): Promise<void> {
  if (before.digest === after.digest || before.status !== 'active') return;
  if (after.digest === 'immediate') {
    const from = (await owedSince(store, before)) ?? Date.parse(before.createdAt);
    await tellDigest(store, before, { from, to: nowMs, due: nowMs }, isUnderReview);
  } else if (before.digest === 'immediate') {
    const held = (await store.outbox.waitingIn(before.channel)).filter(({ kind }) => kind === 'story');
    const since = Math.min(nowMs, ...held.map(({ createdAt }) => Date.parse(createdAt) - readingMs));
    await store.meta.set(metaKey(before), isoAt(since));
  }
}
