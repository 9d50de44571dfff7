import type { CourtCase, CourtEvent, DealStep, LedgerRow } from '../core/ledger.ts';
import type { Instrument, LedgerData } from '../core/ledger-data.ts';
import type { LedgerEntry } from '../core/review.ts';
import { compareDates, firstDay } from './dates.ts';

/** The record as single entries, each under a key that stays while others come and go. */
export function entriesOf(data: LedgerData): readonly LedgerEntry[] {
  return distinct([
    ...data.rows.map(rowEntry),
    ...data.deals.flatMap((deal) => deal.steps.map((step) => dealEntry(deal.code, step))),
    ...data.cases.flatMap((each) => each.history.map((event) => courtEntry(each, event))),
  ]);
}

export function rowEntry(row: LedgerRow): LedgerEntry {
  return { kind: 'row', key: row.id, value: row };
}

export function dealEntry(code: string, step: DealStep): LedgerEntry {
  return { kind: 'deal', key: `${code}/${step.stage}/${step.date}`, value: { code, step } };
}

export function courtEntry(
  { id, name, docket }: Pick<CourtCase, 'id' | 'name' | 'docket'>,
  event: CourtEvent,
): LedgerEntry {
  return {
    kind: 'court',
    key: `${id}/${event.date}/${event.stage ?? 'step'}`,
    value: { case: id, name, docket, event },
  };
}

/** Two steps of one stage on one day are told apart by their order. */
function distinct(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const name = `${entry.kind}:${entry.key}`;
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n === 1 ? entry : { ...entry, key: `${entry.key}/${n}` };
  });
}

/** The record with these entries instead of its own; what has no entries (exceptions, enforcement) stays. */
export function withEntries(base: LedgerData, entries: readonly LedgerEntry[]): LedgerData {
  const rows = entries.flatMap((each) => (each.kind === 'row' ? [each.value] : []));
  const steps = entries.flatMap((each) => (each.kind === 'deal' ? [each.value] : []));
  const codes = new Set([...base.deals.map((deal) => deal.code), ...steps.map((each) => each.code)]);
  const deals = [...codes].map((code) => ({
    code,
    steps: steps.filter((each) => each.code === code).map((each) => each.step),
  }));
  return {
    ...base,
    rows,
    instruments: [...base.instruments, ...instrumentsOf(rows, base.instruments)],
    deals: deals.filter((deal) => deal.steps.length > 0),
    cases: casesOf(base, entries),
    where: (key) => base.where(key),
  };
}

/** Instruments that only approved rows name, as far as the rows tell. */
function instrumentsOf(rows: readonly LedgerRow[], known: readonly Instrument[]): readonly Instrument[] {
  const names = new Set(known.map((each) => each.name));
  const found = new Map<string, LedgerRow>();
  for (const row of rows) if (!names.has(row.instrument) && !found.has(row.instrument)) found.set(row.instrument, row);
  return [...found.values()].map((row) => ({
    name: row.instrument,
    kind: row.kind,
    citation: row.citation,
    authority: null,
    signed: row.signed,
    published: row.published,
    announced: row.announced,
    effective: row.effective,
    counts: {},
    otherDates: [],
    note: null,
    source: row.source,
    confidence: row.confidence,
    lastVerified: row.lastVerified,
  }));
}

function casesOf(base: LedgerData, entries: readonly LedgerEntry[]): readonly CourtCase[] {
  const events = entries.flatMap((each) => (each.kind === 'court' ? [each.value] : []));
  const known = new Map(base.cases.map((each) => [each.id, each]));
  const ids = new Set([...known.keys(), ...events.map((each) => each.case)]);
  return [...ids].flatMap((id) => {
    const own = events.filter((each) => each.case === id);
    const [first] = own;
    if (!first) return [];
    const history = own.map((each) => each.event).toSorted((a, b) => compareDates(a.date, b.date));
    const before = known.get(id);
    const last = history.at(-1);
    const told = before?.history.at(-1);
    const isNewer = last !== undefined && (!told || firstDay(last.date) > firstDay(told.date));
    const posture = before && !isNewer ? before.posture : (last?.posture ?? '');
    const fresh = { id, name: first.name, otherNames: [], docket: first.docket };
    return [{ ...(before ?? fresh), posture, history }];
  });
}
