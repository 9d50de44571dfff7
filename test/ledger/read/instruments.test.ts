import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPrimaryDocument } from '../../../src/ledger/read/read.ts';
import { countries, data } from '../shipped.ts';

/* Operative parts of instruments of 2017 to 2020, each in another of the forms that they are published in. */

function read(file: string, ledger: typeof data | null) {
  const text = readFileSync(new URL(`../../fixtures/instruments/${file}`, import.meta.url), 'utf8');
  return readPrimaryDocument(text, countries, ledger);
}

function told(file: string, ledger: typeof data | null = null): readonly string[] {
  return read(file, ledger).proposals.map((each) => `${each.action} ${each.country} ${each.visaClasses.join(', ')}`);
}

describe('an instrument of earlier years', () => {
  it('that points to another law for its countries is left alone, with the reason', () => {
    expect(read('eo-13769.txt', null)).toMatchObject({
      proposals: [],
      reason: expect.stringMatching(/names none.*unsure/) as unknown,
      instrument: { name: 'Executive Order 13769', signed: '2017-01-27' },
    });
  });

  it('in Federal Register text: six countries, named a sentence before, and the order that it revokes', () => {
    const { instrument } = read('eo-13780.txt', null);
    expect(instrument).toMatchObject({ name: 'Executive Order 13780', signed: '2017-03-06', effective: '2017-03-16' });
    expect(instrument.authority).toEqual(['212(f)', '215(a)']);
    const six = ['IR', 'LY', 'SO', 'SD', 'SY', 'YE'];
    expect(told('eo-13780.txt')).toEqual(six.map((code) => `add ${code} immigrants, nonimmigrants`));
    expect(told('eo-13780.txt', data)).toEqual([
      ...six.map((code) => `continue ${code} immigrants, nonimmigrants`),
      ...['IR', 'IQ', 'LY', 'SO', 'SD', 'SY', 'YE'].map((code) => `end ${code} `),
    ]);
  });

  it('in the HTML of the White House: each country by its own sentence, never by the one that leads to them', () => {
    expect(told('proclamation-9645.html')).toEqual([
      'add TD immigrants, B-1, B-2',
      'add IR immigrants, nonimmigrants except F, M, J',
      'add LY immigrants, B-1, B-2',
      'add KP immigrants, nonimmigrants',
      'add SY immigrants, nonimmigrants',
      'add VE B-1 of named officials and their families, B-2 of named officials and their families',
      'add YE immigrants, B-1, B-2',
      'add SO immigrants',
    ]);
    const { proposals, instrument } = read('proclamation-9645.html', data);
    expect(instrument).toMatchObject({ signed: '2017-09-24', effective: '2017-10-18' });
    expect(proposals.map((each) => each.section).filter((section) => section !== null)).toEqual(
      Array.from('abcdefgh', (letter) => `2(${letter})`),
    );
  });

  it('in a web page of Federal Register text: a subsection struck out', () => {
    expect(read('proclamation-9723.html', data).proposals).toMatchObject([
      { action: 'end', country: 'TD', effective: '2018-04-13', row: 'proclamation-9645/TD/2017-10-18' },
    ]);
  });

  it('in the XML of the Federal Register, spaced or not', () => {
    const six = [
      ...['MM', 'ER', 'KG', 'NG'].map((code) => `add ${code} immigrants`),
      ...['SD', 'TZ'].map((code) => `add ${code} Diversity Visa immigrants`),
    ];
    expect(told('proclamation-9983.xml')).toEqual(six);
    expect(read('proclamation-9983.xml', data).proposals.map((each) => each.section)).toEqual(
      Array.from('abcdef', (letter) => `1(${letter})`),
    );
    const packed = readFileSync(new URL('../../fixtures/instruments/proclamation-9983.xml', import.meta.url), 'utf8');
    expect(readPrimaryDocument(packed.replace(/>\s+</g, '><'), countries, null).proposals).toHaveLength(6);
  });
});
