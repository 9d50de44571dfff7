import type { Countries } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import type { TimelineEvent } from '../core/ledger.ts';
import type { Line } from '../core/message.ts';
import { type Story, type Topic, topics } from '../core/story.ts';
import { concerns, mergeTimeline, timelineCsv } from '../core/timeline.ts';
import { dayInWashington } from '../lib/clock.ts';
import { certainCountry, countryChoices, dateOf, textOf } from './arguments.ts';
import { answer, datedFooter } from './replies.ts';
import type { Definition, Services } from './services.ts';

const pageSize = 15;
const kindsOf: Readonly<Record<Topic, TimelineEvent['kind']>> = {
  'travel-ban': 'ban',
  'third-country-removal': 'removal',
  court: 'court',
  'parole-and-tps': 'other',
  'visa-policy': 'other',
};

/** `/timeline [country] [topic] [since] [until]`: developments in order, from the ledger and the stories together. */
export const timeline: Definition = {
  name: 'timeline',
  summary: 'What happened, step by step, with stage, certainty and links',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'country', summary: 'a country', type: 'country', positional: true },
    {
      name: 'topic',
      summary: 'one topic',
      type: 'choice',
      choices: topics.map((topic) => ({ value: topic, label: topic })),
    },
    { name: 'case', summary: 'a court case', type: 'text' },
    { name: 'since', summary: 'first day, such as april 2025', type: 'date' },
    { name: 'until', summary: 'last day', type: 'date' },
    { name: 'page', summary: 'a page of the answer', type: 'number' },
    {
      name: 'format',
      summary: 'text, csv or json',
      type: 'choice',
      choices: ['text', 'csv', 'json'].map((value) => ({ value, label: value })),
    },
  ],
  complete: (option, text, _asker, services) =>
    Promise.resolve(option === 'country' ? countryChoices(text, services.countries) : []),
  run: async (args, _asker, services) => {
    const today = dayInWashington(services.clock.now());
    const countryText = textOf(args, 'country');
    const country = countryText === undefined ? undefined : certainCountry(countryText, services.countries);
    const topic = topics.find((known) => known === textOf(args, 'topic'));
    const since = dateOf(args, 'since', today)?.from;
    const until = dateOf(args, 'until', today)?.to;
    if (since !== undefined && until !== undefined && since > until)
      throw new UserError(`since (${since}) is after until (${until}). Turn them around.`);
    const caseName = textOf(args, 'case');
    const court = caseName === undefined ? undefined : (services.ledger.courts(caseName)[0]?.id ?? caseName);
    const span = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
    const place = country === undefined ? {} : { country: country.code };
    const known = services.ledger.timeline({
      ...span,
      ...place,
      ...(topic === undefined ? {} : { kinds: [kindsOf[topic]] }),
      ...(court === undefined ? {} : { case: court }),
    });
    const told = await services.stories.latest(
      {
        ...span,
        ...place,
        ...(topic === undefined ? {} : { topic }),
        ...(court === undefined ? {} : { matter: `court/${court}` }),
      },
      200,
    );
    const steps = told.filter((story) => tellsAStep(story) && (country === undefined || concerns(story, country.code)));
    const events = mergeTimeline(known, steps);
    const title = country ? `${country.flag} ${country.name}: timeline` : 'Timeline';
    return timelineReply(
      events,
      { title, args: textOf(args, 'format') ?? 'text', page: textOf(args, 'page'), today },
      services,
    );
  },
};

function tellsAStep(story: Story): boolean {
  return story.stage !== null && story.mergedInto === null;
}

function timelineReply(
  events: readonly TimelineEvent[],
  asked: { title: string; args: string; page: string | undefined; today: string },
  services: Services,
) {
  const data = { version: 1, events };
  const footer = datedFooter(
    services.ledger.lastVerified,
    services.ledger.dataEnds,
    asked.today,
    services.staleAfterDays,
  );
  if (asked.args === 'csv' || asked.args === 'json') {
    const whole = asked.args === 'csv' ? timelineCsv(events) : JSON.stringify(data, null, 1);
    return answer(
      {
        title: asked.title,
        plain: `${events.length} developments`,
        blocks: [
          {
            kind: 'text',
            lines: whole
              .trimEnd()
              .split('\n')
              .map((line) => [line]),
          },
        ],
      },
      data,
    );
  }
  const pages = Math.max(1, Math.ceil(events.length / pageSize));
  const page = Math.min(pages, Math.max(1, Number(asked.page ?? pages) || pages));
  const shown = events.slice((page - 1) * pageSize, page * pageSize);
  const plain =
    events.length === 0
      ? 'Nothing is known for this question.'
      : `${events.length} developments, page ${page} of ${pages}.`;
  return answer(
    {
      title: asked.title,
      plain,
      blocks: [
        { kind: 'text', lines: [[plain]] },
        { kind: 'list', items: shown.map((event) => eventLine(event, services.countries)) },
      ],
      footer,
      tone: 'neutral',
    },
    data,
  );
}

/** One line a development. */
function eventLine(event: TimelineEvent, countries: Countries): Line {
  const flags = event.countries
    .slice(0, 4)
    .map((code) => countries.get(code)?.flag ?? code)
    .join('');
  const source = event.source.url === null ? event.source.title : { text: event.source.title, url: event.source.url };
  return [
    { text: event.date, strong: true },
    ` ${flags} ${event.stage} (${event.certainty}): ${event.title.replace(/\.+$/, '')}. `,
    source,
  ];
}
