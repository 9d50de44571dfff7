import type { LedgerRow } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { firstDay } from './dates.ts';

/** Day a row could first be known: signed, else announced, else in effect. */
export function learnedOn(row: Pick<LedgerRow, 'signed' | 'announced' | 'effective'>): string {
  return firstDay(row.signed ?? row.announced ?? row.effective);
}

/**
 * The record as it stood on a day: rows signed or announced later are left out, and so are ends and continuations
 * that later instruments brought. A court's ruling is known from the day it ends something.
 */
export function asKnownOn(data: LedgerData, day: string): LedgerData {
  const signed = new Map(data.instruments.map((each) => [each.name, learnedOn(each)]));
  const isKnown = (instrument: string, otherwise: string): boolean => (signed.get(instrument) ?? otherwise) <= day;
  const rows = data.rows
    .filter((row) => learnedOn(row) <= day)
    .map((row) => {
      const { continuedBy, ...rest } = row;
      const ended =
        row.ended !== null && isKnown(row.endedBy ?? '', row.ended === 'unknown' ? '' : firstDay(row.ended));
      const open: LedgerRow = ended ? rest : { ...rest, ended: null, endedBy: null };
      return continuedBy !== undefined && isKnown(continuedBy, '') ? { ...open, continuedBy } : open;
    });
  const cases = data.cases
    .map((each) => ({ ...each, history: each.history.filter((event) => firstDay(event.date) <= day) }))
    .filter((each) => each.history.length > 0);
  const enforcement = data.enforcement
    .filter((period) => period.from <= day)
    .map((period) => (period.to === null || period.to <= day ? period : { ...period, to: null }));
  const exceptions = data.exceptions
    .filter((each) => each.from === undefined || each.from <= day)
    .map(({ to, ...each }) => (to === undefined || to > day ? each : { ...each, to }));
  return { ...data, rows, cases, enforcement, exceptions };
}
