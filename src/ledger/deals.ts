import type { Countries } from '../core/country.ts';
import type { Deal, DealStep } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { Stage } from '../core/reading.ts';
import { compareDates } from './dates.ts';

/** How far an arrangement has come; what stops one has no rank. */
const ranks: Readonly<Partial<Record<Stage, number>>> = {
  approached: 1,
  'in-talks': 2,
  agreed: 3,
  signed: 4,
  operational: 5,
};

/** Arrangements with their history, oldest step first, by country name. */
export function dealsOf(data: LedgerData, countries: Countries, code?: string): readonly Deal[] {
  return data.deals
    .filter((deal) => code === undefined || deal.code === code)
    .map((deal) => {
      const history = deal.steps.toSorted((a, b) => compareDates(a.date, b.date));
      return { code: deal.code, name: countries.name(deal.code), stage: stageAfter(history), history };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * Where an arrangement stands after its steps: it never falls back to an earlier stage by a later, lesser step
 * (a second agreement after people arrived), while a denial, refusal, suspension or order against it stands until
 * a step forward follows.
 */
export function stageAfter(history: readonly DealStep[]): Stage {
  let stage: Stage = history[0]?.stage ?? 'approached';
  for (const step of history) {
    const [now, next] = [ranks[stage], ranks[step.stage]];
    if (now === undefined || next === undefined || next >= now) stage = step.stage;
  }
  return stage;
}
