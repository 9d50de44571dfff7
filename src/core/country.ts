/** ISO 3166-1 alpha-2, upper case; `XK` for Kosovo, `PS` for Palestine. Example: `"LA"`. */
export type CountryCode = string;

/** One country as `config/countries.yaml` and the base list describe it. */
export interface Country {
  code: CountryCode;
  alpha3: string;
  /** Short English name used in answers. Example: `"Laos"`. */
  name: string;
  /** Official English name. */
  official: string;
  flag: string;
  /** Other names, per language (ISO 639-1): old, native and alternative ones. */
  names: Readonly<Record<string, readonly string[]>>;
  /** Demonyms and adjectives, per language. Example: `{ en: ["Laotian", "Lao"] }`. */
  demonyms: Readonly<Record<string, readonly string[]>>;
  /** Seats of government, which news writes for the government: `["Vientiane"]`. Absent where there is none of its own. */
  capitals?: readonly string[];
  /** A sentence shown with an exact name that people often confuse with another. */
  confusedWith?: string;
}

/** What a person's text turned out to name. Ambiguity asks; it never guesses. */
export type CountryMatch =
  | { kind: 'found'; country: Country; how: 'exact' | 'typo'; note?: string }
  | { kind: 'ambiguous'; candidates: readonly Country[]; note?: string }
  | { kind: 'unknown'; suggestions: readonly Country[]; note?: string };

/** All countries, by code and by any way of naming them. Pure; built once from data. */
export interface Countries {
  all: readonly Country[];
  get(code: CountryCode): Country | undefined;
  /** English short name, or the code itself when it is not known. */
  name(code: CountryCode): string;
  /** Reads names, demonyms, alpha-2 and alpha-3, flags, native and old names, and typos. */
  resolve(text: string): CountryMatch;
  /** Autocomplete: at most `limit` countries whose names begin with or contain `text`. */
  suggest(text: string, limit: number): readonly Country[];
}
