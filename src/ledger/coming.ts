import { addDays, monthNames } from '../core/calendar.ts';
import type { Countries } from '../core/country.ts';
import type { LedgerDate, LedgerRow, Source } from '../core/ledger.ts';
import type { Instrument, LedgerData } from '../core/ledger-data.ts';
import { slug } from '../core/slug.ts';
import { compareDates, firstDay } from './dates.ts';
import { measureTopic, type Reach } from './telling.ts';

/** Something that the record says is still to come. */
export interface ComingEvent extends Reach {
  /** The same for the same event as long as its date stands. */
  key: string;
  date: LedgerDate;
  /** `Proclamation 11111 takes effect`. */
  title: string;
  /** Anything a reader should know beside it. */
  note: string | null;
  source: Source;
}

type Names = Pick<Countries, 'name'>;

/** What takes effect, ends, is argued or falls due for review after `today` (`YYYY-MM-DD`, Washington), soonest first. */
export function comingEvents(data: LedgerData, countries: Names, today: string): readonly ComingEvent[] {
  const isToCome = (date: LedgerDate | null): date is LedgerDate =>
    date !== null && date !== 'unknown' && firstDay(date) > today;
  const isBeginning = (row: LedgerRow): boolean =>
    isToCome(row.effective) && row.change !== 'continued' && (row.tier !== 'none' || row.kind !== 'entry-ban');
  const isEnding = (row: LedgerRow): boolean => isToCome(row.ended) && !isReplaced(row, data.rows);
  const events = [
    ...grouped(data.rows.filter(isBeginning), (row) => row.effective).map((rows) => beginning(rows, countries)),
    ...grouped(data.rows.filter(isEnding), (row) => row.ended ?? '').map((rows) => ending(rows, countries)),
    ...hearings(data).filter(({ date }) => isToCome(date)),
    ...enforcement(data).filter(({ date }) => isToCome(date)),
    ...deals(data, countries).filter(({ date }) => isToCome(date)),
    ...data.instruments.flatMap((each) => nextReview(each, data.rows, today)),
  ];
  return events.sort((a, b) => compareDates(a.date, b.date));
}

/** Rows of one instrument and day are one event. */
function grouped(
  rows: readonly LedgerRow[],
  dateOf: (row: LedgerRow) => string,
): readonly [LedgerRow, ...LedgerRow[]][] {
  const groups = new Map<string, [LedgerRow, ...LedgerRow[]]>();
  for (const row of rows) {
    const key = `${row.instrument}|${dateOf(row)}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** Whether something of its kind takes the place of a row on the day that it ends: then nothing ends. */
function isReplaced(row: LedgerRow, rows: readonly LedgerRow[]): boolean {
  return rows.some(
    (other) =>
      other.country === row.country &&
      other.kind === row.kind &&
      other.effective === row.ended &&
      (other.kind !== 'entry-ban' || other.tier !== 'none'),
  );
}

function beginning(rows: readonly [LedgerRow, ...LedgerRow[]], countries: Names): ComingEvent {
  const [first] = rows;
  return {
    ...reachOf(rows),
    stages: ['effective'],
    key: `effective/${slug(first.instrument)}`,
    date: first.effective,
    title: `${first.instrument} takes effect`,
    note: whomOf(rows, countries),
    source: first.source,
  };
}

function ending(rows: readonly [LedgerRow, ...LedgerRow[]], countries: Names): ComingEvent {
  const [first] = rows;
  const by = first.endedBy === null || first.endedBy === first.instrument ? '' : ` (${first.endedBy})`;
  return {
    ...reachOf(rows),
    stages: ['lifted'],
    key: `ended/${slug(first.instrument)}`,
    date: first.ended ?? 'unknown',
    title: `${first.instrument} ends for ${rows.length === 1 ? nameOf(first, countries) : `${rows.length} countries`}${by}`,
    note: `The first day not in force. ${whomOf(rows, countries)}`,
    source: first.source,
  };
}

function reachOf(rows: readonly LedgerRow[]): Omit<Reach, 'stages'> {
  return {
    countries: [...new Set(rows.map((row) => row.country))].filter((code) => code !== '*'),
    everyone: rows.some((row) => row.country === '*'),
    topics: [...new Set(rows.map((row) => measureTopic(row.kind)))],
  };
}

function whomOf(rows: readonly LedgerRow[], countries: Names): string {
  const names = [...new Set(rows.map((row) => nameOf(row, countries)))];
  const rest = names.length - 12;
  return `For ${names.slice(0, 12).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

function nameOf({ country }: LedgerRow, countries: Names): string {
  return country === '*' ? 'every nationality' : countries.name(country);
}

function hearings(data: LedgerData): ComingEvent[] {
  return data.cases.flatMap(({ id, name, next, history, scope }) => {
    const source = history.at(-1)?.source;
    if (next === undefined || source === undefined) return [];
    const { date, what } = next;
    const named = [...new Set(history.flatMap((event) => event.countries))];
    const reach = { countries: named, everyone: false, topics: ['court' as const], stages: ['argued' as const] };
    return [
      {
        ...reach,
        key: `court/${id}`,
        date,
        title: `${name}: ${what}`,
        note: scope === undefined ? null : `It is about ${scope}.`,
        source,
      },
    ];
  });
}

function enforcement(data: LedgerData): ComingEvent[] {
  return data.enforcement.flatMap(({ instrument, state, countries, from, note, case: id }) => {
    const source = data.cases.find((each) => each.id === id)?.history.at(-1)?.source;
    const rows = data.rows.filter(
      (row) => row.instrument === instrument && row.tier !== 'none' && (countries?.includes(row.country) ?? true),
    );
    if (source === undefined || rows.length === 0) return [];
    const title = `${instrument}: ${state === 'enjoined' ? 'may no longer be enforced' : state === 'partly-enjoined' ? 'may be enforced in part' : 'may be enforced again'}`;
    return [{ ...reachOf(rows), stages: [], key: `enforcement/${slug(instrument)}`, date: from, title, note, source }];
  });
}

function deals(data: LedgerData, countries: Names): ComingEvent[] {
  return data.deals.flatMap(({ code, steps }) =>
    steps.map((step) => ({
      countries: [code],
      everyone: false,
      topics: ['third-country-removal' as const],
      stages: [step.stage],
      key: `removals/${code}/${step.stage}`,
      date: step.date,
      title: `${countries.name(code)}: third-country removals, ${step.stage.replaceAll('-', ' ')}`,
      note: step.note,
      source: step.source,
    })),
  );
}

/** The next report that an instrument in force orders. It may change a list, and need not. */
function nextReview(instrument: Instrument, rows: readonly LedgerRow[], today: string): ComingEvent[] {
  const { reviews, signed, name } = instrument;
  const inForce = rows.filter((row) => row.instrument === name && row.ended === null && row.tier !== 'none');
  if (reviews === undefined || signed?.length !== 10 || inForce.length === 0) return [];
  let date = addDays(signed, reviews.firstAfterDays);
  while (date <= today) date = addDays(date, reviews.everyDays);
  return [
    {
      ...reachOf(inForce),
      stages: [],
      key: `review/${slug(name)}`,
      date,
      title: `Review that ${name} orders falls due`,
      note: `By then the Secretary of State reports to the President whether the suspensions should go on, end or change (sec. ${reviews.section}; every ${reviews.everyDays} days). A list may change after it, and need not.`,
      source: instrument.source,
    },
  ];
}

/** `on 2026-12-11`, or `in December 2026, on a day not known`. */
export function dateWords(date: LedgerDate): string {
  const [year = '', month] = date.split('-');
  if (date.length === 10) return `on ${date}`;
  const name = monthNames[Number(month) - 1] ?? '';
  return `in ${name === '' ? '' : `${name.charAt(0).toUpperCase()}${name.slice(1)} `}${year}, on a day not known`;
}
