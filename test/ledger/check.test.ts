import { describe, expect, it } from 'vitest';
import { type LedgerFiles, readLedger } from '../../src/config/ledger.ts';
import { checkLedger } from '../../src/ledger/check.ts';
import { countries, data, ledgerFiles } from './shipped.ts';

/** Problems of the shipped record with one seeded error, and the line of the words that were changed. */
function seeded(key: keyof LedgerFiles, from: string | RegExp, to: string) {
  const files = ledgerFiles({ key, from, to });
  return { problems: checkLedger(readLedger(files), countries), files };
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

describe('the shipped record', () => {
  it('holds together', () => {
    expect(checkLedger(data, countries)).toEqual([]);
  });

  it('holds every row of the four tables, and two rulings beside them', () => {
    expect(data.rows).toHaveLength(190);
    expect(data.exceptions).toHaveLength(42);
    expect(data.deals.flatMap((deal) => deal.steps)).toHaveLength(71);
    expect(data.cases.flatMap((each) => each.history)).toHaveLength(35);
  });

  it('ends exactly the rows of Laos, Sierra Leone and Turkmenistan by Proclamation 10998', () => {
    const ended = data.rows.filter(
      (row) => row.instrument === 'Proclamation 10949' && row.endedBy === 'Proclamation 10998',
    );
    expect(ended.map((row) => row.country).sort()).toEqual(['LA', 'SL', 'TM']);
    expect(new Set(ended.map((row) => row.ended))).toEqual(new Set(['2026-01-01']));
  });

  it('marks what nobody read', () => {
    const unread = data.rows.filter((row) => row.source.url === null);
    expect(unread.length).toBeGreaterThan(0);
    expect(unread.every((row) => row.confidence === 'from-memory-unverified')).toBe(true);
  });
});

describe('a seeded error', () => {
  it('in the order of dates is named with file and line', () => {
    const { problems, files } = seeded('entryBans', 'signed: 2025-06-04', 'signed: 2025-07-04');
    const first = problems.find((problem) => problem.kind === 'dates');
    expect(first?.message).toContain('after it takes effect');
    expect(first?.file).toBe('config/ledger/entry-bans.yaml');
    const row = files.entryBans.text.split('\n')[(first?.line ?? 0) - 1];
    expect(row).toMatch(/country: [A-Z]{2}/);
    expect(first?.line).toBeGreaterThan(lineOf(files.entryBans.text, 'signed: 2025-07-04'));
  });

  it('in an end before its start is named', () => {
    const { problems } = seeded('entryBans', 'ended: 2018-04-13', 'ended: 2017-10-01');
    expect(problems.some((problem) => problem.kind === 'dates' && problem.message.includes('TD'))).toBe(true);
  });

  it('in a country code is named with its line', () => {
    const { problems, files } = seeded('entryBans', 'country: KP', 'country: ZQ');
    const found = problems.find((problem) => problem.kind === 'country');
    expect(found?.message).toContain('ZQ');
    expect(found?.line).toBe(lineOf(files.entryBans.text, 'country: ZQ'));
  });

  it('in a deal or a case is named in its own file', () => {
    const deal = seeded('removals', 'code: RS', 'code: QQ').problems.find((problem) => problem.kind === 'country');
    expect(deal?.file).toBe('config/ledger/removals.yaml');
    const court = seeded('courts', 'countries: [VE, SV]', 'countries: [VE, QQ]').problems;
    expect(court.find((problem) => problem.kind === 'country')?.file).toBe('config/ledger/courts.yaml');
  });

  it('that leaves a row in force when the next begins is an overlap', () => {
    const { problems } = seeded('entryBans', / {8}ended: 2026-01-01\n {8}endedBy: Proclamation 10998\n/, '');
    const overlaps = problems.filter((problem) => problem.kind === 'overlap').map((problem) => problem.message);
    expect(overlaps.some((message) => message.includes('proclamation-10949/LA'))).toBe(true);
  });

  it('that forgets to continue is an overlap', () => {
    const { problems } = seeded('entryBans', '        continuedBy: Proclamation 10998\n', '');
    expect(problems.some((problem) => problem.kind === 'overlap' && problem.message.includes('AF'))).toBe(true);
  });

  it('that ends a row before the next begins is a gap', () => {
    const { problems } = seeded('entryBans', 'ended: 2017-09-24', 'ended: 2017-09-01');
    expect(problems.some((problem) => problem.kind === 'link' || problem.kind === 'gap')).toBe(true);
    const upgraded = seeded('entryBans', /ended: 2026-01-01/, 'ended: 2025-12-31').problems;
    expect(upgraded.some((problem) => problem.kind === 'gap')).toBe(true);
  });

  it('in what ended a row is an unlinked end', () => {
    const { problems } = seeded('entryBans', 'endedBy: Proclamation 9723', 'endedBy: Proclamation 9999');
    expect(problems.filter((problem) => problem.kind === 'link').length).toBeGreaterThan(0);
    const silent = seeded('entryBans', '        endedBy: Proclamation 9723\n', '').problems;
    expect(silent.some((problem) => problem.message.includes('does not say by what'))).toBe(true);
  });

  it('in the number of countries is told against the instrument’s own count', () => {
    const { problems, files } = seeded('entryBans', '          - { country: TO, section: 5(m) }\n', '');
    const found = problems.find((problem) => problem.kind === 'count');
    expect(found?.message).toContain('says 19 countries at tier partial, the rows hold 18');
    expect(found?.line).toBe(lineOf(files.entryBans.text, 'name: Proclamation 10998'));
  });

  it('in an instrument’s name is told where it is named', () => {
    const exception = seeded('exceptions', 'instrument: Proclamation 9983', 'instrument: Proclamation 9984').problems;
    expect(exception).toMatchObject([{ kind: 'instrument', file: 'config/ledger/exceptions.yaml' }]);
    const order = seeded('courts', 'case: washington-v-trump', 'case: oregon-v-trump').problems;
    expect(order.some((problem) => problem.message.includes('oregon-v-trump'))).toBe(true);
  });

  it('that repeats a row or a case is told', () => {
    const row = '          - { country: TO, section: 5(m) }\n';
    expect(seeded('entryBans', row, row + row).problems.some((problem) => problem.kind === 'duplicate')).toBe(true);
    expect(
      seeded('courts', 'id: noem-v-doe', 'id: mullin-v-doe').problems.some((problem) => problem.kind === 'duplicate'),
    ).toBe(true);
  });

  it('that claims a source and names none is told', () => {
    const { problems } = seeded(
      'entryBans',
      /confidence: from-memory-unverified\n {4}lastVerified: 2026-08-29/,
      'confidence: secondary-source-seen\n    lastVerified: 2026-08-29',
    );
    expect(problems).toMatchObject([{ kind: 'unverified' }]);
  });
});

describe('an error of any kind', () => {
  const shippedLine = (key: keyof LedgerFiles, part: string) => lineOf(ledgerFiles()[key].text, part);

  it.each<[string, keyof LedgerFiles, string, string, string]>([
    ['duplicate', 'removals', 'code: BA', 'code: RS', 'stands there twice'],
    ['dates', 'removals', 'date: 2025-06-10\n', 'date: 2026-11-10\n', 'where the record ends'],
    ['dates', 'removals', 'lastVerified: 2025-06-05', 'lastVerified: 2025-06-04', 'before it happened'],
    ['country', 'removals', 'code: BA', 'code: QQ', 'QQ is no country'],
    [
      'unverified',
      'removals',
      'url: "https://www.vesti.rs/Jug-Srbije/Blumberg-Tramp-trazi-od-Vucica-da-prihvati-migrante-deportovane-iz-SAD-2.html"',
      'url: null',
      'no source address',
    ],
    ['country', 'exceptions', 'appliesTo: IR SO VE', 'appliesTo: IR ZZ VE', 'ZZ is no country'],
    [
      'dates',
      'exceptions',
      'from: 2017-06-26, to: 2017-12-04',
      'from: 2017-12-26, to: 2017-12-04',
      'not after it begins',
    ],
    ['dates', 'courts', 'date: 2025-05-07', 'date: 2025-09-07', 'put events in order'],
    ['country', 'courts', 'countries: [HN, PY, GT, UG]', 'countries: [HN, PY, GX, UG]', 'GX is no country'],
    [
      'overlap',
      'courts',
      'from: 2017-06-26, to: 2017-09-24',
      'from: 2017-06-20, to: 2017-09-24',
      'overlaps enjoined from 2017-03-15',
    ],
    ['dates', 'courts', 'from: 2017-02-03, to: 2017-03-16', 'from: 2017-03-16, to: 2017-02-03', 'not after it begins'],
    [
      'dates',
      'courts',
      'from: 2018-06-26, to: 2021-01-20',
      'from: 2021-12-04, to: null',
      'after every row of it had ended',
    ],
    ['duplicate', 'courts', 'id: trump-v-hawaii', 'id: washington-v-trump', 'stands there twice'],
    ['classes', 'entryBans', '- tier: immigrant-only', '- tier: partial', 'says'],
    ['classes', 'entryBans', 'visaClasses: [immigrants, nonimmigrants]', 'visaClasses: []', 'needs its visaClasses'],
    ['classes', 'entryBans', 'visaClasses: [immigrants, B-1, B-2]', 'visaClasses: [immigrants, Z-9]', 'no visa class'],
    ['dates', 'entryBans', '    lastVerified: 2026-09-26', '    lastVerified: 2036-09-26', 'was last verified on'],
    ['dates', 'entryBans', '    signed: 2025-12-16', '    signed: 2026-10-30', 'where the record ends'],
    ['overlap', 'entryBans', '        ended: 2017-03-16', '        ended: 2017-03-20', 'still in force'],
    ['link', 'entryBans', 'endedBy: Executive Order 13780', 'endedBy: Executive Order 1', 'no instrument or case'],
  ])('(%s, in %s: %s to %s) is caught and placed', (_kind, key, from, to, words) => {
    const { problems, files } = seeded(key, from, to);
    const found = problems.find(({ message }) => message.includes(words));
    expect(found).toBeDefined();
    expect(found?.file).toBe(files[key].file);
    expect(found?.line).toBeGreaterThan(1);
    expect(Math.abs((found?.line ?? 0) - shippedLine(key, from))).toBeLessThan(100);
  });
});
