import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCountries, readCountries } from '../../src/config/countries.ts';

const shipped = readFileSync(new URL('../../config/countries.yaml', import.meta.url), 'utf8');

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

describe('config/countries.yaml', () => {
  it('gives each country its flag, codes, names and demonyms', () => {
    const laos = loadCountries(shipped, 'countries.yaml').get('LA');
    expect(laos).toMatchObject({ alpha3: 'LAO', name: 'Laos', flag: '🇱🇦', capitals: ['Vientiane'] });
    expect(laos?.names.lo).toContain('ລາວ');
    expect(laos?.demonyms.en).toEqual(['Laotian', 'Lao']);
    expect(laos?.demonyms.sr).toContain('laoski');
    expect(laos?.demonyms.sr).toContain('лаоски');
  });

  it('an unknown code is refused with file, line and remedy', () => {
    const text = shipped.replace('\n  LA:\n', '\n  QQ:\n');
    expect(() => readCountries(text, 'countries.yaml')).toThrow(
      `countries.yaml:${lineOf(text, '\n  QQ:') + 1}: QQ is not an ISO 3166-1 code`,
    );
  });

  it('an unknown code among shared names is refused with its line', () => {
    const text = shipped.replace('candidates: [KP, KR]', 'candidates: [KP, QQ]');
    expect(() => readCountries(text, 'countries.yaml')).toThrow(`countries.yaml:${lineOf(text, '[KP, QQ]')}: QQ`);
  });

  it('a missing country is named', () => {
    const text = shipped.replace(/\n {2}TO:\n(?: {4}.*\n)+/, '\n');
    expect(() => readCountries(text, 'countries.yaml')).toThrow('no entry for TO');
  });

  it('an unknown field and broken YAML are refused with their line', () => {
    const field = shipped.replace('    name: Laos\n', '    nmae: Laos\n');
    expect(() => readCountries(field, 'countries.yaml')).toThrow(/countries\.yaml:\d+: countries\.LA/);
    const broken = shipped.replace('    name: Laos\n', '    name: "Laos\n');
    expect(() => readCountries(broken, 'countries.yaml')).toThrow(/countries\.yaml:\d+/);
  });

  it('two commas in a row are refused', () => {
    const text = shipped.replace('en: Laotian, Lao\n', 'en: Laotian,, Lao\n');
    expect(() => readCountries(text, 'countries.yaml')).toThrow(/countries\.yaml:\d+: countries\.LA\.demonyms/);
  });
});
