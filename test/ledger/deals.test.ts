import { describe, expect, it } from 'vitest';
import type { DealStep } from '../../src/core/ledger.ts';
import { stageAfter } from '../../src/ledger/deals.ts';
import { csvRows, ledger, shared } from './shipped.ts';

function step(stage: DealStep['stage'], date: string): DealStep {
  return {
    stage,
    date,
    certainty: 'reported',
    cap: null,
    transferred: null,
    nationalities: null,
    payment: null,
    instrument: null,
    note: null,
    source: { title: 'A report', publisher: null, url: null },
    confidence: 'secondary-source-seen',
    lastVerified: date,
  };
}

describe('the stage of an arrangement', () => {
  it('goes forward step by step', () => {
    expect(stageAfter([step('approached', '2025-04'), step('agreed', '2025-06')])).toBe('agreed');
  });

  it('does not fall back when a second agreement follows arrivals', () => {
    expect(stageAfter([step('operational', '2025-02'), step('signed', '2026-03')])).toBe('operational');
  });

  it('is a denial until a step forward follows it', () => {
    expect(stageAfter([step('agreed', '2025-08-20'), step('denied', '2025-08-21')])).toBe('denied');
    expect(stageAfter([step('denied', '2025-08-20'), step('agreed', '2025-08-21')])).toBe('agreed');
  });
});

describe('the arrangements on record', () => {
  it.each([
    ['RS', 'approached'],
    ['XK', 'operational'],
    ['LY', 'refused'],
    ['SS', 'operational'],
    ['UG', 'operational'],
    ['CR', 'operational'],
    ['LC', 'in-talks'],
    ['NG', 'refused'],
    ['PW', 'signed'],
    ['AL', 'denied'],
  ])('of %s stands at %s', (code, stage) => {
    expect(ledger.deals(code)[0]?.stage).toBe(stage);
  });

  it('keep cap and number transferred apart', () => {
    const [kosovo] = ledger.deals('XK');
    expect(kosovo?.history.find((each) => each.stage === 'agreed')).toMatchObject({
      cap: '50 in one year',
      transferred: null,
    });
    expect(kosovo?.history.at(-1)).toMatchObject({ stage: 'operational', cap: null, transferred: '1' });
  });

  it('show a denial beside the claim it contradicts', () => {
    const stages = ledger.deals('UG')[0]?.history.map((each) => each.stage);
    expect(stages?.slice(0, 2)).toEqual(['denied', 'agreed']);
  });

  it('tell repatriation, transit and safe-third-country agreements apart', () => {
    const kindOf = (code: string) => ledger.deals(code)[0]?.history.map((each) => each.kind ?? 'third-country-removal');
    expect(kindOf('UZ')).toEqual(['repatriation']);
    expect(kindOf('PA')).toEqual(['transit']);
    expect(kindOf('HN')).toContain('safe-third-country');
    expect(kindOf('RS')).toEqual(['third-country-removal']);
  });

  it('are oldest first, and empty for a country without one', () => {
    expect(ledger.deals('GQ')[0]?.history.map((each) => each.stage)).toEqual(['approached', 'signed', 'operational']);
    expect(ledger.deals('FR')).toEqual([]);
  });

  it('name nothing of the Republic of the Congo', () => {
    expect(ledger.deals('CG')).toEqual([]);
    expect(ledger.deals('CD')[0]?.stage).toBe('operational');
  });

  const table = shared('facts/third_country_removals.csv');
  it.skipIf(table === null)('hold every step of the table', () => {
    const wanted = csvRows(table ?? '').map((row) => `${row.iso2} ${row.stage} ${row.stage_date?.split(' ')[0]}`);
    const held = ledger
      .deals()
      .flatMap((deal) => deal.history.map((each) => `${deal.code} ${each.stage} ${each.date}`));
    expect(held.sort()).toEqual(wanted.sort());
  });
});
