import { describe, expect, it } from 'vitest';
import { readPrimaryDocument } from '../../../src/ledger/read/read.ts';
import { countries, data } from '../shipped.ts';

const opening =
  'By the authority vested in me as President by the Constitution, including sections 212(f) and 215(a) of the INA, 8 U.S.C. 1182(f) and 1185(a), I hereby proclaim as follows:';

function read(text: string, ledger: typeof data | null = null) {
  return readPrimaryDocument(text, countries, ledger);
}

function short(text: string, ledger: typeof data | null = null): readonly string[] {
  return read(text, ledger).proposals.map((each) => `${each.action} ${each.country} ${each.tier}`);
}

describe('a document in another layout', () => {
  it('in Federal Register text, with its number and page marks', () => {
    const reading = read(`[Federal Register Volume 99]
Proclamation 11111 of March 3, 2027

Limiting Entry

${opening}

    Section 1. Suspension. (a) Fiji
    (i) Fiji keeps no registers.
[[Page 12345]]
    (ii) The entry into the United States of nationals of Fiji, as immigrants,
and as nonimmigrants on business (B-1), tourist (B-2), and business/tourist
(B-1/B-2) visas, is hereby suspended.
    Sec. 2. Effective Date. This proclamation is effective at 12:01 a.m. eastern
daylight time on March 15, 2027.`);
    expect(reading.instrument).toMatchObject({
      name: 'Proclamation 11111',
      signed: '2027-03-03',
      effective: '2027-03-15',
    });
    expect(reading.instrument.time).toBe('12:01 a.m. eastern daylight time');
    expect(reading.proposals).toMatchObject([
      {
        action: 'add',
        country: 'FJ',
        tier: 'partial',
        visaClasses: ['immigrants', 'B-1', 'B-2'],
        effective: '2027-03-15',
        section: '1(a)',
      },
    ]);
    expect(reading.proposals[0]?.quote).toMatch(/^The entry into .* nationals of Fiji.* is hereby suspended\.$/);
  });

  it('in HTML', () => {
    const html = `<p>${opening}</p><p><strong>Section&nbsp;1.</strong> <em>Suspension</em>.&nbsp; The entry of nationals of Peru as immigrants and nonimmigrants is hereby suspended.</p>`;
    expect(short(html)).toEqual(['add PE full']);
  });

  it('with a list after a colon, and countries that hold an “and”', () => {
    const text = `${opening} Section 1. Suspension. The entry into the United States of nationals of the following countries is hereby suspended: Antigua and Barbuda, Bosnia and Herzegovina, Chad and Mali.`;
    expect(short(text)).toEqual(['add AG full', 'add BA full', 'add TD full', 'add ML full']);
  });

  it('with lettered items', () => {
    const text = `${opening} Sec. 4. Suspension. The entry into the United States of nationals of the following countries is hereby suspended: (a) Kenya; (b) Trinidad and Tobago; and (c) Ghana.`;
    expect(short(text)).toEqual(['add KE full', 'add TT full', 'add GH full']);
  });

  it('that names the countries a sentence earlier', () => {
    const text = `By the authority vested in me, it is hereby ordered: Sec. 2. Suspension. I hereby proclaim that the unrestricted entry of nationals of Kenya, Ghana, and Togo would be detrimental. I therefore direct that the entry of nationals of those three countries be suspended for 90 days.`;
    expect(short(text)).toEqual(['add KE full', 'add GH full', 'add TG full']);
  });

  it('in the active voice, with names in brackets and an “or”', () => {
    const text = `${opening} Section 1. Suspension. I hereby suspend the entry into the United States, as immigrants and nonimmigrants, of nationals of North Korea (Democratic People's Republic of Korea).`;
    expect(short(text)).toEqual(['add KP full']);
    const each = `${opening} Section 1. Suspension. The entry of any national of Kenya or Ghana is hereby suspended.`;
    expect(short(each)).toEqual(['add KE full', 'add GH full']);
  });

  it('that spares some visas, or only immigrants of a lottery', () => {
    const text = `${opening} Section 1. Countries. The entry of nationals of Peru as immigrants and as nonimmigrants is hereby suspended, except that entry under valid student (F and M) and exchange visitor (J) visas is not suspended. The entry of nationals of Fiji as Diversity Immigrants is hereby suspended.`;
    expect(read(text).proposals).toMatchObject([
      { country: 'PE', tier: 'partial', visaClasses: ['immigrants', 'nonimmigrants except F, M, J'] },
      { country: 'FJ', tier: 'partial', visaClasses: ['Diversity Visa immigrants'] },
    ]);
  });

  it('that strikes a section of an earlier instrument', () => {
    const text = `Proclamation 9723 of April 10, 2018. ${opening} Section 1. Removal. Section 2 of Proclamation 9645 is amended by striking subsection (a) in its entirety. Sec. 2. Effective Date. This proclamation is effective at 12:01 a.m., eastern daylight time on April 13, 2018.`;
    expect(read(text, data).proposals).toMatchObject([
      { action: 'end', country: 'TD', effective: '2018-04-13', row: 'proclamation-9645/TD/2017-10-18' },
    ]);
  });

  it('that lifts a suspension whole', () => {
    const text = `Proclamation 11112 of May 4, 2026. ${opening} Section 1. Relief. The suspension of entry into the United States of nationals of Tonga is hereby terminated. This proclamation is effective on June 1, 2026.`;
    expect(read(text, data).proposals).toMatchObject([{ action: 'end', country: 'TO', effective: '2026-06-01' }]);
  });
});

describe('a document that is no nationality ban', () => {
  it.each([
    [
      'rests on presence',
      'The entry into the United States of aliens who are nationals of any country and were physically present within Brazil during the 14 days before is hereby suspended.',
      /where people have been/,
    ],
    [
      'is a sanction',
      'All property and interests in property of the persons named are blocked, and the entry of such persons is hereby suspended.',
      /sanction/,
    ],
    [
      'limits officials',
      'The entry of officials of government agencies of Nicaragua, as nonimmigrants, is hereby suspended.',
      /not by nationality/,
    ],
    ['limits workers', 'The entry of aliens as nonimmigrants to perform services is restricted.', /not by nationality/],
    [
      'names a law instead of countries',
      'The entry of aliens from countries referred to in section 217(a)(12) of the INA, 8 U.S.C. 1187(a)(12), would be detrimental, and I hereby suspend entry of such persons.',
      /names none/,
    ],
    ['says nothing of entry', 'The flag shall be flown at half-staff.', /no suspension of entry/],
  ])('since it %s', (_, sentence, reason) => {
    const reading = read(`${opening} Section 1. Action. ${sentence}`);
    expect(reading.proposals).toEqual([]);
    expect(reading.reason).toMatch(reason);
  });

  it('since it only reports', () => {
    const reading = read(
      '---\ntitle: "Fact Sheet: Entry"\ndate: 2025-06-04\n---\nThe entry of nationals of Chad is hereby suspended.',
    );
    expect(reading).toMatchObject({ proposals: [], reason: expect.stringContaining('no instrument') as unknown });
  });

  it('is left alone when a name may be two countries', () => {
    const reading = read(
      `${opening} Section 1. Suspension. The entry of nationals of Chad and Congo as immigrants and nonimmigrants is hereby suspended.`,
    );
    expect(reading.proposals).toEqual([]);
    expect(reading.reason).toContain('Congo');
  });

  it('and hostile text throws nothing', () => {
    for (const text of [
      '',
      '---\n',
      '\u0000'.repeat(1000),
      '<'.repeat(5000),
      `(a) `.repeat(20_000),
      `nationals of ${'x, '.repeat(20_000)}`,
    ])
      expect(read(text).proposals).toEqual([]);
  });
});
