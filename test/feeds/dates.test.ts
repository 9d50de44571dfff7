import { describe, expect, it } from 'vitest';
import { parseDate } from '../../src/feeds/dates.ts';

const noon = '2025-06-05T12:00:00.000Z';
const midnight = '2025-06-05T00:00:00.000Z';

describe('parseDate', () => {
  it.each([
    // RFC 822 and its relatives
    ['Thu, 05 Jun 2025 12:00:00 GMT', noon],
    ['Thu, 05 Jun 2025 12:00:00 +0000', noon],
    ['05 Jun 25 12:00 UT', noon],
    ['Thu, 5 Jun 2025 08:00:00 EDT', noon],
    ['Thu, 5 Jun 2025 07:00:00 EST', noon],
    ['Thu, 5 Jun 2025 05:00:00 PDT', noon],
    ['Thu, 05 Jun 2025 14:00:00 +0200', noon],
    ['Thu, 05 Jun 2025 14:00:00 +02:00', noon],
    ['Thu, 05 Jun 2025 14:00:00 GMT+2', noon],
    ['Thu, 05 Jun 2025 14:00:00 CEST (summer time)', noon],
    ['Thursday, June 5, 2025 12:00:00', noon],
    ['Wrongday, 05 June 2025 12:00:00 Z', noon],
    ['Thu,05 Jun 2025 12:00:00 -0000', noon],
    ['Thu 05-Jun-2025 12:00:00', noon],
    ['Thu, 05 Jun 2025', midnight],
    ['31 Jun 2025', '2025-06-30T00:00:00.000Z'],
    // W3C-DTF and ISO 8601
    ['2025-06-05T12:00:00Z', noon],
    ['2025-06-05T12:00Z', noon],
    ['2025-06-05T14:00:00+02:00', noon],
    ['2025-06-05T14:00:00+0200', noon],
    ['2025-06-05T12:00:00.250Z', '2025-06-05T12:00:00.250Z'],
    ['2025-06-05 12:00:00', noon],
    ['2025-06-05 12:00:00 UTC', noon],
    ['20250605T120000Z', noon],
    ['20250605', midnight],
    ['2025-156', midnight],
    ['2025-06-05', midnight],
    ['2025-06', '2025-06-01T00:00:00.000Z'],
    ['2025', '2025-01-01T00:00:00.000Z'],
    ['2025-06-04T24:00:00Z', midnight],
    ['2025/06/05 12:00', noon],
    // as people write
    ['June 5, 2025', midnight],
    ['June 5th, 2025 at 8:00 am EDT', noon],
    ['Jun 5, 2025 12:00 PM', noon],
    ['Thu Jun  5 12:00:00 2025', noon],
    ['Thu Jun  5 12:00:00 UTC 2025', noon],
    ['06/05/2025', midnight],
    ['06/05/2025 12:00 PM', noon],
    ['25/06/2025', '2025-06-25T00:00:00.000Z'],
    ['05.06.2025 12:00', noon],
    ['5 juin 2025', midnight],
    ['5 de junio de 2025 12:00', noon],
    ['jeu., 05 juin 2025 14:00:00 +0200', noon],
    ['5 de março de 2025', '2025-03-05T00:00:00.000Z'],
    ['5. lipnja 2025', midnight],
    ['5. listopada 2025', null],
    ['05 июня 2025 12:00', noon],
    ['5 jun 2025', midnight],
    ['5 qershor 2025', midnight],
    ['5 me 2025', '2025-05-05T00:00:00.000Z'],
    ['٥', null],
    ['5 يونيو 2025', midnight],
    ['2025年6月5日 12:00', noon],
    ['2025년 6월 5일 오후 12:00', noon],
    // weeks
    ['2025-W23-4', midnight],
    ['2026-W01', '2025-12-29T00:00:00.000Z'],
    ['2025-W99-1', null],
    ['07-01-2025', '2025-07-01T00:00:00.000Z'],
    // epochs
    ['1749124800', noon],
    ['1749124800000', noon],
    // what is none
    ['', null],
    ['garbage', null],
    ['0000-00-00', null],
    ['1970-01-01T00:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['Mon, 99 Foo 9999 99:99:99 XYZ', null],
    ['275761-01-01', null],
    ['NaN', null],
    ['2025-13-01', null],
    ['2025-06-05T25:00:00Z', null],
  ])('%s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  it('reads a date without a zone as UTC, and long nonsense as none', () => {
    expect(parseDate(` \n\t2025-06-05 12:00:00 `)).toBe(noon);
    for (const junk of ['1'.repeat(200_000), '+'.repeat(50_000), '('.repeat(400), ' '.repeat(100_000)]) {
      expect(parseDate(junk)).toBeNull();
    }
  });
});
