import { type DateSpan, readDate } from '../core/calendar.ts';
import type { Arguments, OptionChoice } from '../core/command.ts';
import type { Countries, Country } from '../core/country.ts';
import { UserError } from '../core/errors.ts';

/** One argument as text; undefined when it was left out. */
export function textOf(args: Arguments, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' ? value : value?.join(', ');
}

/** One argument as a list. */
export function listOf(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  return value === undefined ? [] : typeof value === 'string' ? value.split(/\s*,\s*/).filter(Boolean) : value;
}

/** A date that was asked for; throws UserError with examples when it is none. */
export function dateOf(args: Arguments, name: string, today: string): DateSpan | undefined {
  const text = textOf(args, name);
  if (text === undefined) return undefined;
  const span = readDate(text, today);
  if (!span) throw new UserError(`“${text}” is not a date that I can read. Try 2025-07-01, july 2025 or 7d.`);
  return span;
}

/** Country names that do not say which country is meant. Not a failure: it is asked back. */
export interface AmbiguousCountry {
  ambiguous: readonly Country[];
  note?: string;
}

/** The country that a person named, or the candidates when the name fits several. Throws UserError when none is near. */
export function countryOf(text: string, countries: Countries): { country: Country; note?: string } | AmbiguousCountry {
  const match = countries.resolve(text);
  if (match.kind === 'found')
    return match.note === undefined ? { country: match.country } : { country: match.country, note: match.note };
  if (match.kind === 'ambiguous') {
    return match.note === undefined
      ? { ambiguous: match.candidates }
      : { ambiguous: match.candidates, note: match.note };
  }
  const near = match.suggestions.map((country) => country.name).join(', ');
  // What is known to be no country is said to be what it is.
  const instead = match.note ?? (near ? `Did you mean ${near}?` : 'Try its English name, ISO code or flag.');
  throw new UserError(`I know no country called “${text}”. ${instead}`);
}

/** As countryOf, but ambiguity is the asker's to mend: throws UserError naming the candidates. */
export function certainCountry(text: string, countries: Countries): Country {
  const found = countryOf(text, countries);
  if ('country' in found) return found.country;
  throw new UserError(
    `“${text}” may be ${joinOr(found.ambiguous.map((country) => `${country.name} (${country.code})`))}. Which one?`,
  );
}

export function joinOr(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

/** Autocomplete choices for a country option. */
export function countryChoices(text: string, countries: Countries): readonly OptionChoice[] {
  return countries
    .suggest(text, 25)
    .map((country) => ({ value: country.code, label: `${country.flag} ${country.name}` }));
}
