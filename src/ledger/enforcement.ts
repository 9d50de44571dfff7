import type { Enforcement } from '../core/ledger.ts';
import type { EnforcementPeriod } from '../core/ledger-data.ts';
import type { Segment } from './segments.ts';

/** What courts allowed of the day's suspension. Where no order is on record, it could be enforced. */
export function enforcementOn(periods: readonly EnforcementPeriod[], segment: Segment, day: string): Enforcement {
  if (segment.row === null) return { state: 'not-applicable', case: null, since: null, note: null };
  const { instrument, country } = segment.row;
  const period = periods.find(
    (each) =>
      each.instrument === instrument &&
      (each.countries?.includes(country) ?? true) &&
      each.from <= day &&
      (each.to === null || day < each.to),
  );
  if (!period) return { state: 'in-force', case: null, since: null, note: null };
  return { state: period.state, case: period.case, since: period.from, note: period.note };
}
