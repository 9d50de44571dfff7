import { addDays } from '../core/calendar.ts';
import type { Arguments, Asker } from '../core/command.ts';
import { UserError } from '../core/errors.ts';
import {
  banStages,
  type Certainty,
  certainties,
  courtStages,
  removalStages,
  type Stage,
  topics,
} from '../core/story.ts';
import type { QuietHours, Subscription, UpdateStyle } from '../core/subscription.ts';
import { dayInWashington, isoAt } from '../lib/clock.ts';
import { certainCountry, countryChoices, listOf, textOf } from './arguments.ts';
import { answer } from './replies.ts';
import type { Definition, Services } from './services.ts';
import { describeSubscription, storyMatches } from './subscription-words.ts';

const stages: readonly Stage[] = [...new Set<Stage>([...banStages, ...removalStages, ...courtStages])];
const asChoices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const updateStyles = ['edit', 'thread', 'new'] as const;
const onOff = ['on', 'off'] as const;
const digests = ['immediate', 'hourly', 'daily', 'weekly'] as const;

/** `/subscribe`: this channel hears of what matches; the answer previews the last seven days. */
export const subscribe: Definition = {
  name: 'subscribe',
  summary: 'Tell this channel about new developments',
  access: 'manager',
  slow: false,
  options: [
    {
      name: 'country',
      summary: 'only these countries, comma-separated',
      type: 'country',
      many: true,
      positional: true,
    },
    { name: 'topic', summary: 'only these topics', type: 'choice', many: true, choices: asChoices(topics) },
    { name: 'certainty', summary: 'least certainty', type: 'choice', choices: asChoices(certainties) },
    { name: 'stages', summary: 'only these stages', type: 'choice', many: true, choices: asChoices(stages) },
    { name: 'languages', summary: 'only outlets in these languages (en, es, …)', type: 'text', many: true },
    { name: 'digest', summary: 'immediate, hourly, daily or weekly', type: 'choice', choices: asChoices(digests) },
    { name: 'at', summary: 'local time of a daily or weekly digest, such as 08:30', type: 'text' },
    { name: 'quiet', summary: 'quiet hours, such as 22:00-07:00', type: 'text' },
    { name: 'zone', summary: 'time zone, such as Europe/Belgrade', type: 'text' },
    {
      name: 'updates',
      summary: 'how changes are told: edit, thread or new',
      type: 'choice',
      choices: asChoices(updateStyles),
    },
    {
      name: 'reminders',
      summary: 'on: told 7 days and 1 day before something takes effect, ends, is argued or falls due for review',
      type: 'choice',
      choices: asChoices(onOff),
    },
  ],
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
      storyMatches(subscription, story),
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
          { kind: 'text', lines: [[plain], [preview]] },
          {
            kind: 'list',
            items: matching.slice(0, 5).map((story) => [`${story.date} ${story.headline} (${story.certainty})`]),
          },
          {
            kind: 'note',
            line: [
              'This answer is the test: alerts come to this same channel. /subscriptions lists, pauses and changes them.',
            ],
          },
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

function readSubscription(args: Arguments, asker: Asker, services: Services): Subscription {
  const { defaults } = services;
  const certainty = certainties.find((known) => known === textOf(args, 'certainty'));
  const zone = zoneOf(textOf(args, 'zone') ?? defaults.timeZone);
  const digest = digests.find((known) => known === textOf(args, 'digest')) ?? 'immediate';
  const topicNames = listOf(args, 'topic');
  return {
    id: services.random.id(),
    channel: asker.channel,
    topics: topicNames.length > 0 ? topics.filter((topic) => topicNames.includes(topic)) : defaults.topics,
    countries: listOf(args, 'country').map((name) => certainCountry(name, services.countries).code),
    minimumCertainty: certainty ?? (defaults.minimumCertainty satisfies Certainty),
    stages: stages.filter((stage) => listOf(args, 'stages').includes(stage)),
    languages: listOf(args, 'languages').map((language) => language.toLowerCase()),
    sources: [],
    digest,
    digestAt: digest === 'immediate' || digest === 'hourly' ? null : timeOf(textOf(args, 'at') ?? '08:00'),
    timeZone: zone,
    quietHours: quietOf(textOf(args, 'quiet'), zone),
    updates:
      updateStyles.find((known) => known === textOf(args, 'updates')) ?? (defaults.updates satisfies UpdateStyle),
    ...(textOf(args, 'reminders') === 'on' ? { reminders: true } : {}),
    status: 'active',
    pausedBecause: null,
    createdBy: asker.userId,
    createdAt: isoAt(services.clock.now()),
  };
}

function quietOf(text: string | undefined, timeZone: string): QuietHours | null {
  if (text === undefined) return null;
  const match = /^(\d{1,2}:\d{2})\s*(?:-|–|to)\s*(\d{1,2}:\d{2})$/.exec(text.trim());
  if (!match) throw new UserError(`“${text}” are no quiet hours that I can read. Try 22:00-07:00.`);
  return { start: timeOf(match[1] ?? ''), end: timeOf(match[2] ?? ''), timeZone, hold: 'all' };
}

function timeOf(text: string): string {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || hour > 23 || minute > 59) throw new UserError(`“${text}” is no time of day. Try 08:30.`);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function zoneOf(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new UserError(`“${name}” is no time zone. Try one such as America/New_York or Europe/Belgrade.`);
  }
}
