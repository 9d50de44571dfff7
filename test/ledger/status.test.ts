import { describe, expect, it } from 'vitest';
import { ledger } from './shipped.ts';

const today = '2026-11-21';

describe('Laos', () => {
  it('is under a full suspension since 2026-01-01, after a partial one from 2025-06-09', () => {
    const status = ledger.banStatus('LA', { on: today });
    expect(status).toMatchObject({ tier: 'full', since: '2026-01-01', instrument: 'Proclamation 10998', upcoming: [] });
    expect(status.history).toEqual([
      { tier: 'partial', from: '2025-06-09', to: '2026-01-01', instrument: 'Proclamation 10949' },
      { tier: 'full', from: '2026-01-01', to: null, instrument: 'Proclamation 10998' },
    ]);
    expect(status.citation).toContain('4(b)');
  });

  it('tells since when each class has been suspended', () => {
    const since = new Map(ledger.banStatus('LA', { on: today }).perClass.map((each) => [each.class, each.since]));
    expect(since.get('immigrants')).toBe('2025-06-09');
    expect(since.get('B-1')).toBe('2025-06-09');
    expect(since.get('nonimmigrants')).toBe('2026-01-01');
  });

  it('was partial on 2025-07-01, with B-1, B-2, F, M, J and immigrants', () => {
    const status = ledger.banStatus('LA', { on: '2025-07-01' });
    expect(status).toMatchObject({ tier: 'partial', since: '2025-06-09', instrument: 'Proclamation 10949' });
    expect([...status.visaClasses].sort()).toEqual(['B-1', 'B-2', 'F', 'J', 'M', 'immigrants']);
  });

  it('was not listed on 2025-06-01, and nothing was signed', () => {
    expect(ledger.banStatus('LA', { on: '2025-06-01' })).toMatchObject({ tier: 'none', since: null, upcoming: [] });
  });

  it('was not in force on 2025-06-05, but signed and to take effect on 2025-06-09', () => {
    const status = ledger.banStatus('LA', { on: '2025-06-05' });
    expect(status.tier).toBe('none');
    expect(status.upcoming).toEqual([{ tier: 'partial', from: '2025-06-09', instrument: 'Proclamation 10949' }]);
  });

  it('rests, before a suspension, on the instrument that brings it', () => {
    expect(ledger.banStatus('LA', { on: '2025-06-05' }).sources).toMatchObject([
      { title: 'Proclamation 10949, White House text' },
    ]);
    expect(ledger.banStatus('LA', { on: today }).sources).toMatchObject([
      { title: 'Proclamation 10998, White House text' },
    ]);
    expect(ledger.banStatus('AF', { on: today }).sources).toHaveLength(2);
  });

  it('was to become full when Proclamation 10998 was signed', () => {
    const status = ledger.banStatus('LA', { on: '2025-12-20' });
    expect(status).toMatchObject({ tier: 'partial' });
    expect(status.upcoming).toEqual([{ tier: 'full', from: '2026-01-01', instrument: 'Proclamation 10998' }]);
  });
});

describe('other countries', () => {
  it('Afghanistan has been full without a break since 2025-06-09, though a later instrument continues it', () => {
    expect(ledger.banStatus('AF', { on: today })).toMatchObject({
      tier: 'full',
      since: '2025-06-09',
      instrument: 'Proclamation 10998',
    });
    expect(ledger.banStatus('AF', { on: '2025-12-20' }).upcoming).toEqual([]);
  });

  it('Turkmenistan is suspended for immigrants only, who have been since 2025-06-09', () => {
    const status = ledger.banStatus('TM', { on: today });
    expect(status).toMatchObject({ tier: 'immigrant-only', since: '2026-01-01', visaClasses: ['immigrants'] });
    expect(status.perClass).toEqual([{ class: 'immigrants', since: '2025-06-09' }]);
    expect(status.note).toContain('lifted');
    expect(ledger.banStatus('TM', { on: '2025-12-31' }).tier).toBe('partial');
  });

  it('Nigeria is partial and Niger full; the Republic of the Congo full and DR Congo free', () => {
    const tiers = ['NG', 'NE', 'CG', 'CD'].map((code) => ledger.banStatus(code, { on: today }).tier);
    expect(tiers).toEqual(['partial', 'full', 'full', 'none']);
  });

  it('Syria on paper was full without a break from January 2017 to January 2021', () => {
    expect(ledger.banStatus('SY', { on: '2020-01-01' })).toMatchObject({ tier: 'full', since: '2017-01-27' });
    expect(ledger.banStatus('SY', { on: '2021-01-20' }).tier).toBe('none');
  });

  it('Chad was to leave the list when that was signed', () => {
    expect(ledger.banStatus('TD', { on: '2018-04-11' })).toMatchObject({
      tier: 'partial',
      upcoming: [{ tier: 'none', from: '2018-04-13', instrument: 'Proclamation 9723' }],
    });
  });

  it('the Palestinian Authority answers with a rule about documents, and no tier', () => {
    const status = ledger.banStatus('PS', { on: today });
    expect(status.tier).toBe('none');
    expect(status.documentRule).toContain('travel document');
    expect(status.documentRule).toContain('2026-01-01');
    expect(ledger.banStatus('PS', { on: '2025-07-01' })).not.toHaveProperty('documentRule');
  });

  it('a country never listed says when that was verified', () => {
    const status = ledger.banStatus('FR', { on: today });
    expect(status).toMatchObject({ tier: 'none', since: null, history: [], lastVerified: '2026-09-26' });
    expect(status.dataEnds).toBe('2026-10-09');
    expect(status.enforcement.state).toBe('not-applicable');
    expect(status.sources.length).toBeGreaterThan(0);
  });
});

describe('exceptions', () => {
  it('of June 2025 never appear in an answer about 2026', () => {
    for (const code of ['AF', 'LA', 'CU', 'NG', 'TM', 'IR']) {
      const { exceptions } = ledger.banStatus(code, { on: today });
      expect(exceptions.length).toBeGreaterThan(5);
      expect(exceptions.filter((each) => each.instrument === 'Proclamation 10949')).toEqual([]);
      expect(exceptions.filter((each) => /adopt|immediate-family|afghan/i.test(each.who))).toEqual([]);
    }
  });

  it('of June 2025 belong to answers about 2025', () => {
    const { exceptions } = ledger.banStatus('AF', { on: '2025-07-01' });
    expect(exceptions.some((each) => /adopt/i.test(each.who))).toBe(true);
    expect(exceptions.some((each) => /afghan special immigrant/i.test(each.who))).toBe(true);
    const laos = ledger.banStatus('LA', { on: '2025-07-01' }).exceptions;
    expect(laos.some((each) => /afghan special immigrant/i.test(each.who))).toBe(false);
  });

  it('that a court made hold only while its order did', () => {
    const bonaFide = (on: string): boolean =>
      ledger.banStatus('IR', { on }).exceptions.some((each) => each.who.includes('bona fide'));
    expect([bonaFide('2017-05-01'), bonaFide('2017-07-01'), bonaFide('2019-01-01')]).toEqual([false, true, false]);
  });

  it('state the rule for dual nationals', () => {
    expect(ledger.banStatus('HT', { on: today }).exceptions.some((each) => /dual/i.test(each.who))).toBe(true);
  });
});

describe('what courts allowed', () => {
  it.each([
    ['2017-02-01', 'in-force', null],
    ['2017-02-10', 'enjoined', 'washington-v-trump'],
    ['2017-03-20', 'enjoined', 'trump-v-hawaii'],
    ['2017-07-01', 'partly-enjoined', 'trump-v-hawaii'],
    ['2017-10-01', 'in-force', null],
    ['2017-11-01', 'enjoined', 'trump-v-hawaii'],
    ['2018-01-01', 'in-force', 'trump-v-hawaii'],
    ['2025-07-01', 'in-force', null],
    ['2021-02-01', 'not-applicable', null],
  ])('for Iran on %s is %s', (on, state, caseId) => {
    expect(ledger.banStatus('IR', { on }).enforcement).toMatchObject({ state, case: caseId });
  });
});

describe('other measures', () => {
  it('stand beside a ban with their own ends', () => {
    const { other } = ledger.banStatus('NG', { on: today });
    expect(other).toContainEqual({
      kind: 'visa-pause',
      tier: 'other',
      from: '2026-01-21',
      to: '2026-08-21',
      instrument: 'State Department immigrant-visa issuance pause (75 countries)',
    });
  });

  it('are never taken for a ban', () => {
    const status = ledger.banStatus('BR', { on: '2026-03-01' });
    expect(status.tier).toBe('none');
    expect(status.other.map((each) => each.kind)).toContain('visa-pause');
  });

  it('keep the precision of their dates', () => {
    const { other } = ledger.banStatus('PS', { on: '2025-12-01' });
    expect(other.map((each) => each.from)).toContain('2025-08');
    expect(ledger.banStatus('SS', { on: today }).other.map((each) => each.to)).toContain('unknown');
  });
});

describe('as known on a day', () => {
  it('tells no ruling that was still to come, and knows no end of an order before its day', () => {
    const noteOf = (known: string): string | null =>
      ledger.banStatus('IR', { on: '2018-02-01', known }).enforcement.note;
    expect(noteOf('2018-03-01')).not.toMatch(/reversed/);
    expect(ledger.banStatus('IR', { on: '2018-07-01', known: '2018-07-01' }).enforcement.note).toMatch(/reversed/);
    const order = ledger.banStatus('IR', { on: '2017-04-01', known: '2017-03-01' });
    expect([order.instrument, order.enforcement.state]).toEqual(['Executive Order 13769', 'enjoined']);
  });

  it('compares two days by what was known', () => {
    expect(ledger.compare('2025-12-31', '2026-01-02', '2025-12-01')).toEqual([]);
    expect(ledger.compare('2025-12-31', '2026-01-02', '2025-12-17').length).toBeGreaterThan(20);
  });

  it('leaves out what was signed later', () => {
    const status = ledger.banStatus('LA', { on: '2026-02-01', known: '2025-12-01' });
    expect(status).toMatchObject({ tier: 'partial', since: '2025-06-09', instrument: 'Proclamation 10949' });
    expect(status.history).toEqual([
      { tier: 'partial', from: '2025-06-09', to: null, instrument: 'Proclamation 10949' },
    ]);
  });

  it('leaves out rulings that came later', () => {
    const known = ledger.banStatus('BR', { on: '2026-09-01', known: '2026-08-01' });
    expect(known.other.find((each) => each.kind === 'visa-pause' && each.from === '2026-01-21')?.to).toBeNull();
    expect(known.courts.map((each) => each.id)).not.toContain('clinic-v-rubio');
  });
});

describe('the list without a country', () => {
  it('counts by tier and says how', () => {
    const list = ledger.banList(today);
    expect(list.counts).toMatchObject({ full: 19, partial: 19, immigrantOnly: 1 });
    expect(list.counts.rule).toContain('once');
    expect(list.documents).toHaveLength(1);
    expect(list.countries.map((each) => each.code)).not.toContain('PS');
    expect(ledger.banList('2025-07-01').counts).toMatchObject({ full: 12, partial: 7, immigrantOnly: 0 });
  });

  it('holds other measures only while they are known to be in force', () => {
    const on = (day: string) => ledger.banList(day).other.filter((each) => each.from === '2026-01-21').length;
    expect([on('2026-03-01'), on('2026-08-20'), on('2026-08-21')]).toEqual([75, 75, 0]);
  });
});

describe('two days compared', () => {
  it('show what changed on paper', () => {
    const changes = ledger.compare('2025-12-31', '2026-01-01');
    expect(changes).toHaveLength(23);
    expect(changes.find((each) => each.code === 'LA')).toMatchObject({ before: 'partial', after: 'full' });
    expect(changes.find((each) => each.code === 'TM')).toMatchObject({ before: 'partial', after: 'immigrant-only' });
    expect(changes.map((each) => each.code)).not.toContain('AF');
    expect(ledger.compare('2026-02-01', '2026-03-01')).toEqual([]);
  });
});
