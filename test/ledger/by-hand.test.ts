import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { ReviewDesk } from '../../src/core/review.ts';
import { draftByHand } from '../../src/ledger/by-hand.ts';
import type { HandKind } from '../../src/ledger/by-hand-input.ts';
import { createDesk } from '../../src/ledger/desk.ts';
import { entriesOf } from '../../src/ledger/entries.ts';
import { createRecord, type LedgerRecord } from '../../src/ledger/record.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openStore } from '../../src/store/open.ts';
import { countries, data } from './shipped.ts';

const clock = createSteppedClock(Date.parse('2026-11-22T15:00:00Z'));
const cited = { citation: 'Order, ECF 88', url: 'https://www.courtlistener.com/x', quote: 'It is so ordered.' };
let store: Store;
let record: LedgerRecord;
let desk: ReviewDesk;

beforeEach(async () => {
  store = await openStore({ url: ':memory:', migrations: 'migrations', now: () => clock.now() });
  record = createRecord(data, countries);
  await store.ledger.loadShipped('one', entriesOf(data), new Date(clock.now()).toISOString());
  record.load(await store.ledger.changes());
  desk = createDesk({ store: store.ledger, record, countries, clock });
});
afterEach(() => store.close());

const draft = (kind: HandKind, given: Record<string, string>) =>
  draftByHand(kind, { ...cited, ...given }, { data: record.data(), countries, by: 'U1', today: '2026-11-22' });

/** Proposes, shows the diff, approves. */
async function enter(kind: HandKind, given: Record<string, string>): Promise<readonly string[]> {
  const [id = ''] = await desk.propose([draft(kind, given)]);
  const proposal = await desk.proposal(id);
  const diff = proposal === null ? [] : desk.diff(proposal);
  await desk.decide(id, { state: 'approved', by: 'U1', reason: 'read' });
  return diff;
}
const status = (code: string, on: string) => record.ledger.banStatus(code, { on });

describe('a proposal by hand', () => {
  it('enters a court order, and what it set to happen next', async () => {
    const order = { case: 'dvd-v-dhs', date: '2026-11-20', court: 'Supreme Court', stage: 'argued' };
    const words = { posture: 'Argument set', holding: 'Set for argument.', affects: 'removals' };
    const diff = await enter('court', { ...order, ...words, next: '2026-12-08', nextWhat: 'Argument' });
    expect(diff).toEqual([expect.stringMatching(/^\+ .*2026-11-20 Supreme Court.*Next: Argument, 2026-12-08\.$/)]);
    const [dvd] = record.ledger.courts('dvd-v-dhs');
    expect(dvd).toMatchObject({ posture: 'Argument set', next: { date: '2026-12-08', what: 'Argument' } });
    expect(dvd?.history.at(-1)?.source.title).toBe(cited.citation);
  });

  it('enters what a court lets be enforced, ending the state before it', async () => {
    const order = { instrument: 'proclamation 10998', case: 'dvd-v-dhs', from: '2026-11-03' };
    expect(await enter('enforcement', { ...order, state: 'enjoined' })).toHaveLength(1);
    expect(status('LA', '2026-11-02').enforcement.state).toBe('in-force');
    expect(status('LA', '2026-11-03').enforcement).toMatchObject({ state: 'enjoined', case: 'dvd-v-dhs' });
    const diff = await enter('enforcement', { ...order, from: '2026-11-19', state: 'in-force' });
    expect(diff).toEqual([
      '- Proclamation 10998: enjoined 2026-11-03 to now (dvd-v-dhs)',
      '+ Proclamation 10998: enjoined 2026-11-03 to 2026-11-19 (dvd-v-dhs)',
      '+ Proclamation 10998: in force 2026-11-19 to now (dvd-v-dhs)',
    ]);
    expect(status('LA', '2026-11-18').enforcement.state).toBe('enjoined');
    expect(status('LA', '2026-11-19').enforcement.state).toBe('in-force');
    expect(desk.corrections('LA').join()).toMatch(/enjoined 2026-11-03/);
    expect(desk.corrections('RW')).toEqual([]);
  });

  it('enters an exception for its instrument, its countries and its days alone', async () => {
    const given = { instrument: 'Proclamation 10998', who: 'Named plaintiffs', status: 'court-made' };
    await enter('exception', { ...given, countries: 'laos, NG', from: '2026-11-10', to: '2026-11-15' });
    const has = (code: string, on: string) =>
      status(code, on).exceptions.some((each) => each.who === 'Named plaintiffs');
    expect(has('LA', '2026-11-10')).toBe(true);
    expect(has('NG', '2026-11-14')).toBe(true);
    expect(has('LA', '2026-11-15')).toBe(false);
    expect(has('LA', '2025-07-01')).toBe(false);
    expect(has('HT', '2026-11-12')).toBe(false);
  });

  it('enters a ruling on a programme', async () => {
    await enter('programme', { programme: 'tps', case: 'dvd-v-dhs', date: '2026-11-01', countries: 'Nepal' });
    expect(record.ledger.facts.programmes(['NP'], '2026-11-02')[0]).toMatchObject({ case: 'dvd-v-dhs' });
  });

  it('enters a visa pause on many countries as one proposal', async () => {
    const pause = { kind: 'visa-pause', instrument: 'Cable 26 STATE 1', effective: '2026-11-20' };
    expect(await enter('row', { ...pause, country: 'fiji, tonga, Samoa' })).toHaveLength(3);
    for (const code of ['FJ', 'TO', 'WS'])
      expect(status(code, '2026-11-21').other.at(-1)).toMatchObject({ kind: 'visa-pause', from: '2026-11-20' });
    expect(status('FJ', '2026-11-21').tier).toBe('none');
  });

  it('ends the suspension that a wider one takes the place of', async () => {
    const ban = { kind: 'entry-ban', tier: 'full', instrument: 'Proclamation 12000', effective: '2026-12-01' };
    const diff = await enter('row', { ...ban, country: 'NG', classes: 'immigrants,nonimmigrants' });
    expect(diff).toHaveLength(3);
    expect(status('NG', '2026-11-30').tier).toBe('partial');
    expect(status('NG', '2026-12-01').tier).toBe('full');
    expect(status('NG', '2026-11-30').upcoming).toMatchObject([]);
  });

  it.each<[HandKind, Record<string, string>, RegExp]>([
    [
      'enforcement',
      { instrument: 'Proclamation 1', state: 'enjoined', case: 'dvd-v-dhs', from: '2026-11-01' },
      /no instrument.*10998/,
    ],
    [
      'enforcement',
      { instrument: 'Proclamation 10998', state: 'enjoined', case: 'x', from: '2026-11-01' },
      /No case x/,
    ],
    [
      'enforcement',
      { instrument: 'Proclamation 10998', state: 'enjoined', case: 'dvd-v-dhs', from: '2026-11' },
      /--from/,
    ],
    ['exception', { instrument: 'Proclamation 10998', who: 'x', status: 'forgotten' }, /--status/],
    ['programme', { programme: 'daca', case: 'dvd-v-dhs', date: '2026-11-01', countries: 'NP' }, /--programme/],
    [
      'programme',
      { programme: 'tps', case: 'dvd-v-dhs', date: '2026-11-01', countries: 'Congo' },
      /one country for certain/,
    ],
    ['row', { country: 'FJ', kind: 'entry-ban', instrument: 'P', effective: '2026-12-01' }, /needs --tier/],
    ['row', { country: 'FJ', kind: 'visa-pause', instrument: 'P', effective: '2026-02-30' }, /not in the calendar/],
    ['end', { row: 'proclamation-10998/LA', ended: '2026-12-01', by: 'P' }, /proclamation-10998\/LA\/2026-01-01/],
    ['end', { row: 'proclamation-10998/LA/2026-01-01', ended: '2025-12-01', by: 'P' }, /after it/],
    [
      'court',
      {
        case: 'dvd-v-dhs',
        date: '2026-11-20',
        court: 'c',
        posture: 'p',
        holding: 'h',
        affects: 'a',
        next: '2026-12-08',
      },
      /--nextWhat/,
    ],
  ])('refuses %s %j and says what would do', (kind, given, message) => {
    expect(() => draft(kind, given)).toThrow(message);
  });
});
