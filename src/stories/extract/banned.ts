import type { CountryCode } from '../../core/country.ts';
import type { Mention } from './gazetteer.ts';
import { after, before, has, hits, listGroups, type Unit } from './units.ts';

type Codes = Set<CountryCode>;

/** `the judge barred officials from …`, `barred removals` bar no nationals. */
export function tellsBan(unit: Unit): boolean {
  const denied = hits(unit, 'not-ban');
  return hits(unit, 'ban-now').some(
    (hit) =>
      !before(unit, 'court-body', hit.from, 8) && !denied.some(({ from, to }) => from <= hit.from && hit.to <= to),
  );
}

/** Countries that the text says are under the US entry suspension, in an article about something else. */
export function bannedBesides(units: readonly Unit[], receiving: Codes): Codes {
  const found: Codes = new Set();
  const [main, ...others] = [...receiving];
  units.forEach((unit, at) => {
    if (!tellsBan(unit)) return;
    const denied = has(unit, 'not-ban');
    const denies =
      denied && unit.mentions.length < 2 && hits(unit, 'ban-now').some(({ from }) => before(unit, 'not-ban', from, 8));
    for (const group of listGroups(unit)) {
      if (denies || (denied && isSpared(unit, group))) continue;
      for (const mention of group) if (!isLifted(unit, group)) found.add(mention.code);
    }
    const first = unit.mentions[0];
    if (first === undefined && before(unit, 'both', 2, 2)) {
      for (const mention of units[at - 1]?.mentions ?? []) found.add(mention.code);
    } else if (main !== undefined && others.length === 0 && !denied) {
      if (first === undefined ? has(unit, 'anaphor') : before(unit, 'anaphor', first.from, 4)) found.add(main);
    }
  });
  return found;
}

/** `Ruritania was taken off the list`: told of another day, it is under the ban no longer. */
function isLifted(unit: Unit, group: readonly Mention[]): boolean {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined) return false;
  return after(unit, 'off-list', last.to, 6) || before(unit, 'off-list', first.from, 3);
}

/** In an article about the suspension itself every country is under it, but for those told as spared or by the way. */
export function bannedMain(units: readonly Unit[]): Codes {
  const found: Codes = new Set();
  const titled = new Set(units[0]?.mentions.map(({ code }) => code));
  units.forEach((unit, at) => {
    if (unit.background) return;
    for (const group of listGroups(unit)) {
      if (isSpared(unit, group) || !tellsListing(unit, units[at - 1], group)) continue;
      for (const mention of group) {
        if (isPerson(unit, mention)) continue;
        if (titled.has(mention.code) || !(isLifted(unit, group) || isPost(unit, mention))) found.add(mention.code);
      }
    }
  });
  return found;
}

/** At the top every country is meant; further down the sentence must speak of the suspension, list several, or go on with it. */
function tellsListing(unit: Unit, last: Unit | undefined, group: readonly Mention[]): boolean {
  if (unit.index < 4 || group.length > 2 || has(unit, 'ban', 'ban-now', 'full', 'partial', 'visas')) return true;
  const [first] = group;
  return group.length > 1 && first?.from === 0 && last !== undefined && has(last, 'full', 'partial');
}

function isSpared(unit: Unit, group: readonly Mention[]): boolean {
  const [first, last] = [group[0], group.at(-1)];
  if (first === undefined || last === undefined || group.length > 3) return false;
  const clauseEnd = unit.breaks.findIndex((broken, at) => broken && at > last.to);
  const reach = (clauseEnd === -1 ? unit.tokens.words.length : clauseEnd) - last.to;
  if (after(unit, 'ban-listed', last.to, 14)) return false;
  if (before(unit, 'just-not', first.from, 1)) return true;
  return after(unit, 'not-ban', last.to, Math.min(reach, 10)) || before(unit, 'not-ban', first.from, 5);
}

/** `a Ruritanian driver` does not say that Ruritania is listed. */
function isPerson(unit: Unit, mention: Mention): boolean {
  return mention.kind === 'people' && after(unit, 'person', mention.to, 2);
}

/** `the embassy in Suva`, `interviews are held in Suva`: where the visas of others are given; no ban names a town. */
function isPost(unit: Unit, { kind, from }: Mention): boolean {
  return kind === 'capital' || before(unit, 'post-in', from, 1);
}

/** Countries told as still under the entry suspension in an article about visas. */
export function bannedInVisa(units: readonly Unit[]): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    if (!has(unit, 'barred-still')) continue;
    for (const mention of unit.mentions) found.add(mention.code);
  }
  return found;
}
