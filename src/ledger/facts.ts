import type { Countries } from '../core/country.ts';
import type { DealStep, LedgerFacts } from '../core/ledger.ts';
import type { LedgerData, ProgrammeRuling } from '../core/ledger-data.ts';
import { compareDates, firstDay } from './dates.ts';
import { eventsOf } from './events.ts';
import { segmentOn, segmentsOf } from './segments.ts';

/** What stories may ask of the record. */
export function factsOf(data: LedgerData, countries: Countries): LedgerFacts {
  return {
    steps: (matter) => stepsOf(data, countries, matter),
    programmes: (nationalities, around) => rulingsNear(data.programmes, nationalities, firstDay(around)),
    bannedOn: (code, day) => {
      const { tier, row } = segmentOn(segmentsOf(data.rows.filter((each) => each.country === code)), day);
      return row === null ? null : { tier, instrument: row.instrument };
    },
  };
}

function stepsOf(data: LedgerData, countries: Countries, matter: string): ReturnType<LedgerFacts['steps']> {
  const [kind, subject = ''] = matter.split('/');
  if (kind === 'removals') {
    const steps = data.deals.find((deal) => deal.code === subject)?.steps ?? [];
    return steps.toSorted((a, b) => compareDates(a.date, b.date)).map(dealStep);
  }
  return eventsOf(data, countries, kind === 'ban' ? subject : undefined)
    .filter((event) => event.matter === matter)
    .map((event) => ({
      stage: event.stage,
      date: event.date,
      certainty: event.certainty,
      note: event.title,
      source: { ...event.source, publisher: null },
    }));
}

function dealStep({ stage, date, certainty, note, source }: DealStep) {
  return { stage, date, certainty, note, source };
}

/** Rulings that name every one of these nationalities, and those that name some of them after. */
function rulingsNear(
  rulings: readonly ProgrammeRuling[],
  nationalities: readonly string[],
  around: string,
): readonly ProgrammeRuling[] {
  const away = (ruling: ProgrammeRuling): number => Math.abs(Date.parse(firstDay(ruling.date)) - Date.parse(around));
  const missing = (ruling: ProgrammeRuling): number =>
    nationalities.filter((code) => !ruling.countries.includes(code)).length;
  return rulings
    .filter((ruling) => ruling.date !== 'unknown' && ruling.countries.some((code) => nationalities.includes(code)))
    .toSorted((a, b) => Math.sign(missing(a)) - Math.sign(missing(b)) || away(a) - away(b));
}
