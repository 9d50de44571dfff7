import iso from 'i18n-iso-countries';
import { z } from 'zod';
import type { Countries, Country } from '../core/country.ts';
import { createCountries } from '../core/country-index.ts';
import type { NameRules } from '../core/country-names.ts';
import { ConfigError } from '../core/errors.ts';
import { parseYaml } from './yaml-file.ts';

const code = z.string().regex(/^[A-Z]{2}$/, 'Expected a two-letter country code in capitals');
/** `Lao PDR, LPDR`: one scalar reads ten times faster than a YAML list, and easier. */
const words = z
  .string()
  .min(1)
  .transform((text) => text.split(',').map((word) => word.trim()))
  .refine((list) => list.every((word) => word !== ''), 'Expected words with one comma between them');
const byLanguage = z
  .record(z.string().regex(/^[a-z]{2,3}( [a-z]{2,3})*$/, 'Expected language codes such as `en` or `bs hr`'), words)
  .transform(splitLanguages);

const CountryEntry = z.strictObject({
  name: z.string().min(1),
  official: z.string().min(1).optional(),
  capitals: words.optional(),
  names: byLanguage.default(() => ({})),
  demonyms: byLanguage.default(() => ({})),
  confusedWith: z.string().min(1).optional(),
});
type CountryEntry = z.infer<typeof CountryEntry>;

const CountriesFile = z.strictObject({
  ambiguous: z
    .array(z.strictObject({ names: words, candidates: z.array(code).min(2), note: z.string().optional() }))
    .default([]),
  not_countries: z.array(z.strictObject({ names: words, note: z.string() })).default([]),
  twins: z.array(z.array(code).min(2)).default([]),
  misspelt: z.record(code, words).default({}),
  countries: z.record(code, CountryEntry),
});

/** `config/countries.yaml` as read: the list, and the rules for shared and look-alike names. */
export interface CountryData {
  list: readonly Country[];
  rules: NameRules;
}

/**
 * Reads the text of `config/countries.yaml` and joins it with the base list (codes, names in some eighty languages).
 * Throws ConfigError with file and line for bad YAML, unknown fields, and codes that ISO 3166-1 does not have
 * (XK is allowed), and when a country is missing.
 */
export function readCountries(text: string, file: string): CountryData {
  const data = parseYaml(CountriesFile, text, file);
  const expected = Object.keys(iso.getAlpha2Codes());
  for (const found of Object.keys(data.countries)) if (!expected.includes(found)) throw unknownCode(text, file, found);
  const missing = expected.filter((each) => data.countries[each] === undefined);
  if (missing.length > 0)
    throw new ConfigError(file, `no entry for ${missing.join(', ')}`, 'Add one for each, at least with its name');
  const inUse = [
    ...data.ambiguous.flatMap((each) => each.candidates),
    ...data.twins.flat(),
    ...Object.keys(data.misspelt),
  ];
  for (const used of inUse) if (!expected.includes(used)) throw unknownCode(text, file, used);
  const baseNames = namesByCode((language) => readLanguages.has(language));
  const list = Object.entries(data.countries).map(([key, entry]) => toCountry(key, entry, baseNames.get(key) ?? {}));
  list.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const furtherNames = (): ReturnType<typeof namesByCode> => namesByCode((language) => !readLanguages.has(language));
  return { list, rules: { ...toRules(data), furtherNames } };
}

/** `readCountries` made ready to ask. */
export function loadCountries(text: string, file: string): Countries {
  const { list, rules } = readCountries(text, file);
  return createCountries(list, rules);
}

function splitLanguages(shared: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const single: Record<string, readonly string[]> = {};
  for (const [languages, list] of Object.entries(shared))
    for (const language of languages.split(' ')) single[language] = [...(single[language] ?? []), ...list];
  return single;
}

function toRules(data: z.infer<typeof CountriesFile>): NameRules {
  return {
    ambiguous: data.ambiguous.map(({ note, ...rest }) => (note === undefined ? rest : { ...rest, note })),
    notCountries: data.not_countries,
    twins: data.twins,
    misspelt: data.misspelt,
  };
}

function unknownCode(text: string, file: string, found: string): ConfigError {
  const line = text.split('\n').findIndex((each) => new RegExp(`(^  |[[ ,])${found}(:|[\\],])`).test(each)) + 1;
  return new ConfigError(
    `${file}:${Math.max(line, 1)}`,
    `${found} is not an ISO 3166-1 code`,
    'Use the alpha-2 code, or XK for Kosovo',
  );
}

function toCountry(key: string, entry: CountryEntry, base: Readonly<Record<string, readonly string[]>>): Country {
  const names: Record<string, readonly string[]> = { ...base };
  for (const [language, own] of Object.entries(entry.names))
    names[language] = [...new Set([...own, ...(names[language] ?? [])])];
  return {
    code: key,
    alpha3: iso.alpha2ToAlpha3(key) ?? key,
    name: entry.name,
    official: entry.official ?? entry.name,
    flag: String.fromCodePoint(...Array.from(key, (letter) => 0x1f1e6 + letter.charCodeAt(0) - 65)),
    names,
    demonyms: entry.demonyms,
    ...(entry.capitals ? { capitals: entry.capitals } : {}),
    ...(entry.confusedWith === undefined ? {} : { confusedWith: entry.confusedWith }),
  };
}

/** Languages that articles are read in and answers given in: their names are wanted from the start. */
const readLanguages: ReadonlySet<string> = new Set(['en', 'es', 'fr', 'pt', 'sr', 'bs', 'hr', 'sq', 'ar']);

/** Languages whose names the base list lacks, or has only in full official form. */
const shortNameLanguages =
  'zh zh-Hant ja ko hi bn ur fa ar ru uk he el th km am ka hy lo my ti ne si ta te pa gu ps sr mk bg mn de it nl tr pl vi id sw ha yo ig fil so uz az sq es fr pt bs hr'.split(
    ' ',
  );

/** Short names as the Unicode data of the running Node has them; a Node built without it adds none. */
function addShortNames(table: ReadonlyMap<string, Record<string, readonly string[]>>, wanted: Wanted): void {
  for (const tag of Intl.DisplayNames.supportedLocalesOf(shortNameLanguages)) {
    const language = tag.slice(0, tag.includes('-') ? tag.indexOf('-') : undefined);
    if (!wanted(language)) continue;
    const display = new Intl.DisplayNames([tag], { type: 'region', fallback: 'none' });
    for (const [key, entry] of table) {
      const name = display.of(key);
      const before = entry[language] ?? [];
      if (name !== undefined && !before.includes(name)) entry[language] = [...before, name];
    }
  }
}

type Wanted = (language: string) => boolean;

/** The base list turned round: names in every wanted language it has, by country. */
function namesByCode(wanted: Wanted): ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> {
  const table = new Map<string, Record<string, readonly string[]>>();
  for (const language of iso.getSupportedLanguages().filter(wanted)) {
    for (const [key, names] of Object.entries(iso.getNames(language, { select: 'all' }))) {
      const entry = table.get(key) ?? {};
      entry[language] = names.map((name) => name.trim()).filter((name) => name !== '');
      table.set(key, entry);
    }
  }
  addShortNames(table, wanted);
  return table;
}
