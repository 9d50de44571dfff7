import type { CountryCode } from '../../core/country.ts';
import type { Mention } from './gazetteer.ts';
import { isPeopleNoun, statedOrigin } from './mention-part.ts';
import { after, before, has, listGroups, type Unit } from './units.ts';

type Codes = Set<CountryCode>;

/** Nationalities of the people moved, from `they are from …`, `Cubans and Haitians`, `nationals of …`. */
export function nationalitiesOf(units: readonly Unit[], receiving: Codes): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    if (unit.background) continue;
    for (const group of listGroups(unit)) addNationalities(unit, group, receiving, found);
  }
  return found;
}

function addNationalities(unit: Unit, group: readonly Mention[], receiving: Codes, found: Codes): void {
  const first = group[0];
  if (first === undefined) return;
  const stated = statedOrigin(unit, group);
  const counted = group.some(
    (mention) => /^\d+$/.test(unit.tokens.words[mention.from - 1] ?? '') || before(unit, 'count', mention.from, 1),
  );
  const early = counted || ((unit.index < 5 || has(unit, 'people-context')) && !has(unit, 'own', 'earlier'));
  const otherHost = unit.mentions.some(
    (mention) =>
      !receiving.has(mention.code) &&
      !group.includes(mention) &&
      mention.kind !== 'people' &&
      mention.from < first.from,
  );
  if (otherHost && !counted && has(unit, 'arrive', 'agree', 'host')) return;
  if (before(unit, 'except', first.from, 3) || after(unit, 'excluded', group.at(-1)?.to ?? first.to, 3)) return;
  for (const mention of group) {
    const own = receiving.has(mention.code) && !before(unit, 'one-from', mention.from, 4);
    const people = mention.kind === 'people' && isPeopleNoun(unit, mention) && early && !own;
    const home = before(unit, 'homeward', first.from, 2) && !receiving.has(mention.code);
    if ((stated && !own) || people || home) found.add(mention.code);
  }
}

/** Countries on the list of a visa measure. */
export function listedForVisa(units: readonly Unit[], banned: Codes): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    if (unit.background) continue;
    for (const mention of unit.mentions) {
      if (!negatedListing(unit, mention) && !banned.has(mention.code)) found.add(mention.code);
    }
  }
  return found;
}

function negatedListing(unit: Unit, mention: Mention): boolean {
  return after(unit, 'not-listed', mention.to, 3) || before(unit, 'not-listed', mention.from, 3);
}
