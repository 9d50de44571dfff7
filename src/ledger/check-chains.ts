import type { LedgerRow } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { Finding } from './check.ts';
import { compareDates, firstDay } from './dates.ts';

/** Rows of one country must follow each other: each overlap, continuation, end and gap explained by a row. */
export function checkChains(data: LedgerData): readonly Finding[] {
  const byCountry = new Map<string, LedgerRow[]>();
  for (const row of data.rows.filter((each) => each.kind === 'entry-ban'))
    byCountry.set(row.country, [...(byCountry.get(row.country) ?? []), row]);
  return [...byCountry.values()].flatMap((rows) => {
    const ordered = rows.toSorted((a, b) => compareDates(a.effective, b.effective));
    return [...overlaps(ordered), ...continuations(ordered), ...gaps(ordered), ...ends(ordered)];
  });
}

function overlaps(rows: readonly LedgerRow[]): Finding[] {
  const bans = rows.filter((row) => row.tier !== 'none');
  return bans.flatMap((row, index) =>
    bans
      .slice(index + 1)
      .filter((later) => row.ended === null || firstDay(later.effective) < firstDay(row.ended))
      .filter((later) => row.continuedBy !== later.instrument)
      .map((later) => ({
        kind: 'overlap' as const,
        message: `${row.id} is still in force when ${later.id} begins; end it, or say continuedBy: ${later.instrument}`,
        at: `row:${row.id}`,
      })),
  );
}

function continuations(rows: readonly LedgerRow[]): Finding[] {
  const found: Finding[] = [];
  for (const row of rows) {
    const carrier = rows.find((later) => later.instrument === row.continuedBy && later.change === 'continued');
    if (row.continuedBy !== undefined && !carrier)
      found.push({
        kind: 'link',
        message: `${row.id} says that ${row.continuedBy} continues it, and no row of that instrument does; add the row or remove continuedBy`,
        at: `row:${row.id}`,
      });
    if (row.change !== 'continued') continue;
    const before = rows.some(
      (earlier) =>
        firstDay(earlier.effective) < firstDay(row.effective) &&
        earlier.tier === row.tier &&
        (earlier.continuedBy === row.instrument || earlier.ended === row.effective),
    );
    if (!before)
      found.push({
        kind: 'gap',
        message: `${row.id} continues a suspension, and none of the same tier runs up to ${row.effective}; mend the earlier row's end or this row's change`,
        at: `row:${row.id}`,
      });
  }
  return found;
}

/** An upgrade or modification begins where the row before it ends. */
function gaps(rows: readonly LedgerRow[]): Finding[] {
  return rows
    .filter((row) => row.change === 'upgraded' || row.change === 'modified')
    .filter((row) => !rows.some((earlier) => earlier.tier !== 'none' && earlier.ended === row.effective))
    .map((row) => ({
      kind: 'gap',
      message: `${row.id} is ${row.change}, and no earlier row ends on ${row.effective}; end the row that it changes`,
      at: `row:${row.id}`,
    }));
}

/** A row ended by an instrument needs that instrument's own row, and a row that ends one needs one that it ends. */
function ends(rows: readonly LedgerRow[]): Finding[] {
  const ending = rows
    .filter((row) => row.tier === 'none' && (row.change === 'removed' || row.change === 'revoked'))
    .filter((row) => !rows.some((earlier) => earlier.tier !== 'none' && earlier.ended === row.effective))
    .map((row) => ({
      kind: 'link' as const,
      message: `${row.id} ends a suspension, and no row of this country ended on ${row.effective}; set that row's ended`,
      at: `row:${row.id}`,
    }));
  const ended = rows
    .filter((row) => row.tier !== 'none' && row.ended !== null && row.ended !== 'unknown')
    .filter((row) => !rows.some((later) => later.effective === row.ended && later.instrument === row.endedBy))
    .map((row) => ({
      kind: 'link' as const,
      message: `${row.id} ended on ${row.ended ?? ''} by ${row.endedBy ?? 'nothing named'}, and no row of that instrument begins then; add the row or correct the end`,
      at: `row:${row.id}`,
    }));
  return [...ending, ...ended];
}
