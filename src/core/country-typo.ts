import type { CountryCode } from './country.ts';
import type { NameTarget } from './country-names.ts';
import { editDistance } from './edit-distance.ts';

/** What a misspelling may have meant. `close` holds suggestions that are too far to be taken. */
export type NearNames =
  | { kind: 'one'; code: CountryCode }
  | { kind: 'several'; codes: readonly CountryCode[] }
  | { kind: 'none'; close: readonly CountryCode[] };

/** How many slips beyond the allowed ones still make a suggestion. */
const reach = 1;

/**
 * The country a misspelt key is nearest to, if it alone is. One slip in names of 4 to 7 letters, two up to 11,
 * three beyond; the first letter must be right unless the name is long and the slip single. A near-tie, and
 * any doubt between twins, is answered with all that it could be.
 */
export function nearestNames(
  spellings: readonly { key: string; target: NameTarget }[],
  key: string,
  twins: readonly ReadonlySet<CountryCode>[],
): NearNames {
  const allowed = slips(key.length);
  const distances = new Map<CountryCode, number>();
  for (const { key: other, target } of spellings) {
    const distance = editDistance(key, other, allowed + reach);
    if (distance > allowed + reach) continue;
    for (const code of target.codes) distances.set(code, Math.min(distance, distances.get(code) ?? Infinity));
  }
  const best = spellings.filter((each) => isBelievable(key, each.key, allowed));
  if (best.length === 0) return { kind: 'none', close: closest(distances, allowed) };
  const least = Math.min(...best.map((each) => editDistance(key, each.key, allowed)));
  const winners = best.filter((each) => editDistance(key, each.key, allowed) === least);
  const codes = [...new Set(winners.flatMap((each) => each.target.codes))];
  const doubted = [...distances]
    .filter(([code, distance]) => distance <= least + 1 && areTwins(code, codes, twins))
    .map(([code]) => code);
  const all = [...new Set([...codes, ...doubted])];
  const [only] = all;
  return all.length === 1 && only !== undefined ? { kind: 'one', code: only } : { kind: 'several', codes: all };
}

function slips(length: number): number {
  if (length < 4) return 0;
  return length <= 7 ? 1 : length <= 11 ? 2 : 3;
}

function isBelievable(key: string, other: string, allowed: number): boolean {
  const distance = editDistance(key, other, allowed);
  if (distance > allowed) return false;
  const startsAlike = key[0] === other[0] || (key[0] === other[1] && key[1] === other[0]);
  return startsAlike || (distance === 1 && key.length >= 7);
}

function areTwins(
  code: CountryCode,
  codes: readonly CountryCode[],
  twins: readonly ReadonlySet<CountryCode>[],
): boolean {
  return twins.some((group) => group.has(code) && codes.some((other) => other !== code && group.has(other)));
}

function closest(distances: ReadonlyMap<CountryCode, number>, allowed: number): readonly CountryCode[] {
  if (allowed === 0) return [];
  return [...distances].sort((a, b) => a[1] - b[1]).map(([code]) => code);
}
