import type { CountryCode } from '../../core/country.ts';
import type { CountryRoles, Stage } from '../../core/story.ts';
import type { Frame } from './frame.ts';
import type { Mention } from './gazetteer.ts';
import { after, before, has, listGroups, type Unit } from './units.ts';

type Codes = Set<CountryCode>;

/** Host candidates of a unit: every country that stands in no other part. */
function hostsIn(unit: Unit): Mention[] {
  return unit.mentions.filter(
    (mention) => !isNationality(unit, mention) && !isBeside(unit, mention) && !isTransit(unit, mention),
  );
}

/** People of a country, or `from` it. */
function isNationality(unit: Unit, mention: Mention): boolean {
  if (statedOrigin(unit, groupOf(unit, mention))) return true;
  return mention.kind === 'people' && isPeopleNoun(unit, mention);
}

const outOf = new Set([
  'from',
  'of',
  'de',
  'do',
  'da',
  'du',
  'des',
  'd',
  'del',
  'dos',
  'das',
  'iz',
  'nga',
  'من',
  'la',
  'l',
]);

/** `they are from Cuba, Laos and Mexico`, `nationals of Nigeria`. */
function statedOrigin(unit: Unit, group: readonly Mention[]): boolean {
  const first = group[0];
  if (first === undefined) return false;
  const direct = unit.mentions.filter((mention) => mention.from < first.from).at(-1);
  const reach = Math.min(7, first.from - (direct?.to ?? -1));
  if (before(unit, 'sender-other', first.to, 1)) return false;
  if (before(unit, 'homeward', first.from, 2) || before(unit, 'into', first.from, 2)) return false;
  if (before(unit, 'people-from', first.from, reach)) return true;
  const of = unit.tokens.words[first.from - 1] ?? '';
  if (outOf.has(of) && before(unit, 'people', first.from - 1, 2) && !before(unit, 'evacuees', first.from, 3))
    return true;
  return group.length > 2 && before(unit, 'out-of', first.from, 1) && before(unit, 'people', first.from, 10);
}

/** `Cubans`, `Venezuelan men`; not `Serbian president`. */
function isPeopleNoun(unit: Unit, mention: Mention): boolean {
  if (after(unit, 'people', mention.to, 2)) return true;
  if (after(unit, 'office', mention.to, 1) && unit.breaks[mention.to] !== true) return false;
  const word = unit.tokens.words[mention.to - 1] ?? '';
  if (pluralPeople.test(word) || alwaysPeople.has(word)) return true;
  return isCounted(unit, mention) && endsNoun(unit, mention.to);
}

const articles = new Set([
  'is',
  'are',
  'was',
  'were',
  'son',
  'est',
  'sont',
  'a',
  'an',
  'one',
  'the',
  'un',
  'une',
  'uno',
  'una',
  'um',
  'uma',
  'el',
  'le',
  'o',
  'jedan',
  'nje',
]);

/** `13 Nigerians`, `a Gambian`. */
function isCounted(unit: Unit, mention: Mention): boolean {
  const word = unit.tokens.words[mention.from - 1] ?? '';
  return /^\d+$/.test(word) || articles.has(word) || before(unit, 'count', mention.from, 1);
}

/** Nothing follows that the word could be the adjective of. */
function endsNoun(unit: Unit, to: number): boolean {
  return to >= unit.tokens.words.length || unit.breaks[to] === true || after(unit, 'after-person', to, 1);
}

const pluralPeople = /(?:[^s]s|nci|ci|ani|ane|lar|et|eve|yn|wn)$/u;
const alwaysPeople = new Set([
  'burkinabe',
  'lao',
  'chinese',
  'vietnamese',
  'congolese',
  'sudanese',
  'senegalese',
  'togolese',
  'burmese',
]);

function groupOf(unit: Unit, mention: Mention): Mention[] {
  return listGroups(unit).find((group) => group.includes(mention)) ?? [mention];
}

/** Told for comparison: another deal, an earlier case, a neighbour. */
function isBeside(unit: Unit, mention: Mention): boolean {
  const group = groupOf(unit, mention);
  const first = group[0] ?? mention;
  return before(unit, 'beside', first.from, 3) || before(unit, 'region-list', first.from, 2);
}

/** Where people wait or pass: a base, a stop on the way. */
function isTransit(unit: Unit, mention: Mention): boolean {
  if (before(unit, 'homeward', groupOf(unit, mention)[0]?.from ?? mention.from, 2)) return true;
  return before(unit, 'transit', mention.from, 3) && !before(unit, 'toward', mention.from, 2);
}

const requested: ReadonlySet<Stage> = new Set<Stage>(['approached', 'in-talks']);

/** Countries asked, agreeing, refusing or receiving in this development. */
function receivingOf(units: readonly Unit[], frame: Frame, stage: Stage | null): Codes {
  const [title, ...sentences] = units;
  const found: Codes = new Set();
  if (title === undefined) return found;
  const lead = sentences.find((unit) => !unit.background);
  if (frame.court) {
    for (const unit of [title, lead]) {
      for (const mention of unit === undefined ? [] : hostsIn(unit)) {
        if (unit !== undefined && groupOf(unit, mention).some((one) => isDestination(unit, one)))
          found.add(mention.code);
      }
    }
    return found;
  }
  for (const mention of hostsIn(title)) found.add(mention.code);
  if (found.size === 0) {
    const first = sentences.slice(0, 4).find((unit) => !unit.background && hostsIn(unit).length > 0);
    for (const mention of first === undefined ? [] : hostsIn(first)) found.add(mention.code);
  }
  if (stage !== null && requested.has(stage)) extendByLists(sentences.slice(0, 4), found);
  return found;
}

/** `got the request`, `approached`, in a list with a country that was asked. */
function extendByLists(units: readonly Unit[], found: Codes): void {
  for (const unit of units) {
    if (unit.background) continue;
    for (const group of listGroups(unit)) {
      const listed = group.length > 1 && group.some((mention) => found.has(mention.code));
      const asked = has(unit, 'request-list') && group.length > 1;
      if (!listed && !asked) continue;
      const hosts = new Set(hostsIn(unit));
      for (const mention of group) if (hosts.has(mention)) found.add(mention.code);
    }
  }
}

function isDestination(unit: Unit, mention: Mention): boolean {
  return before(unit, 'toward', mention.from, 2) || after(unit, 'move', mention.to, 1);
}

/** Nationalities of the people moved, from `they are from …`, `Cubans and Haitians`, `nationals of …`. */
function nationalitiesOf(units: readonly Unit[], receiving: Codes): Codes {
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

/** Countries that the text says are under the US entry suspension, in an article about something else. */
function bannedBesides(units: readonly Unit[], receiving: Codes): Codes {
  const found: Codes = new Set();
  const main = [...receiving];
  units.forEach((unit, at) => {
    if (!has(unit, 'ban-now') || has(unit, 'not-ban')) return;
    if (unit.mentions.length > 0) for (const mention of unit.mentions) found.add(mention.code);
    else if (before(unit, 'both', 2, 2)) for (const mention of units[at - 1]?.mentions ?? []) found.add(mention.code);
    else if (main.length === 1 && has(unit, 'anaphor') && main[0] !== undefined) found.add(main[0]);
  });
  return found;
}

/** In an article about the suspension itself every country is under it, but for those told as spared or by the way. */
function bannedMain(units: readonly Unit[]): Codes {
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

function listedForVisa(units: readonly Unit[], banned: Codes): Codes {
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

function bannedInVisa(units: readonly Unit[]): Codes {
  const found: Codes = new Set();
  for (const unit of units) {
    if (!has(unit, 'barred-still')) continue;
    for (const mention of unit.mentions) found.add(mention.code);
  }
  return found;
}

function sorted(codes: Iterable<CountryCode>): CountryCode[] {
  return [...new Set(codes)].sort();
}

/** Puts every country of the article in its roles. */
export function readRoles(units: readonly Unit[], frame: Frame, stage: Stage | null): CountryRoles {
  const all = sorted(units.flatMap((unit) => unit.mentions.map((mention) => mention.code)));
  const roles = frame.american ? rolesBySubject(units, frame, stage) : nobody();
  const taken = new Set([...roles.banned, ...roles.receiving, ...roles.nationality]);
  return {
    banned: sorted(roles.banned),
    receiving: sorted(roles.receiving),
    nationality: sorted(roles.nationality),
    mentioned: all.filter((code) => !taken.has(code)),
  };
}

function nobody(): { banned: Codes; receiving: Codes; nationality: Codes } {
  return { banned: new Set(), receiving: new Set(), nationality: new Set() };
}

function rolesBySubject(units: readonly Unit[], frame: Frame, stage: Stage | null): ReturnType<typeof nobody> {
  switch (frame.subject) {
    case 'ban':
      return { ...nobody(), banned: bannedMain(units) };
    case 'visa': {
      const banned = bannedInVisa(units);
      return { banned, receiving: new Set(), nationality: listedForVisa(units, banned) };
    }
    case 'removal': {
      const receiving = receivingOf(units, frame, stage);
      const nationality = receiving.size > 0 || !frame.court ? nationalitiesOf(units, receiving) : new Set<string>();
      return { banned: bannedBesides(units, receiving), receiving, nationality };
    }
    default:
      return nobody();
  }
}
