import { matches } from '../core/matches.ts';
import type { Store } from '../core/ports.ts';
import { type Story, substantialChanges } from '../core/story.ts';
import type { Channel, Subscription } from '../core/subscription.ts';
import { isoAt } from '../lib/clock.ts';
import { closedWindow, type DigestWindow, digestDraft } from './digest.ts';

type DigestStore = Pick<Store, 'subscriptions' | 'stories' | 'history' | 'outbox' | 'meta' | 'kept'>;

const metaKey = (subscription: Subscription) => `digest/${subscription.id}`;

/** `due` names it: the moment that its rhythm asks for. */
interface OwedWindow extends DigestWindow {
  due: number;
}

/** Since when the next digest tells: the moment of the last one, or the beginning. Milliseconds. */
async function owedSince({ meta }: DigestStore, one: Subscription): Promise<number> {
  return Date.parse((await meta.get(metaKey(one))) ?? one.createdAt);
}

/**
 * What is owed at `nowMs`: from the last digest until now, so that what closed while the program was down is in it, and
 * nothing that moved since the window closed falls between two.
 */
async function owedWindow(store: DigestStore, one: Subscription, nowMs: number): Promise<OwedWindow | null> {
  const window = closedWindow(one, nowMs);
  if (!window) return null;
  const since = await owedSince(store, one);
  if (since >= window.to) return null;
  return { from: since, to: nowMs, due: window.to };
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

const heard = 'heard';
const never = Number.NEGATIVE_INFINITY;

/** What was told there, or of one story there, is remembered under this name. */
function heardName({ platform, workspace, id }: Channel, storyId = ''): string {
  return [platform, workspace, id, storyId].join('/');
}

/**
 * Until when the channel has heard of the story, by an alert or in any of its digests, in milliseconds: for ever where
 * every change is said at once.
 */
async function heardUntil(store: DigestStore, channel: Channel, story: Story): Promise<number> {
  const at = async (storyId?: string) => Date.parse((await store.kept.get(heard, heardName(channel, storyId))) ?? '');
  const inDigest = (await at(story.id)) || never;
  const name = JSON.stringify(channel);
  const told = await store.outbox.told('story', story.id);
  if (!told.some((one) => JSON.stringify(one.channel) === name)) return inDigest;
  const here = await store.subscriptions.forChannel(channel);
  const atOnce = here.some(({ digest, status, createdAt }) => {
    return digest === 'immediate' && status === 'active' && createdAt <= story.updatedAt;
  });
  const posted = await store.outbox.posted(channel, 'story', story.id);
  if (atOnce || posted === null) return Number.POSITIVE_INFINITY;
  return Math.max(inDigest, Date.parse(posted.sentAt), (await at()) || never);
}

/**
 * Whether the story is corrected or withdrawn since then. Who got it hears of that also when the story, as it now
 * stands, is no longer what they asked for.
 */
async function isCorrected({ history }: DigestStore, story: Story, sinceMs: number): Promise<boolean> {
  const within = (await history.revisions(story.id)).filter(({ at }) => Date.parse(at) >= sinceMs);
  return within.some(({ changes }) => changes.includes('correction') || changes.includes('retraction'));
}

const rhythms = ['hourly', 'daily', 'weekly'];

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
    const until = await heardUntil(store, one.channel, story);
    const since = Math.max(window.from, until);
    const isOpen = story.mergedInto === null && Date.parse(story.updatedAt) < window.to;
    if (!isOpen || !(await isNews(store, one, story, since))) continue;
    if (until !== never && (await isCorrected(store, story, since))) corrected.add(story.id);
    else if (!matches(story, one)) continue;
    news.push(story);
    if (await isUnderReview(story)) underReview.add(story.id);
  }
  const draft = digestDraft(one, news, window.to, { window, due: window.due, corrected, underReview });
  const added = draft ? await store.outbox.enqueue([draft]) : 0;
  if (added > 0) for (const { id } of news) await store.kept.put(heard, heardName(one.channel, id), isoAt(window.to));
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
  const active = await store.subscriptions.active();
  // Of several digests of a channel that are due, the one that comes most often tells.
  for (const one of active.toSorted((a, b) => rhythms.indexOf(a.digest) - rhythms.indexOf(b.digest))) {
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
    const from = await owedSince(store, before);
    await tellDigest(store, before, { from, to: nowMs, due: nowMs }, isUnderReview);
  } else if (before.digest === 'immediate') {
    const held = (await store.outbox.waitingIn(before.channel)).filter(({ kind }) => kind === 'story');
    const since = Math.min(nowMs, ...held.map(({ createdAt }) => Date.parse(createdAt) - readingMs));
    await store.meta.set(metaKey(before), isoAt(since));
    await store.kept.put(heard, heardName(before.channel), isoAt(nowMs));
  }
}
