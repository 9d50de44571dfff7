import { matches } from '../core/matches.ts';
import type { Store } from '../core/ports.ts';
import { type Story, substantialChanges } from '../core/story.ts';
import type { Subscription } from '../core/subscription.ts';
import { closedWindow, type DigestWindow, digestDraft } from './digest.ts';

type DigestStore = Pick<Store, 'subscriptions' | 'stories' | 'history' | 'outbox' | 'meta'>;

const metaKey = (subscription: Subscription) => `digest/${subscription.id}`;

/** The window that is owed: from the end of the last one told, so that what closed while the program was down is in it. */
async function owedWindow(store: DigestStore, one: Subscription, nowMs: number): Promise<DigestWindow | null> {
  const window = closedWindow(one, nowMs);
  if (!window) return null;
  const told = await store.meta.get(metaKey(one));
  const last = told === null ? Math.max(Date.parse(one.createdAt), 0) : Date.parse(told);
  if (last >= window.to) return null;
  return { from: told === null ? Math.max(window.from, last) : Math.min(window.from, last), to: window.to };
}

/**
 * Whether something worth telling happened to the story within the window: it opened, changed in substance, or became
 * one that the subscriber asked for. One more outlet alone is not.
 */
async function isNews(store: DigestStore, one: Subscription, story: Story, window: DigestWindow): Promise<boolean> {
  if (Date.parse(story.openedAt) >= window.from) return true;
  const revisions = await store.history.revisions(story.id);
  const within = revisions.filter(({ at }) => Date.parse(at) >= window.from);
  if (within.some(({ changes }) => changes.some((change) => substantialChanges.has(change)))) return true;
  const last = revisions[revisions.length - within.length - 1];
  if (last === undefined || !matches(story, one)) return false;
  const before = await store.history.revision(story.id, last.revision);
  return before !== null && !matches(before, one);
}

/** Whether the channel has the story as an alert, or is getting it, by another subscription or one that this was before. */
async function isAlerted(store: DigestStore, one: Subscription, story: Story, window: DigestWindow): Promise<boolean> {
  const name = JSON.stringify(one.channel);
  const told = await store.outbox.told('story', story.id);
  if (!told.some(({ channel }) => JSON.stringify(channel) === name)) return false;
  const here = await store.subscriptions.forChannel(one.channel);
  if (here.some((other) => other.digest === 'immediate' && matches(story, other))) return true;
  const posted = await store.outbox.posted(one.channel, 'story', story.id);
  return posted === null || Date.parse(posted.sentAt) >= window.from;
}

/**
 * Whether what a subscriber got in an earlier digest is corrected or withdrawn within the window. They hear of that also
 * when the story, as it now stands, is no longer what they asked for.
 */
async function correctsWhatWasTold(store: DigestStore, one: Subscription, story: Story, window: DigestWindow) {
  const revisions = await store.history.revisions(story.id);
  const correcting = revisions.some(
    ({ at, changes }) =>
      Date.parse(at) >= window.from && (changes.includes('correction') || changes.includes('retraction')),
  );
  if (!correcting) return false;
  const earlier = revisions.filter(({ at }) => Date.parse(at) < window.from && at >= one.createdAt);
  for (const { revision } of earlier) {
    const then = await store.history.revision(story.id, revision);
    if (then && matches(then, one)) return true;
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

/** Whether another digest of the channel tells the story, as it did when the story last changed. */
async function isInOtherDigest(store: DigestStore, one: Subscription, story: Story, window: DigestWindow) {
  for (const other of await store.subscriptions.forChannel(one.channel)) {
    if (other.id === one.id || other.digest === 'immediate' || other.status !== 'active') continue;
    if (!tellsFirst(other, one) || other.createdAt > story.updatedAt) continue;
    if (matches(story, other) || (await correctsWhatWasTold(store, other, story, window))) return true;
  }
  return false;
}

/**
 * Puts every digest that is owed at `nowMs` into the outbox; answers how many are new. To be called every minute or so.
 * A window is told once, also when the program is killed in between: its row is named by subscription and window.
 * `isUnderReview` says whether a story's document waits for an operator.
 */
export async function enqueueDigests(
  store: DigestStore,
  nowMs: number,
  isUnderReview: (story: Story) => Promise<boolean> = () => Promise.resolve(false),
): Promise<number> {
  let added = 0;
  for (const one of await store.subscriptions.active()) {
    const window = await owedWindow(store, one, nowMs);
    if (!window) continue;
    const news: Story[] = [];
    const corrected = new Set<string>();
    const underReview = new Set<string>();
    for (const story of await store.stories.storiesSince(new Date(window.from).toISOString())) {
      if (!(await isNews(store, one, story, window)) || (await isInOtherDigest(store, one, story, window))) continue;
      if (await correctsWhatWasTold(store, one, story, window)) corrected.add(story.id);
      else if (await isAlerted(store, one, story, window)) continue;
      news.push(story);
      if (await isUnderReview(story)) underReview.add(story.id);
    }
    const draft = digestDraft(one, news, nowMs, { window, corrected, underReview });
    if (draft) added += await store.outbox.enqueue([draft]);
    await store.meta.set(metaKey(one), new Date(window.to).toISOString());
  }
  return added;
}
