import { describe, expect, it } from 'vitest';
import { csvRows, ledger, shared } from './shipped.ts';

const courts = shared('facts/court_events.csv');
const bans = shared('facts/ban_ledger.csv');
const absent = courts === null || bans === null;
if (absent) console.log('the tables are not beside the repository: enforcement is not compared with them');

/** First days of orders and stays, from the table of rulings and the notes of the table of bans. */
function turns(): readonly { instrument: string; from: string; state: string }[] {
  const events = csvRows(courts ?? '');
  const dateOf = (affects: string, posture: RegExp): string =>
    events.find((row) => row.affects?.includes(affects) && posture.test(row.posture ?? ''))?.date ?? '';
  const note = csvRows(bans ?? '').find((row) => row.note?.includes('enjoined Oct 2017'))?.note ?? '';
  return [
    { instrument: 'EO 13769', from: '0000', state: 'in-force' },
    { instrument: 'EO 13769', from: dateOf('EO 13769', /TRO/), state: 'enjoined' },
    { instrument: 'EO 13780', from: '0000', state: 'enjoined' },
    { instrument: 'EO 13780', from: dateOf('EO 13780', /stay in part/), state: 'partly-enjoined' },
    { instrument: 'Proclamation 9645', from: '0000', state: 'in-force' },
    {
      instrument: 'Proclamation 9645',
      from: note.includes('enjoined Oct 2017') ? '2017-10-18' : '',
      state: 'enjoined',
    },
    { instrument: 'Proclamation 9645', from: '2017-11-13', state: 'partly-enjoined' },
    { instrument: 'Proclamation 9645', from: dateOf('Proc. 9645', /^stay$/), state: 'in-force' },
  ];
}

describe.skipIf(absent)('what courts allowed, on every first of a month', () => {
  it('equals what the rulings and notes say', () => {
    const order = turns();
    expect(order.every((turn) => turn.from !== '')).toBe(true);
    const rows = csvRows(bans ?? '').filter((row) => /^(full|partial)/.test(row.tier ?? '') && row.iso2 !== 'PS');
    const wrong: string[] = [];
    for (let month = 0; month < 119; month++) {
      const day = new Date(Date.UTC(2017, month, 1)).toISOString().slice(0, 10);
      for (const row of rows) {
        if ((row.effective_date ?? '') > day || (row.ended_date !== '' && (row.ended_date ?? '') <= day)) continue;
        // The orders of October 2017 left these two alone; the notes tell the proclamation as a whole.
        const isApart = row.instrument === 'Proclamation 9645' && /^(KP|VE)$/.test(row.iso2 ?? '');
        const state = isApart
          ? 'in-force'
          : (order.findLast((turn) => turn.instrument === row.instrument && turn.from <= day)?.state ?? 'in-force');
        const answer = ledger.banStatus(row.iso2 ?? '', { on: day }).enforcement.state;
        if (answer !== state) wrong.push(`${row.iso2 ?? ''} ${day}: ${answer}, not ${state}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('the orders of October 2017 against Proclamation 9645', () => {
  const stateOf = (code: string, on: string): string => ledger.banStatus(code, { on }).enforcement.state;

  it.each(['TD', 'IR', 'LY', 'SO', 'SY', 'YE'])(
    'kept it from being enforced against %s, from November in part',
    (code) => {
      expect(['2017-11-01', '2017-11-20', '2017-12-04'].map((on) => stateOf(code, on))).toEqual([
        'enjoined',
        'partly-enjoined',
        'in-force',
      ]);
    },
  );

  it.each(['KP', 'VE'])('left %s alone', (code) => {
    expect(['2017-11-01', '2017-11-20'].map((on) => stateOf(code, on))).toEqual(['in-force', 'in-force']);
    const blocked = ledger
      .timeline({ country: code })
      .filter(({ stage, kind }) => kind === 'ban' && stage === 'blocked');
    expect(blocked).toEqual([]);
  });
});
