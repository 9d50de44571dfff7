import type { CountryCode } from '../../core/country.ts';
import type { Mention } from './gazetteer.ts';
import { after, before, has, hits, listGroups, type Unit } from './units.ts';

type Codes = Set<CountryCode>;

/** `the judge barred officials from …` bars no nationals. */
function tellsBan(unit: Unit): boolean {
  return hits(unit, 'ban-now').some((hit) => !before(unit, 'court-body', hit.from, 8)) && !has(unit, 'not-ban');
}

/** Countries that the text says are under the US entry suspension, in an article about something else. */
export function bannedBesides(units: readonly Unit[], receiving: Codes): Codes {
  const found: Codes = new Set();
  const main = [...receiving];
  units.forEach((unit, at) => {
    if (!tellsBan(unit)) return;
    if (unit.mentions.length > 0) for (const mention of unit.mentions) found.add(mention.code);
    else if (before(unit, 'both', 2, 2)) for (const mention of units[at - 1]?.mentions ?? []) found.add(mention.code);
    else if (main.length === 1 && has(unit, 'anaphor') && main[0] !== undefined) found.add(main[0]);
  });
  return found;
}

/** In an article about the suspension itself every country is under it, but for those told as spared or by the way. */
export function bannedMain(units: readonly Unit[]): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    if (unit.background) continue;
    for (const group of listGroups(unit)) {
      for (const mention of group) {
        if (!isSpared(unit, mention, group) && tellsListing(unit, group)) found.add(mention.code);
      }
    }
  }
  return found;
}

/** At the top every country is meant; further down the sentence must speak of the suspension or list several. */
function tellsListing(unit: Unit, group: readonly Mention[]): boolean {
  return unit.index < 4 || group.length > 2 || has(unit, 'ban', 'ban-now', 'full', 'partial', 'visas');
}

function isSpared(unit: Unit, mention: Mention, group: readonly Mention[]): boolean {
  const first = group[0] ?? mention;
  const last = group.at(-1) ?? mention;
  if (group.length > 3) return false;
  const clauseEnd = unit.breaks.findIndex((broken, at) => broken && at > last.to);
  const reach = (clauseEnd === -1 ? unit.tokens.words.length : clauseEnd) - last.to;
  if (after(unit, 'ban-listed', last.to, 14)) return false;
  if (before(unit, 'just-not', first.from, 1)) return true;
  if (after(unit, 'not-ban', last.to, Math.min(reach, 10))) return true;
  if (before(unit, 'not-ban', first.from, 5)) return true;
  return mention.kind === 'people' && after(unit, 'person', mention.to, 2);
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
