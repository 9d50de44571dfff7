import type { BanStatus, ComparedStatus } from '../core/ban-status.ts';
import { addDays } from '../core/calendar.ts';
import type { Country } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import type { Reply } from '../core/message.ts';
import type { LedgerProposal } from '../core/review.ts';
import { concerns } from '../core/timeline.ts';
import { dayInWashington } from '../lib/clock.ts';
import { countryChoices, countryOf, dateOf, joinOr, textOf } from './arguments.ts';
import { banListMessage } from './ban-list-message.ts';
import { type BanStatusView, banStatusMessage } from './ban-status-message.ts';
import { answer } from './replies.ts';
import type { Definition, Services } from './services.ts';

/** `/ban-status [country] [on]`: what the law says about entry, today or on a day, as known on a day, or compared with another. */
export const banStatus: Definition = {
  name: 'ban-status',
  summary: 'Is a country under a US entry suspension (travel ban), since when, and who says so',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'country', summary: 'a country: name, nationality, code or flag', type: 'country', positional: true },
    { name: 'on', summary: 'the day asked about, such as 2025-07-01 (default: today in Washington)', type: 'date' },
    { name: 'known', summary: 'leave out what was learned after this day', type: 'date' },
    { name: 'since', summary: 'compare with this earlier day', type: 'date' },
    { name: 'exceptions', summary: 'all exceptions, with section and note', type: 'flag' },
    { name: 'history', summary: 'all periods, other measures, and changes of the record', type: 'flag' },
  ],
  complete: (option, text, _asker, services) =>
    Promise.resolve(option === 'country' ? countryChoices(text, services.countries) : []),
  run: async (args, _asker, services) => {
    const today = dayInWashington(services.clock.now());
    const on = oneDay(dateOf(args, 'on', today)) ?? today;
    const known = oneDay(dateOf(args, 'known', today));
    const since = oneDay(dateOf(args, 'since', today));
    if (since !== undefined && since >= on)
      throw new UserError(`since names the earlier day of the two: ${since} is not before ${on}.`);
    const text = textOf(args, 'country');
    if (text === undefined) return listOn(services, { on, known, since, today, view: 'screen' });
    const found = countryOf(text, services.countries);
    if ('ambiguous' in found) return askWhich(text, found.ambiguous);
    const view = textOf(args, 'exceptions') ? 'exceptions' : textOf(args, 'history') ? 'history' : 'screen';
    return statusOf(services, found, { on, known, since, today, view });
  },
};

interface Asked {
  on: string;
  known: string | undefined;
  since: string | undefined;
  today: string;
  view: BanStatusView;
}

function listOn(services: Services, { on, known, since, today }: Asked): Reply {
  const { ledger, countries, staleAfterDays } = services;
  const compared =
    since === undefined ? {} : { comparedWith: { on: since, changes: ledger.compare(since, on, known) } };
  const list = { ...ledger.banList(on, known), ...(known === undefined ? {} : { known }), ...compared };
  return answer(banListMessage(list, countries, ledger.lastVerified, today, staleAfterDays), list);
}

async function statusOf(
  services: Services,
  { country, note }: { country: Country; note?: string },
  { on, known, since, today, view }: Asked,
): Promise<Reply> {
  const asOf = (day: string): BanStatus =>
    services.ledger.banStatus(country.code, known === undefined ? { on: day } : { on: day, known });
  const until = known !== undefined && known < on ? known : on;
  const told = await services.stories.latest({ country: country.code, since: addDays(on, -60), until }, 5);
  const waiting = until < today ? [] : await services.review.underReview(country.code);
  const status = {
    ...asOf(on),
    ...(known === undefined ? {} : { known }),
    ...(since === undefined ? {} : { comparedWith: comparedOf(asOf(since)) }),
    reported: [
      ...underReview(waiting),
      ...told
        .filter((story) => story.countries.banned.includes(country.code) && concerns(story, country.code))
        .map((story) => ({ story: story.id, headline: story.headline, date: story.date, certainty: story.certainty })),
    ],
  };
  const { staleAfterDays } = services;
  // Each begins with its day.
  const corrections = services.review
    .corrections(country.code)
    .filter((change) => known === undefined || change.slice(0, known.length) <= known);
  const { case: court } = status.enforcement;
  const caseName = court === null ? null : (services.ledger.courts(court)[0]?.name ?? court);
  const asked = { country, note, today, staleAfterDays, view, caseName, corrections };
  return answer(banStatusMessage(status, asked), status);
}

/** What a primary document says and no operator has approved yet: told, and not law of the record. */
function underReview(waiting: readonly LedgerProposal[]): BanStatus['reported'] {
  return waiting.map(({ id, summary, proposedAt }) => ({
    story: `proposal/${id}`,
    headline: `${summary}: under review`,
    date: dayInWashington(Date.parse(proposedAt)),
    certainty: 'official',
    underReview: true,
  }));
}

function comparedOf({ on, tier, visaClasses, since, instrument, exceptions }: BanStatus): ComparedStatus {
  return { on, tier, visaClasses, since, instrument, exceptions };
}

function oneDay(span: { from: string; to: string } | undefined): string | undefined {
  if (span && span.from !== span.to) {
    throw new UserError(`Name one day, such as ${span.from}: the answer may differ from ${span.from} to ${span.to}.`);
  }
  return span?.from;
}

/** An ambiguous name asks; it never guesses. */
function askWhich(text: string, candidates: readonly Country[]): Reply {
  const names = candidates.map((country) => `${country.flag} ${country.name} (${country.code})`);
  const plain = `“${text}” may be ${joinOr(names)}. Which one?`;
  return answer(
    {
      title: 'Which country?',
      plain,
      blocks: [{ kind: 'text', lines: [[plain]] }],
      actions: candidates
        .slice(0, 5)
        .map((country) => ({ kind: 'command', label: country.name, command: `/ban-status ${country.code}` })),
      tone: 'neutral',
    },
    { version: 1, ambiguous: candidates.map((country) => ({ code: country.code, name: country.name })) },
    2,
  );
}
