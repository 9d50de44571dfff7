import type { BanList } from '../core/ban-status.ts';
import type { Countries } from '../core/country.ts';
import type { LedgerRow } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { asKnownOn } from './known.ts';
import { inForce } from './measures.ts';
import { segmentOn, segmentsOf, unbrokenSince } from './segments.ts';
import { upcomingOf } from './status.ts';

const rule =
  'Each country is counted once, at the tier of the suspension on paper that day. Suspensions of immigrants only (Turkmenistan since 2026) are counted apart; documents of the Palestinian Authority, visa pauses and other measures are not counted. Other counts (38, 39, 19 and 20) come from counting these otherwise.';

/** Every country under an entry suspension on a day, and what stands beside it. */
export function banListOf(all: LedgerData, countries: Countries, on: string, known?: string): BanList {
  const data = known === undefined ? all : asKnownOn(all, known);
  const byCountry = new Map<string, LedgerRow[]>();
  for (const row of data.rows) byCountry.set(row.country, [...(byCountry.get(row.country) ?? []), row]);
  const upcoming = [...byCountry].flatMap(([code, rows]) => {
    const segments = segmentsOf(rows);
    const next = upcomingOf(rows, segments, segmentOn(segments, on), on);
    return next.map((each) => ({ code, name: countries.name(code), ...each }));
  });
  const banned = [...byCountry].flatMap(([code, rows]) => {
    const segments = segmentsOf(rows);
    const { tier, row } = segmentOn(segments, on);
    const since = unbrokenSince(segments, on, (each) => each.tier === tier);
    if (row === null || since === null) return [];
    return [{ code, name: countries.name(code), tier, since, instrument: row.instrument }];
  });
  banned.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const beside = data.rows.filter((row) => row.kind !== 'entry-ban' && inForce(row, on));
  const count = (tier: LedgerRow['tier']): number => banned.filter((each) => each.tier === tier).length;
  return {
    version: 1,
    on,
    countries: banned,
    documents: beside
      .filter((row) => row.kind === 'document-rule')
      .map((row) => ({
        code: row.country,
        rule: 'Travel documents issued or endorsed by the Palestinian Authority: entry suspended',
        from: row.effective,
        instrument: row.instrument,
      })),
    other: beside
      .filter((row) => row.kind !== 'document-rule')
      .map((row) => ({ code: row.country, kind: row.kind, from: row.effective, instrument: row.instrument })),
    ...(upcoming.length === 0 ? {} : { upcoming: upcoming.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) }),
    counts: { full: count('full'), partial: count('partial'), immigrantOnly: count('immigrant-only'), rule },
    dataEnds: data.dataEnds,
  };
}
