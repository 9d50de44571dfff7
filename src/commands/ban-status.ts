import { addDays } from '../core/calendar.ts';
import type { Country } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import type { Reply } from '../core/message.ts';
import { concerns } from '../core/timeline.ts';
import { dayInWashington } from '../lib/clock.ts';
import { countryChoices, countryOf, dateOf, joinOr, textOf } from './arguments.ts';
import { banListMessage, banStatusMessage } from './ban-status-message.ts';
import { answer } from './replies.ts';
import type { Definition, Services } from './services.ts';

/** `/ban-status [country] [on]`: what the law says about entry, today or on a day, and as known on a day. */
export const banStatus: Definition = {
  name: 'ban-status',
  summary: 'Is a country under a US entry suspension (travel ban), since when, and who says so',
  access: 'anyone',
  slow: false,
  options: [
    { name: 'country', summary: 'a country: name, nationality, code or flag', type: 'country', positional: true },
    { name: 'on', summary: 'the day asked about, such as 2025-07-01 (default: today in Washington)', type: 'date' },
    { name: 'known', summary: 'leave out what was learned after this day', type: 'date' },
  ],
  complete: (option, text, _asker, services) =>
    Promise.resolve(option === 'country' ? countryChoices(text, services.countries) : []),
  run: async (args, _asker, services) => {
    const today = dayInWashington(services.clock.now());
    const on = oneDay(dateOf(args, 'on', today)) ?? today;
    const known = oneDay(dateOf(args, 'known', today));
    const text = textOf(args, 'country');
    if (text === undefined) {
      const list = services.ledger.banList(on);
      return answer(
        banListMessage(list, services.countries, services.ledger.lastVerified, today, services.staleAfterDays),
        list,
      );
    }
    const found = countryOf(text, services.countries);
    if ('ambiguous' in found) return askWhich(text, found.ambiguous);
    return statusOf(services, found.country, known === undefined ? { on } : { on, known }, found.note, today);
  },
};

async function statusOf(
  services: Services,
  country: Country,
  asked: { on: string; known?: string },
  note: string | undefined,
  today: string,
): Promise<Reply> {
  const reported = await services.stories.latest(
    { country: country.code, since: addDays(asked.on, -60), until: asked.on },
    5,
  );
  const status = services.ledger.banStatus(country.code, asked);
  const withNews = {
    ...status,
    reported: reported
      .filter((story) => story.countries.banned.includes(country.code) && concerns(story, country.code))
      .map((story) => ({ story: story.id, headline: story.headline, date: story.date, certainty: story.certainty })),
  };
  return answer(banStatusMessage(withNews, country, note, today, services.staleAfterDays), withNews);
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
