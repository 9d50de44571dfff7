import type { Arguments } from '../core/command.ts';
import type { Countries } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import type { TimelineEvent, TimelineFilter } from '../core/ledger.ts';
import { type Line, quoted, type Reply } from '../core/message.ts';
import { type Certainty, certainties, type Topic, topics } from '../core/reading.ts';
import { slug } from '../core/slug.ts';
import { certaintyRank, type StoryOutline } from '../core/story.ts';
import { markedTitle } from '../core/story-words.ts';
import { concerns, mergeTimeline, timelineCsv } from '../core/timeline.ts';
import { dayInWashington } from '../lib/clock.ts';
import { certainCountry, countryChoices, dateOf, joinOr, textOf } from './arguments.ts';
import { pageOf, pageOption } from './pages.ts';
import { answer, datedFooter, verifiedBy } from './replies.ts';
import { reportAction } from './report.ts';
import type { Definition, Services } from './services.ts';

const pageSize = 10;
const mostStories = 200;
const kindsOf: Readonly<Record<Topic, TimelineEvent['kind']>> = {
  'travel-ban': 'ban',
  'third-country-removal': 'removal',
  court: 'court',
  'parole-and-tps': 'other',
  'visa-policy': 'other',
};

/** `/timeline [country or case] [topic] [certainty] [since] [until]`: developments in order, from the ledger and the stories together. */
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
    {
      name: 'certainty',
      summary: 'least certainty',
      type: 'choice',
      choices: certainties.map((value) => ({ value, label: value })),
    },
    { name: 'since', summary: 'first day, such as april 2025', type: 'date' },
    { name: 'until', summary: 'last day', type: 'date' },
    pageOption,
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
    const asked = await subjectOf(args, services);
    const filter = { ...spanOf(args, today), ...asked };
    const topic = topics.find((known) => known === textOf(args, 'topic'));
    const certainty = certainties.find((known) => known === textOf(args, 'certainty'));
    const known = services.ledger.timeline({ ...filter, ...(topic === undefined ? {} : { kinds: [kindsOf[topic]] }) });
    const { case: court, ...place } = filter;
    const told = await services.stories.outlines(
      {
        ...place,
        ...(topic === undefined ? {} : { topic }),
        ...(court === undefined ? {} : { matter: `court/${court}` }),
      },
      mostStories,
    );
    const { country } = filter;
    const steps = told.filter((story) => tellsAStep(story) && (country === undefined || concerns(story, country)));
    const all = mergeTimeline(known, steps);
    const dated = filter.since !== undefined || filter.until !== undefined;
    const events = all.filter(
      (event) =>
        (certainty === undefined || certaintyRank[event.certainty] >= certaintyRank[certainty]) &&
        // Whether a day that is not known lies between two days is not known either.
        !(dated && event.date === 'unknown'),
    );
    return timelineReply(
      events,
      {
        ...filter,
        topic,
        certainty,
        page: textOf(args, 'page'),
        format: textOf(args, 'format'),
        today,
        storiesFrom: told.length < mostStories ? undefined : told.at(-1)?.date,
      },
      services,
    );
  },
};

/** What it is about: a country, a case, or everything. Words that name no country may name a case. */
async function subjectOf(args: Arguments, services: Services): Promise<{ country?: string; case?: string }> {
  const text = textOf(args, 'country');
  const named = textOf(args, 'case');
  const match = text === undefined ? undefined : services.countries.resolve(text);
  if (text !== undefined && named === undefined && match?.kind === 'unknown') {
    const court = await caseOf(text, services);
    if (court !== undefined) return { case: court };
    const near = joinOr(match.suggestions.map((country) => country.name));
    const instead =
      match.note ??
      (near ? `Did you mean ${near}?` : 'Try a country’s English name, code or flag; /courts lists the cases.');
    throw new UserError(`I know no country and no case called “${text}”. ${instead}`);
  }
  const country = text === undefined ? {} : { country: certainCountry(text, services.countries).code };
  if (named === undefined) return country;
  const court = await caseOf(named, services);
  if (court === undefined) throw new UserError(`No case “${named}” is on record. /courts lists them.`);
  return { ...country, case: court };
}

/** The slug of a case of the ledger, or of one that only stories tell of. */
async function caseOf(text: string, { ledger, stories }: Services): Promise<string | undefined> {
  const [only, ...others] = ledger.courts(text);
  if (only && others.length > 0)
    throw new UserError(`“${text}” fits ${joinOr([only, ...others].slice(0, 6).map((each) => each.name))}. Which one?`);
  if (only) return only.id;
  const told = slug(text);
  return told !== '' && (await stories.latest({ matter: `court/${told}` }, 1)).length > 0 ? told : undefined;
}

function spanOf(args: Arguments, today: string): { since?: string; until?: string } {
  const since = dateOf(args, 'since', today)?.from;
  const until = dateOf(args, 'until', today)?.to;
  if (since !== undefined && until !== undefined && since > until)
    throw new UserError(`since (${since}) is after until (${until}). Turn them around.`);
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

function tellsAStep(story: StoryOutline): boolean {
  return story.stage !== null && story.mergedInto === null;
}

interface Shown extends TimelineFilter {
  topic: Topic | undefined;
  certainty: Certainty | undefined;
  page: string | undefined;
  format: string | undefined;
  today: string;
  /** The day from which on stories are among them, when there were more than are read for one answer. */
  storiesFrom: string | undefined;
}

/** The command that asks the same again, short enough for a button on every platform unless a case's name is long. */
function questionOf({ country, case: court, topic, certainty, since, until }: Shown): string {
  const words = Object.entries({ case: court, topic, certainty, since, until });
  return [
    '/timeline',
    ...(country === undefined ? [] : [country]),
    ...words.flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`])),
  ].join(' ');
}

function timelineReply(events: readonly TimelineEvent[], asked: Shown, services: Services): Reply {
  const { ledger, countries, staleAfterDays } = services;
  const data = { version: 1, events, storiesSince: asked.storiesFrom ?? null };
  const country = asked.country === undefined ? undefined : countries.get(asked.country);
  const about = country ? `${country.flag} ${country.name}` : asked.case && ledger.courts(asked.case)[0]?.name;
  const title = about ? `${about}: timeline` : 'Timeline';
  const verified = verifiedBy(
    ledger,
    events.flatMap(({ story, date }) => (story === null ? [date] : [])),
  );
  const footer = datedFooter(verified, ledger.dataEnds, asked.today, staleAfterDays);
  if (asked.format === 'csv' || asked.format === 'json') {
    const text = asked.format === 'csv' ? timelineCsv(events) : `${JSON.stringify(data, null, 1)}\n`;
    const name = `timeline${asked.country === undefined ? '' : `-${asked.country}`}.${asked.format}`;
    const plain = `${developments(events.length)} as ${name}.${olderLeftOut(asked)}`;
    return {
      ...answer({ title, plain, blocks: [{ kind: 'text', lines: [[plain]] }], footer, tone: 'neutral' }, data),
      file: { name, text },
    };
  }
  const { shown, page, pages, actions, blocks } = pageOf(events, {
    size: pageSize,
    asked: asked.page,
    command: questionOf(asked),
    opensAt: 'last',
  });
  const plain =
    events.length === 0
      ? 'Nothing is known for this question.'
      : `${developments(events.length)}, page ${page} of ${pages}.${olderLeftOut(asked)}`;
  return answer(
    {
      title,
      plain,
      blocks: [
        { kind: 'text', lines: [[plain]] },
        { kind: 'list', items: shown.map((event) => eventLine(event, countries)) },
        ...blocks,
      ],
      footer,
      actions: [...actions, reportAction(['timeline', asked.country ?? asked.case ?? ''].join(' ').trim())],
      tone: 'neutral',
    },
    data,
  );
}

/** What a reader of the newest stories must know: that there are older ones, and how to reach them. */
function olderLeftOut({ storiesFrom }: Shown): string {
  return storiesFrom === undefined
    ? ''
    : ` Of news only the newest ${mostStories} stories are among them: for those before ${storiesFrom} ask with until:${storiesFrom}.`;
}

function developments(count: number): string {
  return `${count} development${count === 1 ? '' : 's'}`;
}

/** One line a development. */
function eventLine(event: TimelineEvent, countries: Countries): Line {
  const flags = event.countries
    .slice(0, 4)
    .map((code) => countries.get(code)?.flag ?? code)
    .join('');
  const source = quoted(event.source.title, event.source.url);
  return [
    { text: event.date, strong: true },
    ` ${flags} ${event.stage}`,
    ` (${event.certainty})`,
    ': ',
    ...markedTitle(event.title.replace(/\.+$/, '')),
    '. ',
    source,
  ];
}
