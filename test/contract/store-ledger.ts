import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../src/core/ledger.ts';
import type { Store } from '../../src/core/ports.ts';
import type { LedgerEntry, ProposalDraft } from '../../src/core/review.ts';
import { after, noon } from '../fakes/samples.ts';

export const fijiRow: LedgerRow = {
  id: 'proclamation-11111/FJ/2027-03-15',
  country: 'FJ',
  kind: 'entry-ban',
  instrument: 'Proclamation 11111',
  section: '1(a)',
  citation: null,
  change: 'added',
  tier: 'full',
  visaClasses: ['immigrants', 'nonimmigrants'],
  signed: '2027-03-03',
  published: null,
  announced: null,
  effective: '2027-03-15',
  ended: null,
  endedBy: null,
  note: null,
  source: { title: 'Proclamation 11111', publisher: null, url: 'https://www.federalregister.gov/d/1' },
  confidence: 'primary-source-seen',
  lastVerified: '2027-03-04',
};

export function entryOf(row: LedgerRow): LedgerEntry {
  return { kind: 'row', key: row.id, value: row };
}

export function draftOf(row: LedgerRow): ProposalDraft {
  return {
    fingerprint: `add ${row.id}`,
    action: 'add',
    countries: [row.country],
    instrument: row.instrument,
    summary: `add ${row.country} full`,
    change: { adds: [entryOf(row)], marks: [] },
    source: row.source,
    quote: 'The entry of nationals of Fiji is hereby suspended.',
    proposedBy: 'reader',
  };
}

export function contractOfLedger(current: () => Store): void {
  describe('the legal record', () => {
    it('keeps each change of the shipped record with when it was learned, and reads it only when it differs', async () => {
      const { ledger } = current();
      const peru = { ...fijiRow, id: 'proclamation-11111/PE/2027-03-15', country: 'PE' };
      expect(await ledger.loadShipped('one', [entryOf(fijiRow), entryOf(peru)], noon)).toBe(2);
      expect(await ledger.loadShipped('one', [], after(1))).toBe(0);
      const mended = { ...fijiRow, tier: 'partial' as const };
      expect(await ledger.loadShipped('two', [entryOf(mended)], after(9))).toBe(2);
      expect(await ledger.loadShipped('three', [entryOf(mended)], after(20))).toBe(0);
      const changes = await ledger.changes();
      expect(changes.map(({ key, baseline, learnedAt, entry }) => [key, baseline, learnedAt, entry?.value])).toEqual([
        [fijiRow.id, true, noon, fijiRow],
        [peru.id, true, noon, peru],
        [fijiRow.id, false, after(9), mended],
        [peru.id, false, after(9), undefined],
      ]);
    });

    it('says by another word that something changed', async () => {
      const { ledger } = current();
      const empty = await ledger.version();
      await ledger.loadShipped('one', [entryOf(fijiRow)], noon);
      const loaded = await ledger.version();
      expect(loaded).not.toBe(empty);
      expect(await ledger.version()).toBe(loaded);
      await ledger.release('row', fijiRow.id, { by: 'U1', reason: 'r', at: after(1) });
      expect(await ledger.version()).not.toBe(loaded);
    });

    it('takes a kind of entry that it never held as known from the beginning', async () => {
      const { ledger } = current();
      await ledger.loadShipped('one', [entryOf(fijiRow)], noon);
      const value = {
        programme: 'tps' as const,
        case: 'a',
        date: '2026-01-01',
        countries: ['NP'],
        source: fijiRow.source,
      };
      const ruling = { kind: 'programme', key: 'tps/a/2026-01-01', value } as const;
      await ledger.loadShipped('two', [ruling], after(1));
      expect((await ledger.changes()).map(({ kind, baseline }) => [kind, baseline])).toEqual([
        ['row', true],
        ['programme', true],
        ['row', false],
      ]);
    });

    it('proposes the same change once', async () => {
      const { ledger } = current();
      const [id] = await ledger.propose([draftOf(fijiRow)], noon);
      expect(await ledger.propose([draftOf(fijiRow)], after(5))).toEqual([]);
      const [waiting, ...more] = await ledger.proposals('waiting', 9);
      expect(more).toEqual([]);
      expect(waiting).toEqual({
        ...draftOf(fijiRow),
        id,
        state: 'waiting',
        proposedAt: noon,
        decidedBy: null,
        decidedAt: null,
        reason: null,
      });
    });

    it('takes back what a changed document no longer proposes, and proposes it again when it does', async () => {
      const { ledger } = current();
      const later = { ...fijiRow, id: 'proclamation-11111/FJ/2027-04-15', effective: '2027-04-15' };
      const elsewhere = draftOf({ ...fijiRow, id: 'x', source: { ...fijiRow.source, url: 'https://x.example/' } });
      const byHand = { ...draftOf({ ...fijiRow, id: 'y' }), proposedBy: 'U1' };
      const [first] = await ledger.propose([draftOf(fijiRow), elsewhere, byHand], noon);
      await ledger.propose([draftOf(later)], after(5));
      const waiting = async () => (await ledger.proposals('waiting', 9)).map(({ fingerprint }) => fingerprint);
      expect(await waiting()).toEqual([elsewhere, byHand, draftOf(later)].map(({ fingerprint }) => fingerprint));
      expect(await ledger.proposals('rejected', 9)).toMatchObject([
        {
          id: first,
          decidedBy: 'reader',
          decidedAt: after(5),
          reason: expect.stringContaining('document was changed'),
        },
      ]);
      expect(await ledger.propose([draftOf(fijiRow)], after(9))).toEqual([first]);
      expect(await waiting()).toContain(draftOf(fijiRow).fingerprint);
      expect(await waiting()).not.toContain(draftOf(later).fingerprint);
    });

    it('is changed by an approval once, with who, when and why', async () => {
      const { ledger } = current();
      const [id = ''] = await ledger.propose([draftOf(fijiRow)], noon);
      const decision = { state: 'approved', by: 'U1', reason: 'read it', at: after(60) } as const;
      const made = { entries: [entryOf(fijiRow)], version: await ledger.version() };
      expect(await ledger.decide(id, decision, made)).toBe('decided');
      expect(await ledger.decide(id, decision, made)).toBe('stale');
      const now = { entries: [], version: await ledger.version() };
      expect(await ledger.decide(id, { ...decision, state: 'rejected' }, now)).toBe('taken');
      expect((await ledger.proposal(id.slice(-6)))?.id).toBe(id);
      for (const pattern of ['%', '____', id.slice(-3)]) expect(await ledger.proposal(pattern)).toBeNull();
      expect(await ledger.proposal(id)).toMatchObject({ state: 'approved', decidedBy: 'U1', decidedAt: after(60) });
      await ledger.release('row', fijiRow.id, { by: 'U2', reason: 'shipped now', at: after(90) });
      const changes = await ledger.changes();
      expect(changes).toMatchObject([
        { origin: 'review', by: 'U1', reason: 'read it', proposal: id, entry: entryOf(fijiRow) },
        { origin: 'review', by: 'U2', reason: 'shipped now', proposal: null, entry: null },
      ]);
    });

    it('keeps reports until an operator answers them', async () => {
      const { ledger } = current();
      const id = await ledger.report({ about: '/ban-status LA', words: 'The date is wrong', at: noon });
      expect(await ledger.openReports(9)).toMatchObject([{ id, about: '/ban-status LA', words: 'The date is wrong' }]);
      const note = { by: 'U1', resolution: 'mended', at: after(5) };
      expect(await ledger.resolveReport(id, note)).toBe(true);
      expect(await ledger.resolveReport(id, note)).toBe(false);
      expect(await ledger.openReports(9)).toEqual([]);
    });
  });
}
