import { describe, expect, it } from 'vitest';
import { type LedgerFiles, readLedger } from '../../src/config/ledger.ts';
import { data, ledgerFiles } from '../ledger/shipped.ts';

function refused(key: keyof LedgerFiles, from: string | RegExp, to: string): string {
  try {
    readLedger(ledgerFiles({ key, from, to }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'read without an error';
}

describe('the ledger’s files', () => {
  it('give each row its instrument, section, dates, source and confidence', () => {
    expect(data.rows.find((row) => row.id === 'proclamation-10949/LA/2025-06-09')).toMatchObject({
      country: 'LA',
      instrument: 'Proclamation 10949',
      section: '3(c)',
      citation: '90 FR 24497',
      signed: '2025-06-04',
      published: '2025-06-10',
      effective: '2025-06-09',
      ended: '2026-01-01',
      endedBy: 'Proclamation 10998',
      confidence: 'primary-source-seen',
      lastVerified: '2026-09-26',
    });
  });

  it('keep several readings of a date', () => {
    const dates = data.instruments.find((each) => each.name === 'Proclamation 9645')?.otherDates;
    expect(dates?.map((each) => each.date)).toEqual(['2017-09-24', '2017-12-08']);
  });

  it('tell where each row stands', () => {
    const place = data.where('row:proclamation-10949/LA/2025-06-09');
    const line = ledgerFiles().entryBans.text.split('\n')[(place?.line ?? 0) - 1];
    expect(line).toContain('country: LA');
    expect(data.where('row:none')).toBeNull();
  });

  it.each([
    [
      'a day that is not in the calendar',
      'entryBans',
      'effective: 2025-06-09',
      'effective: 2025-06-31',
      /entry-bans\.yaml:\d+: .*not in the calendar/,
    ],
    ['an unknown tier', 'entryBans', 'tier: immigrant-only', 'tier: some', /entry-bans\.yaml:\d+: .*tier/],
    ['an unknown field', 'entryBans', 'continuedBy:', 'continudBy:', /entry-bans\.yaml:\d+/],
    [
      'an unknown stage',
      'removals',
      'stage: approached',
      'stage: aproached',
      /removals\.yaml:\d+: deals\.0\.steps\.0\.stage/,
    ],
    ['a confidence that is none', 'courts', 'confidence: primary-source-seen', 'confidence: sure', /courts\.yaml:\d+/],
    ['an address that is none', 'exceptions', 'url: "https://www.nafsa.org/"', 'url: "nafsa"', /exceptions\.yaml:\d+/],
    ['a missing source', 'removals', /\n {8}source: .*/, '', /removals\.yaml:\d+: .*source/],
    ['broken YAML', 'courts', 'cases:\n', 'cases: [\n', /courts\.yaml:\d+/],
  ] as const)('refuse %s, with file and line', (_, key, from, to, message) => {
    expect(refused(key, from, to)).toMatch(message);
  });

  it('may be empty: a record begun from nothing holds no rows', () => {
    const file = (text: string) => ({ file: 'x.yaml', text });
    const empty = readLedger({
      entryBans: file('dataEnds: 2026-10-09\ninstruments: []\n'),
      exceptions: file('instruments: []\n'),
      removals: file('deals: []\n'),
      courts: file('cases: []\n'),
    });
    expect(empty).toMatchObject({ rows: [], exceptions: [], deals: [], cases: [], enforcement: [] });
  });
});
