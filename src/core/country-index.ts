import type { Countries, Country, CountryCode, CountryMatch } from './country.ts';
import { flagCode, nameKey } from './country-fold.ts';
import { buildNameTable, type NameRules, type NameTable, type NameTarget } from './country-names.ts';
import { createSuggestions } from './country-suggest.ts';
import { nearestNames } from './country-typo.ts';
import { nameVariants } from './country-variants.ts';

const noRules: NameRules = { ambiguous: [], notCountries: [], twins: [], misspelt: {} };
const longestInput = 120;

/**
 * All countries, findable by any way of naming them. `rules` (shared names, look-alikes, twins) come from
 * `config/countries.yaml`; without them only names that really collide are asked about.
 */
export function createCountries(list: readonly Country[], rules: NameRules = noRules): Countries {
  const byCode = new Map(list.map((country) => [country.code, country]));
  let built: NameTable | null = null;
  // Some 25,000 names: built when first asked for, so that starting up does not wait for it.
  const table = (): NameTable => {
    built ??= buildNameTable(named(list, rules), rules);
    return built;
  };
  const known = (codes: readonly CountryCode[]): Country[] => codes.flatMap((code) => byCode.get(code) ?? []);
  const suggest = createSuggestions(list, () => named(list, rules));
  const twins = rules.twins.map((group) => new Set(group));
  return {
    all: list,
    get: (code) => byCode.get(code),
    name: (code) => byCode.get(code)?.name ?? code,
    resolve: (text) => {
      const trimmed = text.trim().slice(0, longestInput);
      const flagged = byCode.get(flagCode(trimmed) ?? '');
      if (flagged) return { kind: 'found', country: flagged, how: 'exact' };
      const target = lookUp(table(), trimmed);
      if (target) return answer(target, known);
      return misspelled(table(), trimmed, twins, known, list);
    },
    suggest: (text, limit) => suggest(text, limit),
  };
}

/** The countries with their names in every language. */
function named(list: readonly Country[], { furtherNames }: NameRules): readonly Country[] {
  const further = furtherNames?.();
  return list.map((country) => {
    const names: Record<string, readonly string[]> = { ...country.names };
    for (const [language, words] of Object.entries(further?.get(country.code) ?? {}))
      names[language] = [...new Set([...(names[language] ?? []), ...words])];
    return { ...country, names };
  });
}

function lookUp(table: NameTable, text: string): NameTarget | undefined {
  const whole = table.exact.get(nameKey(text));
  if (whole) return whole;
  for (const variant of nameVariants(text)) {
    const found = table.exact.get(nameKey(variant));
    // A bare code is no name: "the us" is meant, "republic of la" is not.
    if (found && (found.by !== 'code' || /^usa?$/.test(variant))) return found;
  }
  return bracketed(table, text);
}

/**
 * `Eswatini (Swaziland)`, `Georgia (country)`: what is in brackets must say the same, or nothing but that it is one;
 * beside a shared name (`Congolese (DRC)`) it says which.
 */
function bracketed(table: NameTable, text: string): NameTarget | undefined {
  const [, outside = '', inside = ''] = /^([^()]+)\(([^()]+)\)$/.exec(text) ?? [];
  const outer = table.exact.get(nameKey(outside));
  if (outer === undefined || nameKey(inside) === 'country') return outer;
  const inner = table.exact.get(nameKey(inside.replace(/^(?:former(?:ly)?|once|ex|previously|also|aka)[ -]/i, '')));
  const says = inner?.codes.join();
  return says === outer.codes.join() || (says !== undefined && outer.codes.includes(says)) ? inner : undefined;
}

function answer(target: NameTarget, known: (codes: readonly CountryCode[]) => Country[]): CountryMatch {
  const candidates = known(target.codes);
  const [country] = candidates;
  if (!country) return { kind: 'unknown', suggestions: [], ...noteOf(target.note) };
  if (candidates.length > 1) return { kind: 'ambiguous', candidates, ...noteOf(target.note) };
  return { kind: 'found', country, how: 'exact', ...noteOf(target.by === 'code' ? undefined : country.confusedWith) };
}

function noteOf(note: string | undefined): { note?: string } {
  return note === undefined ? {} : { note };
}

function misspelled(
  table: NameTable,
  text: string,
  twins: readonly ReadonlySet<CountryCode>[],
  known: (codes: readonly CountryCode[]) => Country[],
  list: readonly Country[],
): CountryMatch {
  const near = nearestNames(table.spellings, nameKey(text), twins);
  if (near.kind === 'one') {
    const [country] = known([near.code]);
    if (country) return { kind: 'found', country, how: 'typo', ...noteOf(country.confusedWith) };
  }
  if (near.kind === 'several') return { kind: 'ambiguous', candidates: known(near.codes) };
  const key = nameKey(text);
  const seats = list.filter((country) => key !== '' && country.capitals?.some((capital) => nameKey(capital) === key));
  if (seats.length > 0) return { kind: 'unknown', suggestions: seats };
  return { kind: 'unknown', suggestions: near.kind === 'none' ? known(near.close).slice(0, 5) : [] };
}
