import { addDays } from '../core/calendar.ts';
import type { Arguments, Asker } from '../core/command.ts';
import { UserError } from '../core/errors.ts';
import { matches } from '../core/matches.ts';
import type { Line } from '../core/message.ts';
import { headlineLine, storyDay } from '../core/story-message.ts';
import { newSubscription, type Subscription } from '../core/subscription.ts';
import { dayInWashington, isoAt } from '../lib/clock.ts';
import { countryChoices } from './arguments.ts';
import { answer } from './replies.ts';
import type { Definition, Services } from './services.ts';
import { subscriptionOptions, withChoices, zoneOf } from './subscription-options.ts';
import { describeSubscription } from './subscription-words.ts';

/** `/subscribe`: this channel hears of what matches; the answer previews the last seven days. */
export const subscribe: Definition = {
  name: 'subscribe',
  summary: 'Tell this channel about new developments',
  access: 'manager',
  slow: false,
  options: subscriptionOptions,
  complete: (option, text, _asker, services) =>
    Promise.resolve(option === 'country' ? countryChoices(text, services.countries) : []),
  run: async (args, asker, services) => {
    const subscription = readSubscription(args, asker, services);
    const existing = await services.subscriptions.forChannel(asker.channel);
    const words = describeSubscription(subscription, services.countries);
    if (existing.some((other) => describeSubscription(other, services.countries) === words)) {
      throw new UserError(`This channel already follows ${words}.`);
    }
    await services.subscriptions.add(subscription);
    const week = addDays(dayInWashington(services.clock.now()), -7);
    const matching = (await services.stories.latest({ since: week }, 100)).filter((story) =>
      matches(story, subscription),
    );
    const preview =
      matching.length === 0
        ? 'Nothing of the last 7 days would have matched.'
        : `Of the last 7 days, ${matching.length} would have come here:`;
    const plain = `Subscribed: ${words}.`;
    return answer(
      {
        title: 'Subscribed',
        plain,
        blocks: [
          { kind: 'text', lines: [[plain], ...zoneWords(subscription, args, existing.length + 1), [preview]] },
          {
            kind: 'list',
            items: matching
              .slice(0, 5)
              .map((story) => [`${storyDay(story)} `, ...headlineLine(story), ` (${story.certainty})`]),
          },
          { kind: 'note', line: ['In that channel, /subscriptions lists, pauses and changes them.'] },
        ],
        tone: 'neutral',
      },
      {
        version: 1,
        subscription,
        preview: matching.map((story) => ({ id: story.id, headline: story.headline, date: story.date })),
      },
    );
  },
};

/** Whoever chose an hour and no time zone is told which it is, and how to have another: not every form asks for it. */
function zoneWords({ digestAt, quietHours, timeZone }: Subscription, args: Arguments, number: number): Line[] {
  if (args['zone'] !== undefined || (digestAt === null && quietHours === null)) return [];
  return [
    [`Times are in ${timeZone}. Another zone: /subscriptions change:${number} zone:Europe/Belgrade, in that channel.`],
  ];
}

function readSubscription(args: Arguments, asker: Asker, services: Services): Subscription {
  const { updates, minimumCertainty, topics, timeZone } = services.defaults;
  const unchosen = newSubscription({
    id: services.random.id(),
    channel: asker.channel,
    topics,
    minimumCertainty,
    timeZone: zoneOf(timeZone),
    updates,
    createdBy: asker.userId,
    createdAt: isoAt(services.clock.now()),
  });
  return withChoices(unchosen, args, services);
}
