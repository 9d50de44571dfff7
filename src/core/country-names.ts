import type { Country, CountryCode } from './country.ts';
import { nameKey } from './country-fold.ts';
import { editDistance, lettersOf } from './edit-distance.ts';

/** A name that several countries share, or that is none; a note says what to make of it. */
export interface SharedName {
  names: readonly string[];
  candidates: readonly CountryCode[];
  note?: string;
}

/** Names that are asked about instead of resolved, and countries that misspellings must not confuse. */
export interface NameRules {
  ambiguous: readonly SharedName[];
  notCountries: readonly { names: readonly string[]; note: string }[];
  twins: readonly (readonly CountryCode[])[];
  /** Misspellings so usual that they are not asked about, by country. */
  misspelt: Readonly<Record<CountryCode, readonly string[]>>;
  /** Names in the languages that only a person's question may be in: many, so made when first asked for. */
  furtherNames?: () => ReadonlyMap<CountryCode, Readonly<Record<string, readonly string[]>>>;
}

/** What one key stands for: a country by code or by name, or a name that is shared. */
export interface NameTarget {
  codes: readonly CountryCode[];
  /** Codes are exact beyond doubt: no line about confusion is due. */
  by: 'code' | 'name' | 'shared';
  note?: string;
}

export interface NameTable {
  exact: ReadonlyMap<string, NameTarget>;
  spellings: readonly Spelling[];
}

/** A key that misspellings are measured against. */
export interface Spelling {
  key: string;
  /** `lettersOf` the key. */
  letters: number;
  target: NameTarget;
  /** Whether it is an English name of a country: what people most often misspell. */
  isOwn: boolean;
  /** Whether a slip in it still tells which country it is: not in short words beside the usual name (`rusa`, `USVI`). */
  isTelling: boolean;
}

/** Lower wins where two countries' names fold to the same key: an English name before a foreign word. */
const ranks = { code: 0, english: 1, foreign: 2, demonym: 3 } as const;

/** Misspellings are mended only in these languages; other scripts and tongues must be exact. */
export const spelled: ReadonlySet<string> = new Set(['en', 'es', 'fr', 'pt', 'sr', 'bs', 'hr', 'sq', 'ht']);

interface Claim {
  code: CountryCode;
  rank: number;
  spelling: boolean;
}

/** Every key that any country, shared name or code is known by. */
export function buildNameTable(list: readonly Country[], rules: NameRules): NameTable {
  const claims = new Map<string, Claim[]>();
  const claim = (key: string, code: CountryCode, rank: number, spelling: boolean): void => {
    const all = claims.get(key);
    if (all) all.push({ code, rank, spelling });
    else if (key !== '') claims.set(key, [{ code, rank, spelling }]);
  };
  for (const country of list) {
    claimNames(country, claim);
    for (const slip of rules.misspelt[country.code] ?? []) claim(nameKey(slip), country.code, ranks.english, false);
  }
  const twins = twinKeys(list, rules.twins);
  const exact = new Map<string, NameTarget>();
  const spellings: Spelling[] = [];
  const own = new Set(list.flatMap((each) => [each.name, ...(each.names.en ?? [])].map(nameKey)));
  const usual = new Set(list.map((each) => nameKey(each.name)));
  for (const [key, all] of claims) {
    const target = doubted(key, targetOf(all), all, twins);
    exact.set(key, target);
    if (key.length < 4 || !all.some((each) => each.spelling)) continue;
    const isOwn = own.has(key);
    const isTelling = usual.has(key) || key.length >= (isOwn ? 5 : 6);
    spellings.push({ key, letters: lettersOf(key), target, isOwn, isTelling });
  }
  for (const shared of rules.ambiguous) addShared(shared, exact, spellings);
  for (const not of rules.notCountries)
    for (const name of not.names) exact.set(nameKey(name), { codes: [], by: 'shared', note: not.note });
  return { exact, spellings };
}

function claimNames(country: Country, claim: (key: string, code: string, rank: number, spelling: boolean) => void) {
  const { code } = country;
  claim(code.toLowerCase(), code, ranks.code, false);
  claim(country.alpha3.toLowerCase(), code, ranks.code, false);
  claim(nameKey(country.name), code, ranks.english, true);
  claim(nameKey(country.official), code, ranks.english, true);
  for (const [language, names] of Object.entries(country.names)) {
    const rank = language === 'en' ? ranks.english : ranks.foreign;
    for (const name of names) claim(nameKey(name), code, rank, spelled.has(language));
  }
  for (const [language, demonyms] of Object.entries(country.demonyms)) {
    const rank = language === 'en' ? ranks.english : ranks.demonym;
    for (const demonym of demonyms)
      for (const form of inflected(nameKey(demonym), language)) claim(form, code, rank, spelled.has(language));
  }
}

function targetOf(claims: readonly Claim[]): NameTarget {
  const best = Math.min(...claims.map((each) => each.rank));
  const codes = [...new Set(claims.filter((each) => each.rank === best).map((each) => each.code))];
  return { codes, by: codes.length > 1 ? 'shared' : best === ranks.code ? 'code' : 'name' };
}

/** Each twin's English name, with the others of its group. */
function twinKeys(list: readonly Country[], groups: NameRules['twins']): readonly TwinKey[] {
  const names = new Map(list.map((country) => [country.code, nameKey(country.name)]));
  return groups.flatMap((group) => group.map((code) => ({ code, key: names.get(code) ?? '', group })));
}

interface TwinKey {
  code: CountryCode;
  key: string;
  group: readonly CountryCode[];
}

/** Another tongue's name for one twin (Latvian `Nigera` for Niger) that is one slip from the English name of the other. */
function doubted(key: string, target: NameTarget, claims: readonly Claim[], twins: readonly TwinKey[]): NameTarget {
  const [code] = target.codes;
  const foreign = target.by === 'name' && claims.every((each) => each.rank !== ranks.english && !each.spelling);
  if (!foreign || code === undefined) return target;
  const other = twins.find(
    (twin) => twin.code !== code && twin.group.includes(code) && editDistance(key, twin.key, 1) <= 1,
  );
  return other ? { codes: [code, other.code], by: 'shared' } : target;
}

function addShared(shared: SharedName, exact: Map<string, NameTarget>, spellings: Spelling[]): void {
  const note = shared.note === undefined ? {} : { note: shared.note };
  const target: NameTarget = { codes: shared.candidates, by: 'shared', ...note };
  for (const name of shared.names) {
    const key = nameKey(name);
    for (const form of [key, `${key}s`]) exact.set(form, target);
    if (key.length >= 4) spellings.push({ key, letters: lettersOf(key), target, isOwn: false, isTelling: true });
  }
}

/** Plural and feminine forms as the Romance languages and English make them; one too many does no harm. */
function inflected(word: string, language: string): readonly string[] {
  if (language === 'en' || language === 'ht') return [word, `${word}s`];
  if (language === 'fr')
    return ['', 's', 'e', 'es', ...(/[eo]n$/.test(word) ? ['ne', 'nes'] : [])].map((end) => word + end);
  if (language !== 'es' && language !== 'pt') return [word];
  const stem = word.endsWith('o') ? word.slice(0, -1) : word;
  return [word, `${word}s`, `${stem}a`, `${stem}as`, `${stem}es`, word.replace(/es$/, 'esa')];
}
