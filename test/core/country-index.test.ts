import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCountries } from '../../src/config/countries.ts';

const file = new URL('../../config/countries.yaml', import.meta.url);
const countries = loadCountries(readFileSync(file, 'utf8'), 'config/countries.yaml');

/** What a match means, in the table's words. */
function told(input: string): string {
  const match = countries.resolve(input);
  if (match.kind === 'found') return match.country.code;
  if (match.kind === 'unknown') return 'none';
  return `ask ${match.candidates
    .map((country) => country.code)
    .sort()
    .join(' ')}`;
}

const table = readFileSync(new URL('country-inputs.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [input = '', expected = '', origin = ''] = line.split('\t');
    const [verb = '', ...codes] = expected.split(' ');
    return { input, expected: verb === 'ask' ? `ask ${codes.sort().join(' ')}` : expected, origin };
  });

describe('ways of naming a country', () => {
  it('are at least two hundred', () => {
    expect(new Set(table.map((row) => row.input)).size).toBeGreaterThanOrEqual(200);
  });

  it.each(table)('$input is $expected ($origin)', ({ input, expected }) => {
    expect(told(input)).toBe(expected);
  });
});

describe('every country', () => {
  it.each(countries.all.map((country) => country.code))('%s is found by code, flag and both of its names', (code) => {
    const country = countries.get(code);
    for (const way of [code, country?.alpha3, country?.flag, country?.name, country?.official])
      expect(told(way ?? '')).toBe(code);
  });

  it('is one of the 249 of ISO 3166-1 or Kosovo', () => {
    expect(countries.all).toHaveLength(250);
    expect(countries.name('XK')).toBe('Kosovo');
  });

  it('is never found by a demonym of another', () => {
    for (const country of countries.all)
      for (const [language, demonyms] of Object.entries(country.demonyms))
        for (const demonym of demonyms) {
          const match = countries.resolve(demonym);
          const right = match.kind === 'found' ? match.country.code === country.code : match.kind === 'ambiguous';
          expect(right, `${demonym} (${language}) of ${country.code} is ${told(demonym)}`).toBe(true);
        }
  });
});

describe('resolving', () => {
  it('says which country is meant where an exact name is often confused', () => {
    for (const name of ['Dominica', 'Guinea', 'Georgia', 'Niger']) {
      const match = countries.resolve(name);
      expect(match.kind === 'found' && match.how === 'exact' && match.note, name).toBeTruthy();
    }
    expect(countries.resolve('France')).not.toHaveProperty('note');
  });

  it('says that the US state of Georgia is not the country', () => {
    expect(countries.resolve('State of Georgia')).toMatchObject({ kind: 'unknown', note: /US state/ });
  });

  it('tells typos from exact names', () => {
    expect(countries.resolve('Venezula')).toMatchObject({ kind: 'found', how: 'typo' });
    expect(countries.resolve('Venezuela')).toMatchObject({ kind: 'found', how: 'exact' });
  });

  it('never takes one slip in a twin for the other twin', () => {
    const twins = [
      ['Niger', 'NE', 'NG'],
      ['Nigeria', 'NG', 'NE'],
      ['Iran', 'IR', 'IQ'],
      ['Iraq', 'IQ', 'IR'],
      ['Gambia', 'GM', 'ZM'],
      ['Zambia', 'ZM', 'GM'],
      ['Dominica', 'DM', 'DO'],
      ['Mauritania', 'MR', 'MU'],
      ['Mauritius', 'MU', 'MR'],
    ] as const;
    const wrong = twins.flatMap(([name, , other]) =>
      slips(name.toLowerCase()).filter((slip) => {
        const match = countries.resolve(slip);
        return match.kind === 'found' && match.how === 'typo' && match.country.code === other;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('never takes one or two slips in a country’s name for another country', () => {
    const random = seeded(11);
    const wrong = countries.all.flatMap(({ code, name }) =>
      Array.from({ length: 24 }, (_, n) => {
        const once = slipped(name.toLowerCase(), random);
        return n % 2 === 0 ? once : slipped(once, random);
      }).filter((slip) => {
        const match = countries.resolve(slip);
        return match.kind === 'found' && match.how === 'typo' && match.country.code !== code;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('suggests the country of a capital, and nothing for what is like no country', () => {
    for (const nowhere of ['Atlantis', 'Wakanda', 'Narnia', 'Zamunda'])
      expect(countries.resolve(nowhere)).toEqual({ kind: 'unknown', suggestions: [] });
    expect(countries.resolve('Kinshasa')).toMatchObject({ kind: 'unknown', suggestions: [{ code: 'CD' }] });
  });

  it('answers hostile input at once', () => {
    for (const text of ['', ' ', '🏴', 'a'.repeat(100_000), '\u202Elaos', "'; DROP TABLE--", '‮‮', '((((('])
      expect(['found', 'unknown', 'ambiguous']).toContain(countries.resolve(text).kind);
    expect(told('\u202Elaos')).toBe('LA');
  });
});

describe('autocomplete', () => {
  it('puts names that begin with the text first', () => {
    expect(
      countries
        .suggest('niger', 5)
        .map((country) => country.code)
        .slice(0, 2),
    ).toEqual(['NE', 'NG']);
    expect(
      countries
        .suggest('cong', 5)
        .map((country) => country.code)
        .sort(),
    ).toEqual(['CD', 'CG']);
  });

  it('finds codes, flags, accents left out and other languages', () => {
    expect(countries.suggest('la', 25).some((country) => country.code === 'LA')).toBe(true);
    expect(countries.suggest('🇱🇦', 5)[0]?.code).toBe('LA');
    expect(countries.suggest('cote', 5)[0]?.code).toBe('CI');
    expect(countries.suggest('лао', 5)[0]?.code).toBe('LA');
  });

  it('gives at most as many as asked for', () => {
    expect(countries.suggest('', 25)).toHaveLength(25);
    expect(countries.suggest('a', 10)).toHaveLength(10);
  });
});

/** Each word that one deletion, swap or substituted vowel makes of a name. */
function slips(name: string): readonly string[] {
  const letters = Array.from(name);
  return letters.flatMap((letter, at) => [
    letters.filter((_, index) => index !== at).join(''),
    ...(at > 0
      ? [
          letters
            .with(at, letters[at - 1] ?? '')
            .with(at - 1, letter)
            .join(''),
        ]
      : []),
    ...['a', 'e', 'i', 'o', 'u'].map((vowel) => letters.with(at, vowel).join('')),
  ]);
}

/** Whole numbers below `limit`, the same ones each run. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
}

/** One letter put in, left out, written for another, or swapped with the next. */
function slipped(word: string, random: (limit: number) => number): string {
  const at = random(word.length);
  const letter = String.fromCharCode(97 + random(26));
  const [before, here, next = '', after] = [word.slice(0, at), word[at] ?? '', word[at + 1], word.slice(at + 2)];
  const kinds = [letter + here + next, next, letter + next, next + here];
  return before + (kinds[random(4)] ?? '') + after;
}
