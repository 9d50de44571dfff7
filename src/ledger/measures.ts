import type { BanStatus } from '../core/ban-status.ts';
import type { ExceptionRow, LedgerRow } from '../core/ledger.ts';
import { firstDay, holds } from './dates.ts';

/** Rows beside the bans that reach a country: its own, those for everyone, and those for countries under a ban. */
export function measuresFor(rows: readonly LedgerRow[], code: string, isBanned: boolean): readonly LedgerRow[] {
  return rows.filter(
    (row) =>
      row.kind !== 'entry-ban' &&
      (row.country === code ||
        (row.country === '*' &&
          (row.reach === 'all-nationalities' || (row.reach === 'entry-ban-countries' && isBanned)))),
  );
}

/** Whether a measure is known to be in force: one that ended on a day not known is, up to the day it was last seen. */
export function inForce(row: LedgerRow, day: string): boolean {
  if (row.ended !== 'unknown') return holds(row.effective, row.ended, day);
  return firstDay(row.effective) <= day && row.lastVerified !== 'unknown' && day <= row.lastVerified;
}

const statusWords: Readonly<Record<string, string>> = {
  excepted: 'excepted',
  'outside-scope': 'outside its scope',
  waiver: 'exception case by case',
  added: 'exception case by case, new',
  'court-made': 'excepted by court order',
  limited: 'limit',
};

/** Exceptions of the instruments that answer for the day, as far as they are this country's; nothing of any other instrument. */
export function exceptionsFor(
  exceptions: readonly ExceptionRow[],
  instruments: readonly string[],
  code: string,
  day: string,
): BanStatus['exceptions'] {
  return exceptions
    .filter((each) => instruments.includes(each.instrument) && isFor(each, code) && isThen(each, day))
    .flatMap((each) => {
      const words = statusWords[each.status];
      if (words === undefined) return [];
      const status = each.section === undefined ? words : `${words}, sec. ${each.section}`;
      const who = each.note === null ? each.who : `${each.who} (${each.note.replace(/\.$/, '')})`;
      return [{ who, status, instrument: each.instrument }];
    });
}

/** What an earlier instrument excepted and this one does not, in a sentence; null when nothing is. */
export function noLongerExcepted(exceptions: readonly ExceptionRow[], instrument: string, code: string): string | null {
  const gone = exceptions.filter(
    (each) => each.instrument === instrument && each.status === 'removed' && isFor(each, code),
  );
  return gone.length === 0 ? null : `${instrument} no longer excepts: ${gone.map((each) => each.who).join('; ')}.`;
}

/** Countries that an exception is for; none where it is for everyone under its instrument, or says in words. */
export function namedCodes({ appliesTo }: Pick<ExceptionRow, 'appliesTo'>): readonly string[] {
  return /^[A-Z]{2}( [A-Z]{2})*$/.test(appliesTo) ? appliesTo.split(' ') : [];
}

function isFor(exception: ExceptionRow, code: string): boolean {
  const named = namedCodes(exception);
  return named.length === 0 || named.includes(code);
}

function isThen(exception: ExceptionRow, day: string): boolean {
  return (exception.from === undefined || exception.from <= day) && (exception.to === undefined || day < exception.to);
}
