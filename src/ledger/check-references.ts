import type { Countries } from '../core/country.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { Finding } from './check.ts';

/** Countries, instruments and cases that entries name must exist, and nothing may stand there twice. */
export function checkReferences(data: LedgerData, countries: Countries): readonly Finding[] {
  return [...unknownCountries(data, countries), ...unknownInstruments(data), ...duplicates(data), ...unmarked(data)];
}

function unknownCountries(data: LedgerData, countries: Countries): Finding[] {
  const named = [
    ...data.rows.map((row) => ({ code: row.country, at: `row:${row.id}` })),
    ...data.deals.map((deal) => ({ code: deal.code, at: `deal:${deal.code}` })),
    ...data.cases.flatMap((each) =>
      each.history.flatMap((event) => event.countries.map((code) => ({ code, at: `case:${each.id}` }))),
    ),
  ];
  return named
    .filter(({ code }) => code !== '*' && countries.get(code) === undefined)
    .map(({ code, at }) => ({
      kind: 'country',
      message: `${code} is no country of config/countries.yaml; use its alpha-2 code`,
      at,
    }));
}

function unknownInstruments(data: LedgerData): Finding[] {
  const instruments = new Set(data.instruments.map((each) => each.name));
  const cases = new Set(data.cases.flatMap((each) => [each.name, ...each.otherNames]));
  const ids = new Set(data.cases.map((each) => each.id));
  const named = [
    ...data.exceptions.map((each) => ({ name: each.instrument, at: `exceptions:${each.instrument}` })),
    ...data.enforcement.map((each, index) => ({ name: each.instrument, at: `enforcement:${index}` })),
    ...data.cases.flatMap((each) => (each.instruments ?? []).map((name) => ({ name, at: `case:${each.id}` }))),
    ...data.rows.flatMap((row) =>
      row.continuedBy === undefined ? [] : [{ name: row.continuedBy, at: `row:${row.id}` }],
    ),
  ];
  const ends = data.rows
    .filter((row) => row.ended !== null && row.ended !== 'unknown')
    .filter((row) => row.endedBy === null || !(instruments.has(row.endedBy) || cases.has(row.endedBy)));
  const rulings = data.enforcement
    .map((each, index) => ({ name: each.case, at: `enforcement:${index}` }))
    .filter(({ name }) => name !== null && !ids.has(name));
  return [
    ...named
      .filter(({ name }) => !instruments.has(name))
      .map(({ name, at }) => ({
        kind: 'instrument' as const,
        message: `${name} is no instrument of entry-bans.yaml; add it there or correct the name`,
        at,
      })),
    ...ends.map((row) => ({
      kind: 'link' as const,
      message: `${row.id} ended on ${row.ended ?? ''} and ${row.endedBy === null ? 'does not say by what' : `by ${row.endedBy}, which is no instrument or case here`}; name what ended it`,
      at: `row:${row.id}`,
    })),
    ...rulings.map(({ name, at }) => ({
      kind: 'link' as const,
      message: `${name ?? ''} is no case of courts.yaml; correct the id`,
      at,
    })),
  ];
}

function duplicates(data: LedgerData): Finding[] {
  const keys = [
    ...data.rows.map((row) => `row:${row.id}`),
    ...data.instruments.map((each) => `instrument:${each.name}`),
    ...data.deals.map((deal) => `deal:${deal.code}`),
    ...data.cases.map((each) => `case:${each.id}`),
  ];
  return keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => ({ kind: 'duplicate', message: `${key} stands there twice; join them or remove one`, at: key }));
}

/** What claims to rest on a source must name one. */
function unmarked(data: LedgerData): Finding[] {
  return data.rows
    .filter((row) => row.source.url === null && row.confidence !== 'from-memory-unverified')
    .map((row) => ({
      kind: 'unverified',
      message: `${row.id} has no source address; add one, or set confidence to from-memory-unverified`,
      at: `row:${row.id}`,
    }));
}
