import type { Countries } from '../core/country.ts';
import { certaintyRank, type Story } from '../core/story.ts';
import type { Subscription } from '../core/subscription.ts';

/** A subscription in one line of words, the same for equal ones. */
export function describeSubscription(subscription: Subscription, countries: Countries): string {
  const what = subscription.topics.length > 0 ? subscription.topics.join(', ') : 'every topic';
  const where =
    subscription.countries.length > 0
      ? subscription.countries.map((code) => countries.name(code)).join(', ')
      : 'every country';
  const parts = [`${what} for ${where}`];
  if (certaintyRank[subscription.minimumCertainty] > 0) parts.push(`${subscription.minimumCertainty} at least`);
  if (subscription.stages.length > 0) parts.push(`stages ${subscription.stages.join(', ')}`);
  if (subscription.languages.length > 0) parts.push(`outlets in ${subscription.languages.join(', ')}`);
  parts.push(
    subscription.digest === 'immediate'
      ? 'at once'
      : `${subscription.digest} digest${subscription.digestAt === null ? '' : ` at ${subscription.digestAt} (${subscription.timeZone})`}`,
  );
  const { quietHours } = subscription;
  if (quietHours) parts.push(`quiet ${quietHours.start} to ${quietHours.end} (${quietHours.timeZone})`);
  parts.push(`updates by ${subscription.updates}`);
  if (subscription.reminders === true) parts.push(`reminders (${subscription.timeZone})`);
  return parts.join('; ');
}

/** Whether a story as it stands is one that a subscription asks for. */
export function storyMatches(subscription: Subscription, story: Story): boolean {
  const { banned, receiving, nationality } = story.countries;
  const inRole = new Set([...banned, ...receiving, ...nationality]);
  return (
    (subscription.topics.length === 0 || story.topics.some((topic) => subscription.topics.includes(topic))) &&
    (subscription.countries.length === 0 || subscription.countries.some((code) => inRole.has(code))) &&
    certaintyRank[story.certainty] >= certaintyRank[subscription.minimumCertainty] &&
    (subscription.stages.length === 0 || (story.stage !== null && subscription.stages.includes(story.stage)))
  );
}
