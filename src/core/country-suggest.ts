import type { Country } from './country.ts';
import { flagCode, foldName } from './country-fold.ts';
import { spelled } from './country-names.ts';

interface Known {
  country: Country;
  name: string;
  /** English alternates and demonyms. */
  english: readonly string[];
  /** Names in languages that are listed as spelled, and in other scripts than Latin. */
  foreign: readonly string[];
}

/** Autocomplete over folded names, prepared once from `named`: names that begin with the text first, then what holds it. */
export function createSuggestions(
  list: readonly Country[],
  named: () => readonly Country[],
): (text: string, limit: number) => readonly Country[] {
  let prepared: readonly Known[] | null = null;
  return (text, limit) => {
    const wanted = foldName(text);
    const flagged = flagCode(text.trim());
    if (wanted === '' && flagged === null) return list.slice(0, limit);
    prepared ??= named().map(prepare);
    const ranked = prepared.flatMap((known) => {
      const rank = known.country.code === flagged ? 0 : closeness(known, wanted);
      return rank === null ? [] : [{ country: known.country, rank }];
    });
    return ranked
      .sort((a, b) => a.rank - b.rank || a.country.name.localeCompare(b.country.name, 'en'))
      .slice(0, limit)
      .map((each) => each.country);
  };
}

function prepare(country: Country): Known {
  const names = Object.entries({ ...country.names });
  const others = [...names, ...Object.entries(country.demonyms)];
  const foreign = others
    .filter(([language]) => language !== 'en')
    .flatMap(([language, words]) => words.map(foldName).filter((word) => spelled.has(language) || !/[a-z]/.test(word)));
  const english = others.filter(([language]) => language === 'en').flatMap(([, words]) => words.map(foldName));
  return {
    country,
    name: foldName(country.name),
    english: [foldName(country.official), ...english],
    foreign: [...new Set(foreign)],
  };
}

function closeness({ country, name, english, foreign }: Known, wanted: string): number | null {
  if (wanted === '') return null;
  if (name.startsWith(wanted)) return 1;
  if (country.code.toLowerCase() === wanted || country.alpha3.toLowerCase() === wanted) return 2;
  if (name.includes(` ${wanted}`) || english.some((other) => other.startsWith(wanted))) return 3;
  if (foreign.some((other) => other.startsWith(wanted))) return 4;
  const isLong = wanted.length >= 3;
  return isLong && [name, ...english, ...foreign].some((other) => other.includes(wanted)) ? 5 : null;
}
