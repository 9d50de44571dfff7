import { describe, expect, it } from 'vitest';
import { ledger } from './shipped.ts';

describe('the timeline', () => {
  it('of Laos is its signings and effects, with stage and certainty', () => {
    const bans = ledger.timeline({ country: 'LA', kinds: ['ban'] });
    expect(bans.map((event) => [event.date, event.stage, event.certainty, event.matter])).toEqual([
      ['2025-06-04', 'signed', 'official', 'ban/LA'],
      ['2025-06-09', 'effective', 'official', 'ban/LA'],
      ['2025-12-16', 'signed', 'official', 'ban/LA'],
      ['2026-01-01', 'effective', 'official', 'ban/LA'],
    ]);
  });

  it('of Iran tells courts’ blocks and the end in 2021', () => {
    const stages = ledger.timeline({ country: 'IR', kinds: ['ban'], until: '2021-12-31' }).map((event) => event.stage);
    expect(stages).toEqual(expect.arrayContaining(['blocked', 'block-lifted', 'lifted', 'extended', 'modified']));
    expect(stages.at(-1)).toBe('lifted');
  });

  it('of Kosovo is its removals, a report before the agreement', () => {
    const steps = ledger.timeline({ country: 'XK', kinds: ['removal'] });
    expect(steps.map((event) => [event.stage, event.certainty])).toEqual([
      ['approached', 'reported'],
      ['agreed', 'official'],
      ['operational', 'official'],
    ]);
  });

  it('of Turkmenistan says modified', () => {
    expect(ledger.timeline({ country: 'TM', kinds: ['ban'] }).at(-1)?.stage).toBe('modified');
  });

  it('of one case holds nothing else', () => {
    const events = ledger.timeline({ case: 'dvd-v-dhs' });
    expect(events).toHaveLength(9);
    expect(new Set(events.map((event) => event.matter))).toEqual(new Set(['court/dvd-v-dhs']));
  });

  it('counts a date of less precision where any of its days would', () => {
    const inMay = ledger.timeline({ country: 'GQ', kinds: ['removal'], since: '2025-05-20', until: '2025-05-25' });
    expect(inMay.map((event) => event.date)).toEqual(['2025-05']);
  });

  it('of everything tells what many countries share in one line', () => {
    const signed = ledger.timeline({ since: '2025-12-16', until: '2025-12-16', kinds: ['ban'] });
    expect(signed.filter((event) => event.stage === 'signed').flatMap((event) => event.countries)).toHaveLength(40);
    const all = ledger.timeline({});
    expect(all.map((event) => event.date)).toEqual(all.map((event) => event.date).toSorted());
    expect(all.length).toBeLessThan(200);
  });

  it('does not put measures for every nationality under each country', () => {
    expect(ledger.timeline({ country: 'FR' })).toEqual([]);
  });
});

describe('facts for stories', () => {
  it('give the steps of a matter', () => {
    expect(ledger.facts.steps('removals/RS').map((step) => [step.stage, step.date])).toEqual([
      ['approached', '2025-06-05'],
    ]);
    expect(ledger.facts.steps('ban/LA').map((step) => step.stage)).toEqual([
      'signed',
      'effective',
      'signed',
      'effective',
    ]);
    expect(ledger.facts.steps('court/noem-v-doe').map((step) => step.date)).toEqual(['2025-05-30', '2025-09-12']);
    expect(ledger.facts.steps('removals/FR')).toEqual([]);
  });

  it('settle parole and TPS by nationality and date', () => {
    const [first] = ledger.facts.programmes(['CU', 'HT', 'NI', 'VE'], '2025-05');
    expect(first).toMatchObject({ programme: 'parole', case: 'noem-v-doe', date: '2025-05-30' });
    const [venezuelans] = ledger.facts.programmes(['VE'], '2025-05-19');
    expect(venezuelans).toMatchObject({ programme: 'tps', case: 'noem-v-national-tps-alliance' });
    expect(ledger.facts.programmes(['FR'], '2025-05')).toEqual([]);
  });

  it('tell the suspension of a day', () => {
    expect(ledger.facts.bannedOn('CG', '2025-06-10')).toEqual({ tier: 'full', instrument: 'Proclamation 10949' });
    expect(ledger.facts.bannedOn('CD', '2025-06-10')).toBeNull();
    expect(ledger.facts.bannedOn('CG', '2025-06-08')).toBeNull();
  });
});
