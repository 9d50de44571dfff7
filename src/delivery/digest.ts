import type { OutboxDraft } from '../core/delivery.ts';
import { matches } from '../core/matches.ts';
import type { Line, Message } from '../core/message.ts';
import type { Story } from '../core/story.ts';
import { storyDay } from '../core/story-message.ts';
import type { Subscription } from '../core/subscription.ts';
import { localTime, minutesOf, momentOf } from './local-time.ts';
import { quietUntil } from './quiet.ts';

/** One span of time that a digest tells of, `from` in and `to` out; it is due at `to`. Milliseconds since the epoch. */
export interface DigestWindow {
  from: number;
  to: number;
}

type Rhythm = Pick<Subscription, 'digest' | 'digestAt' | 'timeZone'>;

const hourMs = 3_600_000;
const defaultTime = 8 * 60;
/** Weekly digests come on Monday. */
const weeklyDay = 1;

/**
 * The newest window that had closed at `ms`; null for subscriptions that are told at once. Windows follow each other
 * without gap or overlap: hourly ones at full hours of UTC (summer time has no part in them), daily and weekly ones at
 * `digestAt` (08:00 when absent) of the wall clock. A day is 23 or 25 hours long when the clock changes.
 */
export function closedWindow(rhythm: Rhythm, ms: number): DigestWindow | null {
  if (rhythm.digest === 'immediate') return null;
  if (rhythm.digest === 'hourly') {
    const to = Math.floor(ms / hourMs) * hourMs;
    return { from: to - hourMs, to };
  }
  const step = rhythm.digest === 'daily' ? 1 : 7;
  const at = minutesOf(rhythm.digestAt ?? '') ?? defaultTime;
  const { year, month, day, weekday } = localTime(ms, rhythm.timeZone);
  const back = step === 1 ? 0 : (weekday - weeklyDay + 7) % 7;
  const moment = (steps: number) => momentOf(year, month, day - back - steps * step, at, rhythm.timeZone);
  const now = moment(0) <= ms ? 0 : 1;
  return { from: moment(now + 1), to: moment(now) };
}

const shownStories = 15;

/** Story ids: what corrects an earlier digest, and what rests on a document that no operator has checked yet. */
interface Marks {
  corrected?: ReadonlySet<string>;
  underReview?: ReadonlySet<string>;
}

function lineOf(story: Story, { corrected, underReview }: Marks): Line {
  const link = story.members.find((member) => member.url !== null)?.url;
  const certainty = story.disputed ? `${story.certainty}, disputed` : story.certainty;
  const headline = link ? { text: story.headline, url: link } : story.headline;
  const mark = corrected?.has(story.id) ? ' · corrected or withdrawn since you were told' : '';
  const review = underReview?.has(story.id) ? ' · status under review' : '';
  return [
    { text: `${storyDay(story)} · ${certainty}`, strong: true },
    ' · ',
    headline,
    ` · story ${story.id}${mark}${review}`,
  ];
}

/** A digest in words: one line a story, what corrects an earlier digest first, then the newest day first. */
export function digestMessage(stories: readonly Story[], window: DigestWindow, marks: Marks = {}): Message {
  const isCorrected = ({ id }: Story) => Number(marks.corrected?.has(id));
  const sorted = stories.toSorted(
    (a, b) => isCorrected(b) - isCorrected(a) || b.date.localeCompare(a.date) || b.openedAt.localeCompare(a.openedAt),
  );
  const rest = sorted.length - shownStories;
  const span = `${new Date(window.from).toISOString().slice(0, 16)}Z to ${new Date(window.to).toISOString().slice(0, 16)}Z`;
  const title = `Digest: ${sorted.length} ${sorted.length === 1 ? 'story' : 'stories'}`;
  return {
    title,
    plain: `${title}, ${span.replaceAll('T', ' ')}`,
    blocks: [
      { kind: 'list', items: sorted.slice(0, shownStories).map((one) => lineOf(one, marks)) },
      ...(rest > 0 ? [{ kind: 'note' as const, line: [`And ${rest} more: /since shows them.`] }] : []),
      { kind: 'note', line: [`From ${span.replaceAll('T', ' ')}.`] },
    ],
    footer: ['Information, not legal advice.'],
    tone: 'neutral',
  };
}

interface Owed extends Marks {
  window?: DigestWindow | null;
  due?: number;
}

/**
 * The digest that a subscription is owed at `ms`, or null: nothing in the window, or told at once. `stories` are those
 * that changed since the window opened. The subject names subscription and window, so that a window is told once
 * however often this is asked; quiet hours put it off to their end. `window` is the newest closed one when absent,
 * `due` the moment that names it, its end when absent; `corrected` are stories that correct what the subscriber got, told whether or not they still match.
 */
export function digestDraft(
  subscription: Subscription,
  stories: readonly Story[],
  ms: number,
  { window = closedWindow(subscription, ms), due = window?.to ?? ms, ...marks }: Owed = {},
): OutboxDraft | null {
  if (!window || subscription.status !== 'active') return null;
  const told = stories.filter((story) => {
    const updated = Date.parse(story.updatedAt);
    const wanted = matches(story, subscription) || marks.corrected?.has(story.id) === true;
    return story.mergedInto === null && updated >= window.from && updated < window.to && wanted;
  });
  if (told.length === 0 || Date.parse(subscription.createdAt) >= window.to) return null;
  return {
    channel: subscription.channel,
    kind: 'digest',
    subject: `${subscription.id}/${new Date(due).toISOString()}`,
    revision: 1,
    action: 'post',
    message: digestMessage(told, window, marks),
    notBefore: new Date(quietUntil(subscription.quietHours, ms) ?? ms).toISOString(),
    late: false,
  };
}
