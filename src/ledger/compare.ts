import type { StatusChange } from '../core/ban-status.ts';
import type { Countries } from '../core/country.ts';
import type { LedgerRow } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { segmentOn, segmentsOf } from './segments.ts';

/** What changed on paper from one day to another: tiers, and visa classes within a tier. By country name. */
export function compareDays(data: LedgerData, countries: Countries, from: string, to: string): readonly StatusChange[] {
  const byCountry = new Map<string, LedgerRow[]>();
  for (const row of data.rows) byCountry.set(row.country, [...(byCountry.get(row.country) ?? []), row]);
  const changes = [...byCountry].flatMap(([code, rows]) => {
    const segments = segmentsOf(rows);
    const [before, after] = [segmentOn(segments, from), segmentOn(segments, to)];
    const isSame = before.tier === after.tier && before.visaClasses.join() === after.visaClasses.join();
    if (isSame) return [];
    const instrument = after.row?.instrument ?? null;
    return [{ code, name: countries.name(code), before: before.tier, after: after.tier, instrument }];
  });
  return changes.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
