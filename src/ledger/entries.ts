import type { CourtCase, CourtEvent, DealStep, ExceptionRow, LedgerRow } from '../core/ledger.ts';
import type { EnforcementPeriod, Instrument, LedgerData, ProgrammeRuling } from '../core/ledger-data.ts';
import type { CourtStep, LedgerEntry } from '../core/review.ts';
import { slug } from '../core/slug.ts';
import { compareDates, firstDay } from './dates.ts';

/** The record as single entries, each under a key that stays while others come and go. */
export function entriesOf(data: LedgerData): readonly LedgerEntry[] {
  return distinct([
    ...data.rows.map(rowEntry),
    ...data.deals.flatMap((deal) => deal.steps.map((step) => dealEntry(deal.code, step))),
    ...data.cases.flatMap((each) => each.history.map((event) => courtEntry(each, event))),
    ...data.exceptions.map(exceptionEntry),
    ...data.enforcement.map(enforcementEntry),
    ...data.programmes.map(programmeEntry),
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
  next?: CourtStep['next'],
): LedgerEntry {
  return {
    kind: 'court',
    key: `${id}/${event.date}/${event.stage ?? 'step'}`,
    value: { case: id, name, docket, event, ...(next === undefined ? {} : { next }) },
  };
}

export function exceptionEntry(exception: ExceptionRow): LedgerEntry {
  const { instrument, status, who } = exception;
  return {
    kind: 'exception',
    key: `${slug(instrument)}/${status}/${slug(who).slice(0, 60)}`,
    value: exception,
  };
}

export function enforcementEntry(period: EnforcementPeriod): LedgerEntry {
  return { kind: 'enforcement', key: `${slug(period.instrument)}/${period.from}`, value: period };
}

export function programmeEntry(ruling: ProgrammeRuling): LedgerEntry {
  return { kind: 'programme', key: `${ruling.programme}/${ruling.case}/${ruling.date}`, value: ruling };
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

/** The record with these entries instead of its own; a kind of which there is no entry, as in older histories, stays. */
export function withEntries(base: LedgerData, entries: readonly LedgerEntry[]): LedgerData {
  const rows = entries.flatMap((each) => (each.kind === 'row' ? [each.value] : []));
  const steps = entries.flatMap((each) => (each.kind === 'deal' ? [each.value] : []));
  const exceptions = entries.flatMap((each) => (each.kind === 'exception' ? [each.value] : []));
  const enforcement = entries.flatMap((each) => (each.kind === 'enforcement' ? [each.value] : []));
  const programmes = entries.flatMap((each) => (each.kind === 'programme' ? [each.value] : []));
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
    exceptions: orElse(exceptions, base.exceptions),
    enforcement: orElse(enforcement, base.enforcement),
    programmes: orElse(programmes, base.programmes),
    where: (key) => base.where(key),
  };
}

function orElse<Value>(values: readonly Value[], otherwise: readonly Value[]): readonly Value[] {
  return values.length > 0 ? values : otherwise;
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
    const next = own.findLast((each) => each.next !== undefined)?.next ?? before?.next;
    return [{ ...(before ?? fresh), posture, history, ...(next === undefined ? {} : { next }) }];
  });
}
