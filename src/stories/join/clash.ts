import { apart } from './sets.ts';
import type { Structure } from './structure.ts';
import type { Item } from './window.ts';
import { countryWords, daysApart, listed } from './words.ts';

/** Days within which a confirmation, denial or refusal still belongs to the act it answers. */
const answerDays = 7;

/** A court named only by its kind (`district`, `ca`) may be any court of that kind. */
function courtsMayAgree(a: string, b: string): boolean {
  const kind = (court: string) =>
    court === 'district' || /^[a-z]{1,2}-/.test(court) || court === 'sdny' ? 'district' : 'ca';
  if (a === b) return true;
  if (a === 'district' || b === 'district') return a !== 'scotus' && b !== 'scotus' && kind(a) === kind(b);
  if (a === 'ca' || b === 'ca') return a.startsWith('ca') && b.startsWith('ca');
  return false;
}

function countryClash(a: Structure, b: Structure): string | null {
  if (apart(a.receiving, b.receiving)) {
    return `different receiving countries: ${countryWords(a.receiving)} and ${countryWords(b.receiving)}`;
  }
  if (a.family !== 'ban' || b.family !== 'ban') return null;
  const few = Math.max(a.banned.length, b.banned.length) <= 2;
  if (few && apart(a.banned, b.banned)) {
    return `different countries under the ban: ${countryWords(a.banned)} and ${countryWords(b.banned)}`;
  }
  return few && a.tier !== null && b.tier !== null && a.tier !== b.tier
    ? `different tier: ${a.tier} and ${b.tier}`
    : null;
}

function courtClash(a: Structure, b: Structure): string | null {
  if (a.family !== 'court' || b.family !== 'court') return null;
  if (apart(a.cases, b.cases)) return `different cases: ${listed(a.cases)} and ${listed(b.cases)}`;
  if (a.courts.length === 0 || b.courts.length === 0) return null;
  return a.courts.some((court) => b.courts.some((other) => courtsMayAgree(court, other)))
    ? null
    : `different courts: ${listed(a.courts)} and ${listed(b.courts)}`;
}

function ordinalClash(a: Structure, b: Structure): string | null {
  for (const x of a.ordinals) {
    const same = b.ordinals.filter((y) => y.of === x.of);
    if (same.length > 0 && !same.some((y) => y.n === x.n)) {
      return `different ${x.of}: number ${x.n} and number ${same[0]?.n}`;
    }
  }
  return null;
}

/** `the second flight`, days after people arrived: those were others, though nobody counted them. */
function laterGroup(a: Structure, b: Structure, gap: number): string | null {
  if (a.act !== 'arrival' || b.act !== 'arrival' || gap < 4) return null;
  const numbered = [a, b].map(({ ordinals }) =>
    ordinals.find(({ of, n }) => (of === 'flight' || of === 'batch') && n > 1),
  );
  const [x, y] = numbered;
  if ((x === undefined) === (y === undefined)) return null;
  return 'one of them tells of a later group';
}

/** First counts of one day differ between outlets; those of different days, or of two headlines, are two groups. */
function peopleClash(a: Item, b: Item, gap: number): string | null {
  const [x, y] = [a.structure, b.structure];
  if (x.act !== 'arrival' || y.act !== 'arrival' || !apart(x.people, y.people)) return null;
  const bare = a.vector.words < 4 && b.vector.words < 4;
  return gap >= 1 || bare ? `different numbers of people: ${listed(x.people)} and ${listed(y.people)}` : null;
}

function timeClash(a: Item, b: Item, gap: number): string | null {
  if (gap > answerDays) return daysApart(gap);
  const effect = Math.abs(a.structure.effectiveDay - b.structure.effectiveDay);
  const both = a.structure.act === 'effect' && b.structure.act === 'effect';
  return both && effect > 2 ? 'different days of taking effect' : null;
}

export interface Clash {
  kind: 'country' | 'court' | 'number' | 'time';
  reason: string;
}

/** Why two articles cannot tell the same development, in words; null when nothing speaks against it. */
export function clashOf(x: Item, y: Item, gap: number): Clash | null {
  const [a, b] = [x.structure, y.structure];
  const sameDay = gap < 1 && x.vector.words >= 8 && y.vector.words >= 8;
  const checks: readonly (readonly [Clash['kind'], string | null])[] = [
    ['country', countryClash(a, b)],
    ['time', timeClash(x, y, gap)],
    ['number', sameDay ? null : ordinalClash(a, b)],
    ['number', laterGroup(a, b, gap)],
    ['number', peopleClash(x, y, gap)],
    ['court', courtClash(a, b)],
  ];
  for (const [kind, reason] of checks) if (reason !== null) return { kind, reason };
  return null;
}
