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
        const state =
          order.findLast((turn) => turn.instrument === row.instrument && turn.from <= day)?.state ?? 'in-force';
        const answer = ledger.banStatus(row.iso2 ?? '', { on: day }).enforcement.state;
        if (answer !== state) wrong.push(`${row.iso2 ?? ''} ${day}: ${answer}, not ${state}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
