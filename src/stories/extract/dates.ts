import { createPhraseMatcher, type PhraseMatcher } from '../phrases.ts';
import type { Calendar } from './reading-data.ts';
import { before, has, type Unit } from './units.ts';

export interface DateReading {
  /** `YYYY-MM-DD` or null. */
  eventDate: string | null;
  effectiveDate: string | null;
}

export interface Published {
  /** ISO 8601; the day that `on Thursday` is reckoned from. */
  at: string;
  /** False when the day is only when it reached us: then weekdays tell nothing. */
  told: boolean;
}

export type DateReader = (units: readonly Unit[], published: Published) => DateReading;

type Word = { kind: 'weekday' | 'month' | 'yesterday' | 'today' | 'last'; value: number };

interface Dated {
  /** Milliseconds, midnight UTC; `told` dates need no publication day. */
  day: number;
  at: number;
  explicit: boolean;
}

const dayMs = 86_400_000;

function* calendarEntries(calendar: Calendar): Generator<[string, Word]> {
  for (const [key, words] of Object.entries(calendar.weekdays)) {
    for (const word of words) yield [word, { kind: 'weekday', value: Number(key) }];
  }
  for (const [key, words] of Object.entries(calendar.months)) {
    for (const word of words) yield [word, { kind: 'month', value: Number(key) }];
  }
  for (const kind of ['yesterday', 'today', 'last'] as const) {
    for (const word of calendar[kind]) yield [word, { kind, value: 0 }];
  }
}

function midnight(iso: string): number {
  return Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
}

function isoDay(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

/** The year that puts the day nearest to publication; `took effect on Jan. 1` is the latest such day before it. */
function nearest(month: number, day: number, published: number, isPast: boolean): number {
  const year = new Date(published).getUTCFullYear();
  const years = [year - 1, year, year + 1].map((one) => Date.UTC(one, month - 1, day));
  const candidates = isPast ? years.filter((one) => one <= published) : years;
  return candidates.reduce((best, one) => (Math.abs(one - published) < Math.abs(best - published) ? one : best));
}

const fillers = new Set(['de', 'of', 'the']);

/** `June 9, 2025`, `9 June`, `9 de junio de 2025`: the day and year around a month at token `at`. */
function explicitDay(unit: Unit, at: number, month: number, published: number): Dated | null {
  const words = unit.tokens.words;
  const back = fillers.has(words[at - 1] ?? '') ? at - 2 : at - 1;
  const dayBefore = /^\d{1,2}(?:er|st|nd|rd|th)?$/.test(words[back] ?? '') ? Number.parseInt(words[back] ?? '', 10) : 0;
  const dayAfter = /^\d{1,2}(?:st|nd|rd|th)?$/.test(words[at + 1] ?? '') ? Number.parseInt(words[at + 1] ?? '', 10) : 0;
  const day = dayBefore || dayAfter;
  if (day < 1 || day > 31) return null;
  const next = dayBefore > 0 ? at + 1 : at + 2;
  const yearAt = fillers.has(words[next] ?? '') ? next + 1 : next;
  const year = /^20\d\d$/.test(words[yearAt] ?? '') ? Number(words[yearAt]) : null;
  const isPast = before(unit, 'effective-past', at, 6);
  const time = year === null ? nearest(month, day, published, isPast) : Date.UTC(year, month - 1, day);
  return { day: time, at: dayBefore > 0 ? back : at, explicit: true };
}

function weekdayBefore(weekday: number, published: number, afterwards: boolean): number {
  const today = new Date(published).getUTCDay();
  const back = (today - weekday + 7) % 7;
  return afterwards ? published + ((7 - back) % 7) * dayMs : published - back * dayMs;
}

function datesIn(unit: Unit, matcher: PhraseMatcher<Word>, published: Published): Dated[] {
  const base = midnight(published.at);
  const found: Dated[] = [];
  for (const { value, from } of matcher(unit.tokens)) {
    if (value.kind === 'month') {
      const dated = explicitDay(unit, from, value.value, base);
      if (dated !== null) found.push(dated);
    } else if (published.told && value.kind === 'weekday') {
      found.push({ day: weekdayBefore(value.value, base, isAhead(unit, from)), at: from, explicit: false });
    } else if (published.told && value.kind === 'yesterday') {
      found.push({ day: base - dayMs, at: from, explicit: false });
    } else if (published.told && value.kind === 'today') {
      found.push({ day: base, at: from, explicit: false });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** `from Monday`, `takes effect on Monday`: a day to come; not `took effect as of Monday`. */
function isAhead(unit: Unit, at: number): boolean {
  const starts =
    before(unit, 'starting', at, 3) ||
    before(unit, 'effective', at, 5) ||
    (before(unit, 'will-end', at, 10) && before(unit, 'on-day', at, 1));
  return starts && !before(unit, 'effective-past', at, 6);
}

/** Builds the reader of days. */
export function createDateReader(calendar: Calendar): DateReader {
  const matcher = createPhraseMatcher(calendarEntries(calendar));
  return (units, published) => {
    let eventDate: string | null = null;
    let effectiveDate: string | null = null;
    for (const unit of units.filter((one) => !one.background).slice(0, 20)) {
      for (const dated of datesIn(unit, matcher, published)) {
        const starts = isAhead(unit, dated.at) || (has(unit, 'effective') && before(unit, 'effective', dated.at, 8));
        if (starts) effectiveDate ??= isoDay(dated.day);
        else if (
          unit.index < 4 &&
          dated.day <= midnight(published.at) &&
          dated.day > midnight(published.at) - 14 * dayMs
        ) {
          eventDate ??= isoDay(dated.day);
        }
      }
    }
    return { eventDate, effectiveDate };
  };
}
