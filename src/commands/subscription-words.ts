import type { Countries } from '../core/country.ts';
import { certaintyRank } from '../core/story.ts';
import type { Subscription } from '../core/subscription.ts';

/** A subscription in one line of words, the same for equal ones. */
export function describeSubscription(subscription: Subscription, countries: Countries): string {
  const what = subscription.topics.length > 0 ? subscription.topics.join(', ') : 'every topic';
  const where =
    subscription.countries.length > 0
      ? subscription.countries.map((code) => countries.name(code)).join(', ')
      : 'every country';
  const parts = [`${what} for ${where}`];
  if (subscription.roles?.length) parts.push(`as ${subscription.roles.join(', ')}`);
  if (certaintyRank[subscription.minimumCertainty] > 0) parts.push(`${subscription.minimumCertainty} at least`);
  if (subscription.stages.length > 0) parts.push(`stages ${subscription.stages.join(', ')}`);
  if (subscription.languages.length > 0) parts.push(`outlets in ${subscription.languages.join(', ')}`);
  if (subscription.sources.length > 0) parts.push(`told by ${subscription.sources.join(', ')}`);
  parts.push(
    subscription.digest === 'immediate'
      ? 'at once'
      : `${subscription.digest} digest${subscription.digestAt === null ? '' : ` at ${subscription.digestAt} (${subscription.timeZone})`}`,
  );
  const { quietHours } = subscription;
  if (quietHours) parts.push(`quiet ${quietHours.start} to ${quietHours.end} (${quietHours.timeZone})`);
  if (quietHours?.hold === 'all-but-official') parts.push('official news at any hour');
  if (quietHours?.hold === 'batch') parts.push('what they hold told together');
  parts.push(`updates by ${subscription.updates}`);
  if (subscription.reminders === true) parts.push(`reminders (${subscription.timeZone})`);
  return parts.join('; ');
}
