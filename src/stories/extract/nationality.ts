import type { CountryCode } from '../../core/country.ts';
import { tellsBan } from './banned.ts';
import type { Mention } from './gazetteer.ts';
import { groupOf, isNationality, statedOrigin } from './mention-part.ts';
import { after, before, has, hits, listGroups, type Unit } from './units.ts';

type Codes = Set<CountryCode>;

/** Nationalities of the people moved, from `they are from …`, `Cubans and Haitians`, `nationals of …`. */
export function nationalitiesOf(units: readonly Unit[], receiving: Codes): Codes {
  const found: Codes = new Set();
  const isLater = units.slice(0, 3).some((unit) => has(unit, 'later'));
  units.forEach((unit, at) => {
    if (unit.background || tellsBan(unit) || (isLater && tellsOthers(unit, units[at - 1]))) return;
    for (const group of listGroups(unit)) addNationalities(unit, group, receiving, found);
  });
  return found;
}

/** Where more people come, those of an earlier group are not the people of this development. */
function tellsOthers(unit: Unit, last: Unit | undefined): boolean {
  if (unit.index < 0) return false;
  if (has(unit, 'earlier-group')) return true;
  return last !== undefined && has(last, 'earlier-group') && has(unit, 'one-from', 'article') && !has(unit, 'later');
}

function addNationalities(unit: Unit, group: readonly Mention[], receiving: Codes, found: Codes): void {
  const first = group[0];
  if (first === undefined) return;
  const stated = statedOrigin(unit, group);
  const counted = group.some(
    (mention) => /^\d+$/.test(unit.tokens.words[mention.from - 1] ?? '') || before(unit, 'count', mention.from, 1),
  );
  const early =
    counted || ((unit.index < 6 || has(unit, 'people-context')) && !has(unit, 'earlier') && !isOwn(unit, group));
  const otherHost = unit.mentions.some(
    (mention) =>
      !receiving.has(mention.code) &&
      !group.includes(mention) &&
      mention.kind !== 'people' &&
      mention.from < first.from &&
      !statedOrigin(unit, groupOf(unit, mention)),
  );
  if (otherHost && (counted ? receiving.size > 0 && has(unit, 'holds') : has(unit, 'arrive', 'agree', 'host'))) return;
  if (before(unit, 'earlier', first.from, 14) || after(unit, 'earlier', group.at(-1)?.to ?? first.to, 3)) return;
  if (before(unit, 'except', first.from, 3) || after(unit, 'excluded', group.at(-1)?.to ?? first.to, 3)) return;
  for (const mention of group) {
    // In a list of origins the host is told for those who come home.
    const listed = stated && group.length > 3;
    const own = receiving.has(mention.code) && !listed && !before(unit, 'one-from', mention.from, 4);
    const people = mention.kind === 'people' && isNationality(unit, mention) && early && !own;
    const home = before(unit, 'homeward', first.from, 2) && !receiving.has(mention.code);
    if ((stated && !own) || people || home) found.add(mention.code);
  }
}

/** `its own Ruritanians`, `Ruritanians were sent home`; not `Ruritanians whom it wants to deport but cannot send home`. */
function isOwn(unit: Unit, group: readonly Mention[]): boolean {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return false;
  return hits(unit, 'own').some(
    (hit) =>
      !before(unit, 'cannot', hit.from, 6) &&
      (hit.to <= first.from ? first.from - hit.to < 8 : hit.from >= last.to && hit.from - last.to < 9),
  );
}

/** Countries on the list of a visa measure. */
export function listedForVisa(units: readonly Unit[], banned: Codes): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    if (unit.background || has(unit, 'barred-still')) continue;
    const last = unit.mentions.at(-1);
    for (const group of listGroups(unit)) {
      // `Ruritania and Examplia, which were on the first list, are not.`
      if (group.at(-1) === last && before(unit, 'are-not', unit.tokens.words.length, 1)) continue;
      for (const mention of group) {
        if (negatedListing(unit, mention)) continue;
        if (group.length > 2 || !banned.has(mention.code)) found.add(mention.code);
      }
    }
  }
  return found;
}

function negatedListing(unit: Unit, mention: Mention): boolean {
  const within = unit.breaks[mention.to] === true ? 1 : 3;
  return after(unit, 'not-listed', mention.to, within) || before(unit, 'not-listed', mention.from, 3);
}
