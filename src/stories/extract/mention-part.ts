import type { Mention } from './gazetteer.ts';
import { after, before, has, hits, listGroups, type Unit } from './units.ts';

/** Host candidates of a unit: every country that stands in no other part. */
export function hostsIn(unit: Unit): Mention[] {
  return unit.mentions.filter(
    (mention) =>
      !isRuledOut(unit, mention) &&
      !isNationality(unit, mention) &&
      !isBeside(unit, mention) &&
      !isTransit(unit, mention),
  );
}

/** `Zambia, not Zimbabwe`: the second is named only to say that it is not meant. */
function isRuledOut(unit: Unit, mention: Mention): boolean {
  return before(unit, 'just-not', mention.from, 1);
}

/** People of a country, or `from` it. */
export function isNationality(unit: Unit, mention: Mention): boolean {
  const group = groupOf(unit, mention);
  if (statedOrigin(unit, group)) return true;
  // `they are Syrian and Cuban`.
  const peoples = group.every(({ kind }) => kind === 'people');
  return mention.kind === 'people' && (peoples ? group : [mention]).some((one) => isPeopleNoun(unit, one));
}

/** `they are from Cuba, Laos and Mexico`, `nationals of Nigeria`. */
export function statedOrigin(unit: Unit, group: readonly Mention[]): boolean {
  const first = group[0];
  if (first === undefined) return false;
  const direct = unit.mentions.filter((mention) => mention.from < first.from).at(-1);
  // `deportees from the US reach Accra`: they are from the US, not from there.
  const sender = hits(unit, 'us')
    .filter((hit) => hit.to <= first.from)
    .at(-1);
  const reach = Math.min(7, first.from - Math.max(direct?.to ?? -1, sender?.to ?? -1));
  if (before(unit, 'sender-other', first.to, 1)) return false;
  if (before(unit, 'homeward', first.from, 2) || before(unit, 'into', first.from, 2)) return false;
  // `the jet came from Dakar`.
  const city =
    first.kind === 'capital' && !has(unit, 'people') && !hits(unit, 'count').some((hit) => hit.to <= first.from);
  const told = hits(unit, 'people-from').some(
    ({ from, to }) =>
      to <= first.from &&
      first.from - to < reach &&
      !before(unit, 'toward', from, 1) &&
      (to === first.from || unit.breaks[first.from] !== true),
  );
  if ((told && !city) || isCountFrom(unit, first.from)) return true;
  const preposition = hits(unit, 'out-of').find(({ to }) => to === first.from);
  if (preposition === undefined || (unit.breaks[preposition.from] === true && group.length < 3)) return false;
  if (before(unit, 'evacuees', first.from, 3)) return false;
  return before(unit, 'people', first.from - 1, 2) || (group.length > 2 && before(unit, 'people', first.from, 10));
}

/** `three from Ecuador`. */
function isCountFrom(unit: Unit, at: number): boolean {
  const number = unit.tokens.words[at - 2] ?? '';
  return before(unit, 'out-of', at, 1) && (/^\d+$/.test(number) || before(unit, 'count', at - 1, 1));
}

/** `Cubans`, `Venezuelan men`; not `Serbian president`. */
export function isPeopleNoun(unit: Unit, mention: Mention): boolean {
  if (after(unit, 'people', mention.to, 2) || before(unit, 'removed-adjective', mention.from, 1)) return true;
  if (after(unit, 'office', mention.to, 1) && unit.breaks[mention.to] !== true) return false;
  const word = unit.tokens.words[mention.to - 1] ?? '';
  if (pluralPeople.test(word) || hits(unit, 'people-plural').some((hit) => hit.to === mention.to)) return true;
  // `Jordanian sent by …`: a headline leaves out the article; `three were Jordanian`.
  const named = isCounted(unit, mention) || mention.from === 0 || before(unit, 'they-are', mention.from, 1);
  return named && endsNoun(unit, mention.to);
}

/** `13 Nigerians`, `a Gambian`. */
function isCounted(unit: Unit, mention: Mention): boolean {
  const word = unit.tokens.words[mention.from - 1] ?? '';
  return /^\d+$/.test(word) || before(unit, 'article', mention.from, 1) || before(unit, 'count', mention.from, 1);
}

/** Nothing follows that the word could be the adjective of. */
function endsNoun(unit: Unit, to: number): boolean {
  return to >= unit.tokens.words.length || unit.breaks[to] === true || after(unit, 'after-person', to, 1);
}

const pluralPeople = /(?:[^s]s|nci|ci|ani|ane|lar|et|eve|yn|wn|aca|ana|ين|ون)$/u;
/** The coordinated list that a mention stands in. */
export function groupOf(unit: Unit, mention: Mention): Mention[] {
  return listGroups(unit).find((group) => group.includes(mention)) ?? [mention];
}

/** Told for comparison: another deal, an earlier case, a neighbour. */
function isBeside(unit: Unit, mention: Mention): boolean {
  const group = groupOf(unit, mention);
  const first = group[0] ?? mention;
  // `the Kosovo model`, `modelo Ruanda`.
  if (after(unit, 'model', mention.to, 1) || before(unit, 'model-of', mention.from, 1)) return true;
  return before(unit, 'beside', first.from, 3) || before(unit, 'region-list', first.from, 2);
}

/** Where people wait or pass: a base, a stop on the way. */
function isTransit(unit: Unit, mention: Mention): boolean {
  if (before(unit, 'homeward', groupOf(unit, mention)[0]?.from ?? mention.from, 2)) return true;
  return (
    (before(unit, 'transit', mention.from, 3) || after(unit, 'instead', mention.to, 2)) &&
    !before(unit, 'toward', mention.from, 2)
  );
}
