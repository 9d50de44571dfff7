import type { LedgerDate } from '../core/ledger.ts';

/** First day that a date of any precision may mean: `2025-08` is 2025-08-01; `unknown` sorts after every day. */
export function firstDay(date: LedgerDate): string {
  if (date === 'unknown') return '9999-12-31';
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** Last day that a date of any precision may mean. */
export function lastDay(date: LedgerDate): string {
  if (date === 'unknown') return '9999-12-31';
  if (date.length === 4) return `${date}-12-31`;
  if (date.length > 7) return date;
  const [year = 0, month = 0] = date.split('-').map(Number);
  return `${date}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0')}`;
}

/** Oldest first; of two that begin on one day, the less precise first. */
export function compareDates(a: LedgerDate, b: LedgerDate): number {
  const [first, second] = [firstDay(a), firstDay(b)];
  return first < second ? -1 : first > second ? 1 : a.length - b.length;
}

/** Whether a period that ends on the first day not in force holds `day`. An end on a day not known never closes it. */
export function holds(from: LedgerDate, to: LedgerDate | null, day: string): boolean {
  return firstDay(from) <= day && (to === null || day < firstDay(to));
}
