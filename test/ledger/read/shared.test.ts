import { describe, expect, it } from 'vitest';
import { asKnownOn } from '../../../src/ledger/known.ts';
import { readPrimaryDocument } from '../../../src/ledger/read/read.ts';
import { countries, data, shared } from '../shipped.ts';

function document(name: string): string | null {
  const text = shared(`primary/${name}.md`);
  if (text === null) console.log(`${name} is not beside the repository: skipped`);
  return text;
}

function counts(text: string, ledger: typeof data | null): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const each of readPrimaryDocument(text, countries, ledger).proposals) {
    const key = `${each.action} ${each.tier}`;
    found[key] = (found[key] ?? 0) + 1;
  }
  return found;
}

const first = document('proclamation-10949');
const second = document('proclamation-10998');
const revocation = document('proclamation-10141-revocation');

describe('Proclamation 10949', () => {
  it.skipIf(first === null)('alone proposes exactly its 19 rows, as the ledger holds them', () => {
    const { proposals } = readPrimaryDocument(first ?? '', countries, null);
    const ours = data.rows.filter((row) => row.instrument === 'Proclamation 10949' && row.kind === 'entry-ban');
    const plain = (
      rows: readonly {
        country: string;
        tier: string;
        section: string | null;
        effective: string | null;
        visaClasses: readonly string[];
      }[],
    ) =>
      rows.map((row) => [row.country, row.tier, row.section, row.effective, row.visaClasses.join()].join(' ')).sort();
    expect(plain(proposals)).toEqual(plain(ours));
    expect(proposals).toHaveLength(19);
  });
});

describe('Proclamation 10998', () => {
  it.skipIf(second === null)(
    'against a ledger that holds 10949 proposes its 40 rows and the ends of those it replaces',
    () => {
      const ledger = asKnownOn(data, '2025-12-15');
      expect(counts(second ?? '', ledger)).toEqual({
        'continue full': 12,
        'continue partial': 4,
        'add full': 6,
        'upgrade full': 2,
        'add partial': 15,
        'modify immigrant-only': 1,
        'end none': 3,
      });
      expect(counts(second ?? '', data)).toEqual(counts(second ?? '', ledger));
      const { proposals } = readPrimaryDocument(second ?? '', countries, ledger);
      expect(
        proposals
          .filter((each) => each.action === 'end')
          .map((each) => each.row ?? '')
          .sort(),
      ).toEqual(['LA', 'SL', 'TM'].map((code) => `proclamation-10949/${code}/2025-06-09`));
      expect(proposals.find((each) => each.country === 'PS')).toMatchObject({ kind: 'document-rule', section: '4(h)' });
      expect(new Set(proposals.map((each) => each.effective))).toEqual(new Set(['2026-01-01']));
      const quoted = (second ?? '').replace(/[^a-z]/gi, '');
      for (const { quote } of proposals) expect(quoted).toContain(quote.replace(/[^a-z]/gi, ''));
    },
  );
});

describe('Proclamation 10141', () => {
  it.skipIf(revocation === null)(
    'against the ledger of 2021 proposes 13 ends, and nothing against an empty one',
    () => {
      expect(counts(revocation ?? '', data)).toEqual({ 'end none': 13 });
      const alone = readPrimaryDocument(revocation ?? '', countries, null);
      expect(alone.proposals).toEqual([]);
      expect(alone.reason).toContain('revokes');
    },
  );
});

const others = [
  'alien-enemies-act-2025-03-15',
  'fact-sheet-2025-06-04',
  'fact-sheet-2025-12-16',
  'not-a-nationality-ban-h1b-2025-09-19',
  'not-a-nationality-ban-harvard-2025-06-04',
  'not-a-nationality-ban-southern-border-2025-01-20',
].map((name) => ({ name, text: document(name) }));

describe('documents that are no nationality ban', () => {
  it.skipIf(others[0]?.text === null).each(others)('$name proposes nothing and says why', ({ text }) => {
    for (const ledger of [null, data]) {
      const reading = readPrimaryDocument(text ?? '', countries, ledger);
      expect(reading.proposals).toEqual([]);
      expect(reading.reason.length).toBeGreaterThan(20);
    }
  });
});
