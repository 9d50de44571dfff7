import type { Countries, Country } from '../../core/country.ts';
import { foldWord } from '../language-fold.ts';
import { createPhraseMatcher, longestMatches, type PhraseMatcher, type Tokens } from '../phrases.ts';
import { expandEndings, nominativeToStem, withArabicPrepositions } from './inflect.ts';
import { type Places, perLanguage, type ReadingData, type ReadingLanguage } from './reading-data.ts';

export type PlaceKind = 'name' | 'people' | 'capital' | 'weak';

/** A country named in a text. Token indexes, `to` exclusive. */
export interface Mention {
  /** Alpha-2, or codes joined by `|` until the article settles which. */
  code: string;
  kind: PlaceKind;
  from: number;
  to: number;
}

interface Place {
  code: string | null;
  kind: PlaceKind;
}

/** Finds countries in a text of one language, longest name first. */
export type Gazetteer = (tokens: Tokens) => Mention[];

const languageNames: Readonly<Record<ReadingLanguage, readonly string[]>> = {
  en: ['en'],
  es: ['es'],
  fr: ['fr'],
  pt: ['pt'],
  sh: ['sr', 'bs', 'hr'],
  sq: ['sq'],
  ar: ['ar'],
};

function formsOf(phrase: string, language: ReadingLanguage): string[] {
  const forms = expandEndings(phrase, language);
  return language === 'ar' ? forms.flatMap(withArabicPrepositions) : forms;
}

const placeKinds = [
  ['names', 'name'],
  ['people', 'people'],
  ['capitals', 'capital'],
  ['weak', 'weak'],
] as const;

function* listedPlaces(places: Places, language: ReadingLanguage): Generator<[string, Place]> {
  for (const [section, kind] of placeKinds) {
    for (const [code, list] of Object.entries(places[section])) {
      for (const phrase of list.split(',')) {
        for (const form of formsOf(phrase.trim(), language)) yield [form, { code, kind }];
      }
    }
  }
  for (const phrase of places.never) yield [phrase, { code: null, kind: 'name' }];
}

function* indexedPlaces(country: Country, language: ReadingLanguage): Generator<[string, Place]> {
  const wanted = languageNames[language];
  const names = wanted.flatMap((one) => country.names[one] ?? []);
  const english = language === 'en' ? [country.name, country.official] : [];
  for (const name of [...english, ...names]) {
    if (name.length < 4) continue;
    for (const form of formsOf(nominativeToStem(name, language), language)) {
      yield [form, { code: country.code, kind: 'name' }];
    }
  }
  for (const demonym of wanted.flatMap((one) => country.demonyms[one] ?? [])) {
    if (demonym.length < 4) continue;
    yield [demonym, { code: country.code, kind: 'people' }];
    if (language !== 'ar') yield [`${demonym}s`, { code: country.code, kind: 'people' }];
  }
}

function keyOf(phrase: string): string {
  return phrase
    .split(/[\s\-'’]+/)
    .map(foldWord)
    .join(' ');
}

/** The word lists win over the index: they know which names are ambiguous or wrongly listed elsewhere. */
function entriesFor(countries: Countries, data: ReadingData, language: ReadingLanguage): [string, Place][] {
  const entries: [string, Place][] = [...listedPlaces(data.places[language], language)];
  const known = new Set(entries.map(([phrase]) => keyOf(phrase)));
  for (const country of countries.all) {
    if (country.code === 'US') continue;
    for (const [phrase, place] of indexedPlaces(country, language)) {
      const key = keyOf(phrase);
      if (known.has(key)) continue;
      entries.push([phrase, place]);
    }
  }
  return entries;
}

const startsSmall = /^[\p{Ll}]/u;

/** Names begin with a capital where the script has them; but for English, peoples may be written small (`cubanos`). */
function writtenAsName(tokens: Tokens, match: { from: number; value: Place }, language: ReadingLanguage): boolean {
  if (match.value.kind === 'people' && language !== 'en') return true;
  const start = tokens.starts[match.from] ?? 0;
  return !startsSmall.test(tokens.text.slice(start, start + 2));
}

/** `Australian-style`, `Portuguese-speaking`: that country is only compared with. */
function isLikeness(tokens: Tokens, to: number): boolean {
  return ['style', 'speaking'].includes(tokens.words[to] ?? '') && tokens.text[tokens.ends[to - 1] ?? 0] === '-';
}

function toGazetteer(matcher: PhraseMatcher<Place>, language: ReadingLanguage): Gazetteer {
  return (tokens) => {
    const found = matcher(tokens).filter((match) => writtenAsName(tokens, match, language));
    const mentions: Mention[] = [];
    let last = -1;
    for (const { value, from, to } of longestMatches(found)) {
      if (from < last) continue;
      last = to;
      if (value.code !== null && !isLikeness(tokens, to))
        mentions.push({ code: value.code, kind: value.kind, from, to });
    }
    return mentions;
  };
}

/** Finders by language. */
export type Gazetteers = (language: ReadingLanguage) => Gazetteer;

/** Finders from the countries' own names and the word lists, each built once, when its language is first met. */
export function createGazetteers(countries: Countries, data: ReadingData): Gazetteers {
  return perLanguage((language) => toGazetteer(createPhraseMatcher(entriesFor(countries, data, language)), language));
}
