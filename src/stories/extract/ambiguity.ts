import { createPhraseMatcher, type PhraseMatcher } from '../phrases.ts';
import type { Mention } from './gazetteer.ts';
import type { ReadingData } from './reading-data.ts';
import { has, listGroups, type Unit } from './units.ts';

/** Settles names that stand for several countries or for none, from the rest of the article. */
export type Disambiguator = (units: readonly Unit[]) => void;

/** What a bare ambiguous name means when nothing else in the article tells. */
const usual: Readonly<Record<string, string>> = { 'CD|CG': 'CD', 'DM|DO': 'DO', 'NE|NG': 'NE' };

/** First of the candidate codes that the article names in full, title first; sentences about the entry ban come last. */
function firstNamed(units: readonly Unit[], codes: readonly string[]): string | undefined {
  const ranked = [...units.filter((unit) => !has(unit, 'ban-now')), ...units.filter((unit) => has(unit, 'ban-now'))];
  for (const unit of ranked) {
    const found = unit.mentions.find((mention) => codes.includes(mention.code));
    if (found !== undefined) return found.code;
  }
  return undefined;
}

/** The US entry suspensions hold the Republic of the Congo only, so within such a list bare Congo is that one. */
function inBanList(unit: Unit, aboutBan: boolean): boolean {
  const isList = unit.mentions.length > 5;
  return has(unit, 'ban', 'ban-now') ? aboutBan || isList : aboutBan && isList;
}

function settleCodes(units: readonly Unit[], banned: boolean): void {
  for (const unit of units) {
    for (const mention of unit.mentions) {
      if (!mention.code.includes('|')) continue;
      const codes = mention.code.split('|');
      const named = firstNamed(units, codes);
      const inList = mention.code === 'CD|CG' && inBanList(unit, banned);
      mention.code = inList ? 'CG' : (named ?? usual[mention.code] ?? codes[0] ?? mention.code);
    }
  }
}

function capitalAt(unit: Unit, at: number): boolean {
  const start = unit.tokens.starts[at];
  return start !== undefined && /^\p{Lu}/u.test(unit.tokens.text.slice(start, start + 2));
}

const namesOfPersons = new Set(['JO', 'TD', 'CY', 'IL', 'GE']);

/** `Chad Smith` and `Jim Jordan` are people; headlines in capitals tell nothing. */
function isPerson(unit: Unit, mention: Mention): boolean {
  if (unit.index < 0 || mention.kind !== 'name' || !namesOfPersons.has(mention.code)) return false;
  if (mention.to - mention.from > 1) return false;
  const surname = capitalAt(unit, mention.to) && unit.breaks[mention.to] === false;
  const given = mention.from > 1 && capitalAt(unit, mention.from - 1) && unit.breaks[mention.from] === false;
  return (surname || given) && !unit.mentions.some((other) => other.from === mention.to || other.to === mention.from);
}

/** A capital that many towns share counts only where its country is named too. */
function dropWeak(units: readonly Unit[]): void {
  const named = new Set(
    units.flatMap((unit) => unit.mentions.filter((one) => one.kind !== 'weak').map((one) => one.code)),
  );
  for (const unit of units) {
    unit.mentions = unit.mentions.filter((mention) => mention.kind !== 'weak' || named.has(mention.code));
  }
}

function some(matcher: PhraseMatcher<true>, unit: Unit): boolean {
  return matcher(unit.tokens).length > 0;
}

/** Builds the disambiguator; it rewrites the units' mentions in place. */
export function createDisambiguator(data: ReadingData): Disambiguator {
  const state = createPhraseMatcher(data.context.usState.map((phrase) => [phrase, true] as const));
  const country = createPhraseMatcher(data.context.georgiaCountry.map((phrase) => [phrase, true] as const));
  return (units) => {
    const georgia = units.filter((unit) => unit.mentions.some((mention) => mention.code === 'GE'));
    if (georgia.length > 0) settleGeorgia(units, georgia, state, country);
    for (const unit of units) unit.mentions = unit.mentions.filter((mention) => !isPerson(unit, mention));
    dropWeak(units);
    settleCodes(
      units,
      units.slice(0, 4).some((unit) => has(unit, 'ban')),
    );
  };
}

function settleGeorgia(
  units: readonly Unit[],
  georgia: readonly Unit[],
  state: PhraseMatcher<true>,
  country: PhraseMatcher<true>,
): void {
  const isState = units.some((unit) => some(state, unit)) && !units.some((unit) => some(country, unit));
  for (const unit of georgia) {
    const listed = new Set(
      listGroups(unit)
        .filter((group) => group.length > 1)
        .flat(),
    );
    unit.mentions = unit.mentions.filter((one) => one.code !== 'GE' || listed.has(one) || !isState);
  }
}
