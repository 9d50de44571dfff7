import type { LedgerRow, Tier } from '../core/ledger.ts';
import { firstDay, holds } from './dates.ts';

/** A stretch of days on which the same rows bear on a country. `to` is the first day after it. */
export interface Segment {
  from: string;
  to: string | null;
  tier: Tier;
  visaClasses: readonly string[];
  /** The row that answers for the stretch; null where nothing is suspended. */
  row: LedgerRow | null;
}

/** How wide a suspension reaches. */
export const tierRank: Readonly<Record<Tier, number>> = { none: 0, 'immigrant-only': 1, partial: 2, full: 3 };
const nothing = { tier: 'none', visaClasses: [], row: null } as const;

/**
 * One country's entry suspensions, day by day, from its first row on. A row that a later instrument carries on
 * steps back for that instrument's own; of several others the widest tier answers, then the newest.
 */
export function segmentsOf(rows: readonly LedgerRow[]): readonly Segment[] {
  const bans = rows.filter((row) => row.kind === 'entry-ban');
  const edges = new Set(
    bans.flatMap((row) => [row.effective, ...(row.ended === null ? [] : [row.ended])].map(firstDay)),
  );
  const days = [...edges].sort();
  return days.map((from, index) => ({ from, to: days[index + 1] ?? null, ...answering(bans, from) }));
}

function answering(bans: readonly LedgerRow[], day: string): Pick<Segment, 'tier' | 'visaClasses' | 'row'> {
  const inForce = bans.filter((row) => row.tier !== 'none' && holds(row.effective, row.ended, day));
  const own = inForce.filter((row) => !inForce.some((other) => other.instrument === row.continuedBy));
  const [row] = own.toSorted(
    (a, b) => tierRank[b.tier] - tierRank[a.tier] || (firstDay(a.effective) < firstDay(b.effective) ? 1 : -1),
  );
  return row ? { tier: row.tier, visaClasses: row.visaClasses, row } : nothing;
}

/** The stretch that holds a day; a stretch of nothing before the first row. */
export function segmentOn(segments: readonly Segment[], day: string): Segment {
  const found = segments.findLast((segment) => segment.from <= day);
  return found ?? { from: '0000-01-01', to: segments[0]?.from ?? null, ...nothing };
}

/** First day of the unbroken run of stretches up to `day` that all fulfil `same`; null when the day's own does not. */
export function unbrokenSince(
  segments: readonly Segment[],
  day: string,
  same: (segment: Segment) => boolean,
): string | null {
  let since: string | null = null;
  for (const segment of segments.filter((each) => each.from <= day).toReversed()) {
    if (!same(segment)) break;
    since = segment.from;
  }
  return since;
}
