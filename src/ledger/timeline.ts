import type { Countries } from '../core/country.ts';
import type { TimelineEvent, TimelineFilter } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { firstDay, lastDay } from './dates.ts';
import { eventsOf } from './events.ts';

/**
 * Steps that a filter lets through, oldest first. A date of less precision counts where any of its days would. The steps
 * of a country are worked out once: this data never changes.
 */
export function createTimeline(
  data: LedgerData,
  countries: Countries,
): (filter: TimelineFilter) => readonly TimelineEvent[] {
  const known = new Map<string | undefined, readonly TimelineEvent[]>();
  return (filter) => {
    const all = known.get(filter.country) ?? eventsOf(data, countries, filter.country);
    known.set(filter.country, all);
    return all.filter(
      (event) =>
        (filter.kinds === undefined || filter.kinds.includes(event.kind)) &&
        (filter.case === undefined || event.matter === `court/${filter.case}`) &&
        (filter.since === undefined || lastDay(event.date) >= filter.since) &&
        (filter.until === undefined || firstDay(event.date) <= filter.until),
    );
  };
}
