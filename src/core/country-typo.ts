import type { CountryCode } from './country.ts';
import type { Spelling } from './country-names.ts';
import { editDistance, fewestSlips, lettersOf } from './edit-distance.ts';

/** What a misspelling may have meant. `close` holds suggestions that are too far to be taken. */
export type NearNames =
  | { kind: 'one'; code: CountryCode }
  | { kind: 'several'; codes: readonly CountryCode[] }
  | { kind: 'none'; close: readonly CountryCode[] };

/** How many slips beyond the allowed ones still make a suggestion. */
const reach = 1;
/** People seldom make more slips in one name: any name that is as near may have been meant. */
const usualSlips = 2;

/**
 * The country a misspelt key is nearest to, if it alone is. One slip in names of 4 to 7 letters, two up to 11,
 * three beyond; the first letter must be right unless the name is long and the slip single. A near-tie, any
 * doubt between twins, and another country's own name within two slips are answered with all that it could be;
 * what is near a short word alone that is no country's own name (`rusa`, `USVI`) is a suggestion.
 */
export function nearestNames(
  spellings: readonly Spelling[],
  key: string,
  twins: readonly ReadonlySet<CountryCode>[],
): NearNames {
  const allowed = slips(key.length);
  const near: Near[] = [];
  const letters = lettersOf(key);
  for (const spelling of spellings) {
    if (fewestSlips(letters, spelling.letters) > allowed + reach) continue;
    const distance = editDistance(key, spelling.key, allowed + reach);
    if (distance <= allowed + reach) near.push({ ...spelling, codes: spelling.target.codes, distance });
  }
  const believable = near.filter((each) => each.distance <= allowed && startsAlike(key, each));
  const distances = byCountry(near);
  if (believable.length === 0) {
    // A suggestion must look like what was typed: the same two letters first, or a single slip.
    const alike = near.filter((each) => each.distance === 1 || each.key.slice(0, 2) === key.slice(0, 2));
    return { kind: 'none', close: allowed === 0 ? [] : closest(byCountry(alike)) };
  }
  const least = Math.min(...believable.map((each) => each.distance));
  // A lost first letter (`ganda` of Uganda, beside Gana) is no less a slip: what is as near is asked about too.
  const codes = near
    .filter((each) => each.distance <= (each.isOwn ? Math.max(least, usualSlips) : least))
    .flatMap((each) => each.codes);
  const doubted = [...distances]
    .filter(([code, distance]) => distance <= least + 1 && areTwins(code, codes, twins))
    .map(([code]) => code);
  const all = [...new Set([...codes, ...doubted])];
  const [only] = all;
  if (all.length > 1 || only === undefined) return { kind: 'several', codes: all };
  return believable.some((each) => each.isTelling) ? { kind: 'one', code: only } : { kind: 'none', close: all };
}

interface Near extends Pick<Spelling, 'key' | 'isOwn' | 'isTelling'> {
  codes: readonly CountryCode[];
  distance: number;
}

function byCountry(near: readonly Near[]): ReadonlyMap<CountryCode, number> {
  const distances = new Map<CountryCode, number>();
  for (const { codes, distance } of near)
    for (const code of codes) distances.set(code, Math.min(distance, distances.get(code) ?? distance));
  return distances;
}

function slips(length: number): number {
  if (length < 4) return 0;
  return length <= 7 ? 1 : length <= 11 ? 2 : 3;
}

function startsAlike(key: string, { key: other, distance }: Near): boolean {
  const same = key[0] === other[0] || (key[0] === other[1] && key[1] === other[0]);
  return same || (distance === 1 && key.length >= 7);
}

function areTwins(
  code: CountryCode,
  codes: readonly CountryCode[],
  twins: readonly ReadonlySet<CountryCode>[],
): boolean {
  return twins.some((group) => group.has(code) && codes.some((other) => other !== code && group.has(other)));
}

function closest(distances: ReadonlyMap<CountryCode, number>): readonly CountryCode[] {
  return [...distances].sort((a, b) => a[1] - b[1]).map(([code]) => code);
}
