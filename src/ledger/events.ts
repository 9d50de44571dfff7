import { tierWords } from '../core/ban-status.ts';
import type { Countries } from '../core/country.ts';
import type { CourtCase, DealStep, LedgerDate, LedgerRow, TimelineEvent } from '../core/ledger.ts';
import type { EnforcementPeriod, LedgerData } from '../core/ledger-data.ts';
import type { Stage } from '../core/reading.ts';
import { slug } from '../core/slug.ts';
import { compareDates } from './dates.ts';

export const effectiveStages: Readonly<Record<LedgerRow['change'], Stage>> = {
  added: 'effective',
  upgraded: 'effective',
  continued: 'extended',
  modified: 'modified',
  removed: 'lifted',
  revoked: 'lifted',
  noted: 'announced',
};

/**
 * Every dated step of the record, oldest first, one a step and group of countries that take it together. The
 * matter is the first country's; with `code` only steps that bear on that country, told as its own.
 */
export function eventsOf(data: LedgerData, countries: Countries, code?: string): readonly TimelineEvent[] {
  const rows = code === undefined ? data.rows : rowsFor(data.rows, code);
  const deals = data.deals.filter((deal) => code === undefined || deal.code === code);
  const instruments = new Set(rows.filter((row) => row.country !== '*').map((row) => row.instrument));
  const events = [
    ...measureEvents(rows),
    ...data.enforcement.flatMap((period) => enforcementEvent(data, period, code)),
    ...deals.flatMap((deal) => deal.steps.map((step) => dealEvent(deal.code, countries.name(deal.code), step))),
    ...data.cases.flatMap((each) => courtEvents(each, code, instruments)),
  ];
  return events.sort((a, b) => compareDates(a.date, b.date) || order(a) - order(b));
}

/** A country's own rows, and those on countries under an entry suspension when it was one. */
function rowsFor(rows: readonly LedgerRow[], code: string): readonly LedgerRow[] {
  const own = rows.filter((row) => row.country === code);
  const isBanned = own.some((row) => row.ended === null && (row.tier !== 'none' || row.kind === 'document-rule'));
  return isBanned ? rows.filter((row) => own.includes(row) || row.reach === 'entry-ban-countries') : own;
}

function order(event: TimelineEvent): number {
  return ['ban', 'other', 'removal', 'court'].indexOf(event.kind);
}

interface Step {
  row: LedgerRow;
  stage: string;
  date: LedgerDate;
}

/** Signing and taking effect of each row, and the ends that no other row tells. */
function stepsOf(row: LedgerRow): Step[] {
  const signed = row.signed ?? row.announced;
  const steps: Step[] = [];
  const isBan = row.kind === 'entry-ban' || row.kind === 'document-rule';
  const isOneStep = row.signed === null && signed === row.effective;
  if (signed !== null && !isOneStep)
    steps.push({ row, stage: row.signed === null ? 'announced' : 'signed', date: signed });
  if (row.change !== 'noted') steps.push({ row, stage: effectiveStages[row.change], date: row.effective });
  if (!isBan && row.ended !== null && row.ended !== 'unknown') steps.push({ row, stage: 'lifted', date: row.ended });
  return steps;
}

function measureEvents(rows: readonly LedgerRow[]): TimelineEvent[] {
  const groups = new Map<string, Step[]>();
  for (const step of rows.flatMap(stepsOf)) {
    const { row } = step;
    const key = [row.instrument, row.kind, step.stage, step.date, step.stage === 'signed' ? '' : row.tier].join('|');
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()].flatMap(measureEvent);
}

function measureEvent(steps: readonly Step[]): TimelineEvent[] {
  const [first] = steps;
  if (!first) return [];
  const { row, stage, date } = first;
  const isBan = row.kind === 'entry-ban' || row.kind === 'document-rule';
  const codes = [...new Set(steps.map((step) => step.row.country))].filter((country) => country !== '*').sort();
  return [
    {
      date,
      matter: isBan ? `ban/${codes[0] ?? 'all'}` : `visa/${slug(row.instrument)}`,
      kind: isBan ? 'ban' : 'other',
      stage,
      certainty: row.confidence === 'from-memory-unverified' ? 'reported' : 'official',
      countries: codes,
      title: measureTitle(first, codes.length),
      source: { title: row.source.title, url: row.source.url },
      story: null,
    },
  ];
}

function measureTitle({ row, stage }: Step, count: number): string {
  const whom = count > 1 ? ` for ${count} countries` : '';
  if (row.kind === 'review-flag') return `${row.instrument}: told to be reviewed, no restriction${whom}`;
  if (stage === 'signed' || stage === 'announced') return `${row.instrument} ${stage}${whom}`;
  if (row.kind === 'document-rule') return `${row.instrument}: rule on Palestinian Authority travel documents in force`;
  if (row.kind !== 'entry-ban') return `${row.instrument}: ${stage === 'lifted' ? 'ended' : 'in force'}${whom}`;
  return `${row.instrument}: ${stage === 'lifted' ? 'entry suspension ended' : tierWords[row.tier]}${whom}`;
}

/** What courts did to a ban, told in the ban's own stages; the orders themselves are court events. */
function enforcementEvent(data: LedgerData, period: EnforcementPeriod, code: string | undefined): TimelineEvent[] {
  const rows = data.rows.filter(
    (row) =>
      row.instrument === period.instrument && row.tier !== 'none' && (period.countries?.includes(row.country) ?? true),
  );
  const codes = [...new Set(rows.map((row) => row.country))].sort();
  const [first] = rows;
  if (!first || first.kind !== 'entry-ban' || (code !== undefined && !codes.includes(code))) return [];
  const words = {
    enjoined: 'enjoined',
    'partly-enjoined': 'enforced in part',
    'in-force': 'may be enforced again',
    'not-applicable': 'not applicable',
  };
  const event = data.cases.find((each) => each.id === period.case)?.history.find((each) => each.date === period.from);
  return [
    {
      date: period.from,
      matter: `ban/${code ?? codes[0] ?? 'all'}`,
      kind: 'ban',
      stage: period.state === 'enjoined' ? 'blocked' : 'block-lifted',
      certainty: event?.confidence === 'from-memory-unverified' || !event ? 'reported' : 'official',
      countries: code === undefined ? codes : [code],
      title: `${period.instrument} ${words[period.state]}`,
      source: { title: event?.source.title ?? 'None seen', url: event?.source.url ?? null },
      story: null,
    },
  ];
}

const dealWords: Readonly<Record<string, string>> = {
  approached: 'asked to take people removed by the United States',
  'in-talks': 'in talks on taking people removed by the United States',
  agreed: 'agreed to take people removed by the United States',
  signed: 'signed on taking people removed by the United States',
  operational: 'people arrived',
  denied: 'denied',
  refused: 'refused',
  suspended: 'suspended',
  blocked: 'stopped by a court',
  'block-lifted': 'allowed again by a court',
};

const dealKindWords = {
  'third-country-removal': '',
  'safe-third-country': ' (safe-third-country agreement)',
  transit: ' (transit)',
  repatriation: ' (mostly repatriation of own nationals)',
};

function dealEvent(code: string, name: string, step: DealStep): TimelineEvent {
  const figures = [
    step.cap === null ? '' : `; cap: ${step.cap}`,
    step.transferred === null ? '' : `; transferred: ${step.transferred}`,
  ].join('');
  const kind = dealKindWords[step.kind ?? 'third-country-removal'];
  return {
    date: step.date,
    matter: `removals/${code}`,
    kind: 'removal',
    stage: step.stage,
    certainty: step.certainty,
    countries: [code],
    title: `${name}: ${dealWords[step.stage] ?? step.stage}${kind}${figures}`,
    source: { title: step.source.title, url: step.source.url },
    story: null,
  };
}

/** Rulings that name the country, or are on an instrument that it was under and name no country. */
function courtEvents(each: CourtCase, code: string | undefined, instruments: ReadonlySet<string>): TimelineEvent[] {
  const onIts = each.instruments?.some((name) => instruments.has(name)) ?? false;
  return each.history
    .filter((event) => code === undefined || event.countries.includes(code) || (event.countries.length === 0 && onIts))
    .map((event) => ({
      date: event.date,
      matter: `court/${each.id}`,
      kind: 'court' as const,
      stage: event.stage ?? slug(event.posture),
      certainty: event.confidence === 'from-memory-unverified' ? ('reported' as const) : ('official' as const),
      countries: event.countries,
      title: `${each.name}, ${event.court}: ${event.posture}. ${event.holding}`,
      source: { title: event.source.title, url: event.source.url },
      story: null,
    }));
}
