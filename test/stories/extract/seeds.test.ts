import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCountries } from '../../../src/config/countries.ts';
import type { Reading } from '../../../src/core/reading.ts';
import { createReader } from '../../../src/stories/read.ts';
import { loadReaderData } from '../../../src/stories/reader-data.ts';

const folder = join(import.meta.dirname, '../../../../shared/seeds');
const present = existsSync(folder);
if (!present) console.warn('the seed articles are not there: reading them is not checked');

const config = join(import.meta.dirname, '../../../config');
const read = createReader({
  countries: loadCountries(readFileSync(join(config, 'countries.yaml'), 'utf8'), 'countries.yaml'),
  data: loadReaderData(config),
});

/** Another country in the place of the one asked: name, demonym and capital. */
const changes = [
  { code: 'RS', swap: (text: string) => text },
  {
    code: 'HR',
    swap: (text: string) =>
      text.replaceAll('Serbian', 'Croatian').replaceAll('Serbia', 'Croatia').replaceAll('Belgrade', 'Zagreb'),
  },
  {
    code: 'PY',
    swap: (text: string) =>
      text
        .replaceAll('Serbian', 'Paraguayan')
        .replaceAll('Serbia', 'Paraguay')
        .replaceAll('Belgrade', 'Asunción')
        .replaceAll('Thursday', 'Tuesday')
        .replaceAll('Bloomberg', 'Politico'),
  },
];

function readAll(swap: (text: string) => string): Reading[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const text = swap(readFileSync(join(folder, name), 'utf8'));
      return read({
        id: name,
        url: null,
        publisher: null,
        sourceId: null,
        sourceKind: 'news',
        title: null,
        html: null,
        text,
        publishedAt: null,
        updatedAt: null,
        language: null,
        author: null,
        arrivedAt: '2026-11-21T00:00:00.000Z',
      }).reading;
    });
}

const firstBan = 'AF BI CG CU ER GQ HT IR LA LY MM SD SL SO TD TG TM VE YE'.split(' ');

describe.skipIf(!present).each(changes)('the five seed articles with $code asked', ({ code, swap }) => {
  const readings = present ? readAll(swap) : [];

  it('all ask that country and nobody else', () => {
    for (const reading of readings) {
      expect(reading.countries.receiving).toEqual([code]);
      expect(reading.stage).toBe('approached');
      expect(reading.matters[0]).toEqual({ id: `removals/${code}`, stage: 'approached', countries: [code] });
    }
  });

  it('name the nationalities, the region and the precedent as such', () => {
    expect(readings.map((reading) => reading.countries.nationality)).toEqual([
      [],
      ['CU', 'HT', 'NI', 'VE'],
      [],
      [],
      ['CU', 'HT', 'NI', 'VE'],
    ]);
    expect(readings[3]?.countries.mentioned).toEqual(['AL', 'BA']);
    for (const at of [1, 2]) expect(readings[at]?.countries.mentioned).toContain('AL');
    for (const reading of readings) expect(reading.matters.some(({ id }) => id === 'removals/AL')).toBe(false);
  });

  it('give Kosovo and Moldova to the older report', () => {
    for (const reading of readings) {
      const { banned, receiving, nationality, mentioned } = reading.countries;
      expect([...banned, ...receiving, ...nationality, ...mentioned]).not.toContain('XK');
    }
    for (const at of [0, 1]) expect(readings[at]?.earlier.map(({ countries }) => countries)).toEqual([['MD', 'XK']]);
  });

  it('list the travel ban beside the request, with the right Congo', () => {
    expect(readings.map((reading) => reading.countries.banned)).toEqual([firstBan, [], [], [], []]);
    expect(readings[0]?.effectiveDate).toBe('2025-06-09');
  });

  it('tell the programme differently', () => {
    const programmes = readings.map((reading) => reading.claims.find(({ fact }) => fact === 'programme')?.value);
    expect(programmes[1]).toBe('temporary legal status');
    expect(programmes[4]).toBe('TPS');
  });
});
