import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderMessage } from '../../src/adapters/console/render.ts';
import { createDispatcher, type Dispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import { ReportAnswer, ReviewAnswer } from '../../src/core/answers/review.ts';
import type { Store } from '../../src/core/ports.ts';
import type { ReviewDesk } from '../../src/core/review.ts';
import { draftByHand } from '../../src/ledger/by-hand.ts';
import { createDesk } from '../../src/ledger/desk.ts';
import { createRecord } from '../../src/ledger/record.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { draftOf, fijiRow } from '../contract/store-ledger.ts';
import { askerIn, testServices } from '../fakes/services.ts';
import { countries, data } from '../ledger/shipped.ts';

let store: Store;
let desk: ReviewDesk;
let dispatcher: Dispatcher;
const operator = askerIn('a', { operator: true });
const peru = { ...fijiRow, id: 'proclamation-11111/PE/2027-03-15', country: 'PE' };

beforeEach(async () => {
  const first = await testServices();
  store = first.store;
  const record = createRecord(data, countries);
  const clock = createSteppedClock(Date.parse('2027-04-01T12:00:00Z'));
  desk = createDesk({ store: store.ledger, record, countries, clock });
  const services = { ...first.services, ledger: record.ledger, review: desk, clock };
  dispatcher = createDispatcher(createCommands(services), silentLog);
});
afterEach(() => store.close());

const ask = (line: string, who = operator) => dispatcher.line(line, who);
const shown = async (line: string) => renderMessage((await ask(line)).message, { width: 160 });

describe('/review', () => {
  it('is for operators', async () => {
    expect((await ask('/review', askerIn('a'))).message.plain).toMatch(/operators/);
  });

  it('shows a proposal as a diff with its sentence, and approves it with a reason', async () => {
    const [id = ''] = await desk.propose([draftOf(fijiRow), draftOf(peru)]);
    expect(ReviewAnswer.parse((await ask('/review')).data)).toMatchObject({ proposals: [{ id }, {}] });
    const one = await shown(`/review ${id.slice(-8)}`);
    expect(one).toMatch(/^\+ FJ full for immigrants, nonimmigrants: 2027-03-15 to now/m);
    expect(one).toContain('“The entry of nationals of Fiji is hereby suspended.”');
    expect(await shown('/ban-status fiji')).toMatch(/Reported, not law\n.*add FJ full: under review \(official\)/);
    expect((await ask(`/review approve:${id}`)).message.plain).toMatch(/Say why/);
    expect((await ask('/ban-status fiji')).message.plain).toMatch(/no US entry suspension/);
    const approved = await ask(`/review approve:${id.slice(-8)} reason:"read in the Federal Register"`);
    expect(approved.message.plain).toMatch(/1 of 1 approved.*Fiji \(none, now full\)/);
    expect((await ask('/ban-status fiji')).message.plain).toMatch(/full entry suspension.*since 2027-03-15/);
    expect(await shown('/ban-status fiji history')).toMatch(
      /an operator approved FJ full.*read in the Federal Register/,
    );
    expect(JSON.stringify(await ask('/ban-status fiji history'))).not.toContain('someone');
    expect((await ask(`/review reject:${id} reason:late`)).message.plain).toMatch(/approved already/);
    expect(await desk.proposal(id)).toMatchObject({ decidedBy: 'console:someone' });
  });

  it('decides all that wait of an instrument', async () => {
    await desk.propose([draftOf(fijiRow), draftOf(peru)]);
    const reply = await ask('/review reject:"Proclamation 11111" reason:"a hoax"');
    expect(ReviewAnswer.parse(reply.data)).toMatchObject({
      state: 'rejected',
      decided: [{}, {}].map(() => expect.any(String)),
    });
    expect((await ask('/review')).message.plain).toBe('Nothing waits for review.');
  });

  it.each([
    '/review nothing-like-it',
    '/review approve:none reason:x',
    '/review adopt:row reason:x',
    '/review resolve:x reason:y',
  ])('%s says what to do instead', async (line) => {
    expect(await ask(line)).toMatchObject({ exitCode: 2, message: { plain: expect.stringMatching(/\/review lists/) } });
  });
});

describe('/report', () => {
  it('keeps the words for operators and not the name, and is one press from an answer about law', async () => {
    for (const line of ['/ban-status laos', '/ban-status', '/deals', '/deals rwanda', '/courts'])
      expect(JSON.stringify((await ask(line)).message.actions), line).toMatch(/\/report answer-to:/);
    const asked = await ask('/report answer-to:"ban-status LA"', askerIn('b', { manager: false }));
    expect(asked).toMatchObject({
      exitCode: 2,
      message: { plain: expect.stringContaining('answer-to:"ban-status LA"') },
    });
    const told = await ask('/report the day is wrong, see sec. 4 answer-to:"ban-status LA"', askerIn('b'));
    const { reported } = ReportAnswer.parse(told.data);
    expect(await desk.reports(9)).toMatchObject([
      { id: reported, about: 'ban-status LA', words: 'the day is wrong, see sec. 4' },
    ]);
    expect(JSON.stringify(await desk.reports(9))).not.toContain('someone');
    expect(await shown('/review')).toMatch(/ban-status LA: “the day is wrong/);
    await ask(`/review resolve:${(reported ?? '').slice(-8)} reason:"the day is the Federal Register’s"`);
    expect(await desk.reports(9)).toEqual([]);
  });
});

describe('a proposal by hand', () => {
  const context = { data, countries, by: 'console:console', today: '2027-04-01' };
  const cited = { citation: 'Cable 27 STATE 1', url: 'https://travel.state.gov/x', quote: 'Posts pause issuance.' };

  it('needs a citation with an address and a sentence, and says what is missing', () => {
    const row = { country: 'laos', kind: 'visa-pause', instrument: 'Cable 27 STATE 1', effective: '2027-03-30' };
    expect(() => draftByHand('row', row, context)).toThrow('A proposal needs --citation.');
    expect(() => draftByHand('row', { ...row, ...cited, url: 'javascript:x' }, context)).toThrow('--url is not right');
    expect(() => draftByHand('row', { ...row, ...cited, country: 'congo' }, context)).toThrow(
      /one country for certain/,
    );
    expect(() => draftByHand('row', { ...row, ...cited, effective: 'soon' }, context)).toThrow(/--effective/);
    expect(() => draftByHand('end', { ...cited, row: 'none', ended: '2027-01-01', by: 'X' }, context)).toThrow(
      /No row none/,
    );
    expect(() =>
      draftByHand(
        'court',
        {
          ...cited,
          case: 'new-case',
          date: '2027-01-01',
          court: 'D. Mass.',
          posture: 'filed',
          holding: 'h',
          affects: 'a',
        },
        context,
      ),
    ).toThrow(/--name and --docket/);
  });

  it('enters the same review, and answers follow', async () => {
    const approve = async (draft: ReturnType<typeof draftByHand>): Promise<void> => {
      const [id = ''] = await desk.propose([draft]);
      expect((await ask(`/review approve:${id} reason:checked`)).exitCode).toBe(0);
    };
    const row = { country: 'laos', kind: 'visa-pause', instrument: 'Cable 27 STATE 1', effective: '2027-03-30' };
    await approve(draftByHand('row', { ...row, ...cited }, context));
    expect((await ask('/ban-status laos')).data).toMatchObject({
      other: expect.arrayContaining([
        { kind: 'visa-pause', tier: 'other', from: '2027-03-30', to: null, instrument: 'Cable 27 STATE 1' },
      ]),
    });
    await approve(
      draftByHand(
        'end',
        { ...cited, row: 'proclamation-10998/LA/2026-01-01', ended: '2027-03-31', by: 'Proclamation 11200' },
        context,
      ),
    );
    expect((await ask('/ban-status laos')).message.plain).toMatch(/no US entry suspension/);
    await approve(
      draftByHand('deal', { ...cited, country: 'fiji', stage: 'signed', date: '2027-03', cap: '40' }, context),
    );
    expect((await ask('/deals fiji')).message.plain).toBe('Fiji: signed.');
    await approve(
      draftByHand(
        'court',
        {
          ...cited,
          case: 'dvd-v-dhs',
          date: '2027-03-29',
          court: 'SCOTUS',
          stage: 'vacated',
          posture: 'vacated and remanded',
          holding: 'The order below is vacated.',
          affects: 'removals',
        },
        context,
      ),
    );
    expect((await ask('/courts dvd-v-dhs')).message.plain).toMatch(/vacated and remanded/);
  });
});
