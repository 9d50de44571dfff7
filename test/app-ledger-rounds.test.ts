import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../src/app.ts';
import { createLedgerRounds } from '../src/app-ledger-rounds.ts';
import { tellOperators } from '../src/app-operators.ts';
import { consoleAsker } from '../src/cli/app-session.ts';
import type { OutboxRow } from '../src/core/delivery.ts';
import type { Subscription } from '../src/core/subscription.ts';
import { localTime } from '../src/delivery/local-time.ts';
import type { HandKind } from '../src/ledger/by-hand-input.ts';
import { entriesOf } from '../src/ledger/entries.ts';
import { isoAt } from '../src/lib/clock.ts';
import { createSteppedClock, type SteppedClock } from '../src/lib/stepped-clock.ts';
import { openStore } from '../src/store/open.ts';
import { openTestApp, testConfig } from './fakes/app.ts';
import { subscription } from './fakes/samples.ts';

const cited = { citation: 'Proclamation 11111', url: 'https://www.whitehouse.gov/x', quote: 'It is suspended.' };
const minute = 60_000;
const hour = 60 * minute;
let clock: SteppedClock;
let app: App;

async function open(at: string): Promise<void> {
  clock = createSteppedClock(Date.parse(at));
  app = await openTestApp({ memory: true, clock });
}
beforeEach(() => open('2027-03-01T12:00:00Z'));
afterEach(() => app.close());

async function follow(id: string, more: Partial<Subscription> = {}): Promise<void> {
  const channel = { platform: 'discord', workspace: 'g', id } as const;
  const createdAt = new Date(clock.now()).toISOString();
  await app.store.subscriptions.add(subscription(id, { channel, createdAt, ...more }));
}

async function enter(kind: HandKind, given: Record<string, string>): Promise<string> {
  const [id = ''] = await app.services.review.propose([app.draftByHand(kind, { ...cited, ...given }, 'U1')]);
  return id;
}
const approve = (id: string) => app.services.review.decide(id, { state: 'approved', by: 'U1', reason: 'read in full' });
const ban = (country: string, effective = '2027-03-15') => ({
  kind: 'entry-ban',
  tier: 'full',
  instrument: 'Proclamation 11111',
  signed: '2027-03-02',
  classes: 'immigrants,nonimmigrants',
  country,
  effective,
});

async function sent(kind: OutboxRow['kind'], channel?: string): Promise<readonly OutboxRow[]> {
  const rows = await app.store.outbox.list('pending', 1000);
  return rows.filter((row) => row.kind === kind && (channel === undefined || row.channel.id === channel));
}

describe('subscribers', () => {
  it('hear once of what was approved, in one notice an instrument, and not of what waits', async () => {
    await follow('all');
    await follow('fiji', { countries: ['FJ'] });
    await follow('peru', { countries: ['PE'] });
    await follow('court', { topics: ['court'] });
    await follow('paused', { status: 'paused' });
    let rounds = createLedgerRounds(app);
    const ids = [await enter('row', ban('fiji')), await enter('row', ban('tonga'))];
    await rounds.run(0);
    expect(await sent('notice')).toEqual([]);
    for (const id of ids) await approve(id);
    await rounds.run(20_000);
    expect(await sent('notice')).toEqual([]);
    clock.moveTo(clock.now() + 21_000);
    await rounds.run(20_000);
    rounds = createLedgerRounds(app);
    await rounds.run(0);
    const told = await sent('notice');
    expect(told.map((row) => row.channel.id).sort()).toEqual(['all', 'fiji']);
    const [all] = await sent('notice', 'all');
    expect(all?.message.title).toBe('Official · now in the ledger: Proclamation 11111');
    expect(JSON.stringify(all?.message.blocks)).toMatch(/Fiji: full entry suspension.*Tonga: full entry suspension/);
    const [fiji] = await sent('notice', 'fiji');
    expect(JSON.stringify(fiji?.message)).not.toContain('Tonga');
  });

  it('hear what a new version of the program brings, and of deals only what is certain enough for them', async () => {
    const known = entriesOf(app.record.shipped);
    const config = testConfig();
    await app.close();
    app = await openTestApp({ config, clock });
    await app.close();
    // The version before: without Proclamation 10998's row of Laos and without a reported step of Rwanda.
    const isNew = ({ key }: { key: string }) =>
      key === 'proclamation-10998/LA/2026-01-01' || key === 'RW/approached/2025-04-01';
    const store = await openStore({ url: config.databaseUrl, migrations: 'migrations', now: () => clock.now() });
    await store.ledger.loadShipped(
      'older',
      known.filter((entry) => !isNew(entry)),
      isoAt(clock.now()),
    );
    await store.meta.set('ledger.told', (await store.ledger.changes()).at(-1)?.id ?? '');
    await store.close();

    clock.moveTo(clock.now() + hour);
    app = await openTestApp({ config, clock });
    await follow('all');
    await follow('laos', { countries: ['LA'], languages: ['es'] });
    await follow('sure', { countries: ['RW'], minimumCertainty: 'official' });
    await createLedgerRounds(app).run(0);
    const told = await sent('notice');
    expect(told.map((row) => row.channel.id).sort()).toEqual(['all', 'all', 'laos']);
    expect(JSON.stringify(told)).toMatch(/now in the ledger: Proclamation 10998.*Laos: full entry suspension/);
    expect(JSON.stringify(told)).toMatch(/Rwanda: approached on 2025-04-01 \(reported\)/);
    expect(JSON.stringify(told)).toContain('Came with a new version of the record.');
    await createLedgerRounds(app).run(0);
    expect(await sent('notice')).toHaveLength(3);
  });

  it('are told the same batch again after a kill in between, and it is not added twice', async () => {
    await follow('all');
    const rounds = createLedgerRounds(app);
    await approve(await enter('row', ban('fiji')));
    await rounds.run(0);
    const [told] = await sent('notice');
    await app.store.meta.set('ledger.told', '');
    await approve(await enter('row', ban('tonga')));
    await createLedgerRounds(app).run(0);
    await createLedgerRounds(app).run(0);
    const after = await sent('notice');
    expect(after).toHaveLength(2);
    expect(after[0]?.subject).toBe(told?.subject);
    expect(JSON.stringify(after[1]?.message)).toMatch(/Tonga/);
    expect(JSON.stringify(after[1]?.message)).not.toMatch(/Fiji/);
  });

  it('hear of approvals made before the first round, by another process', async () => {
    await follow('all');
    await approve(await enter('deal', { country: 'fiji', stage: 'signed', date: '2027-02-28' }));
    await createLedgerRounds(app).run(0);
    expect(JSON.stringify(await sent('notice'))).toMatch(/Fiji: signed on 2027-02-28/);
  });

  it('hear in their quiet hours’ or digest’s own time', async () => {
    await follow('quiet', { quietHours: { start: '10:00', end: '15:00', timeZone: 'UTC', hold: 'all' } });
    await follow('daily', { digest: 'daily', digestAt: '08:00', timeZone: 'Europe/Berlin' });
    await approve(await enter('row', ban('fiji')));
    await createLedgerRounds(app).run(0);
    expect((await sent('notice', 'quiet'))[0]?.notBefore).toBe('2027-03-01T15:00:00.000Z');
    expect((await sent('notice', 'daily'))[0]?.notBefore).toBe('2027-03-02T07:00:00.000Z');
  });
});

describe('reminders', () => {
  const zones = [
    'Pacific/Honolulu',
    'America/New_York',
    'America/Santiago',
    'UTC',
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
  ];

  it('come seven days and one day before, in the morning of each zone, over the change to summer time and restarts', async () => {
    for (const zone of zones) await follow(zone, { timeZone: zone, reminders: true, countries: ['FJ'] });
    await follow('unasked');
    // In force on the day of the change in America; and over the ones in Chile and Australia, 4 April.
    for (const effective of ['2027-03-15', '2027-04-06'])
      await approve(
        await enter('row', {
          ...ban('fiji', effective),
          kind: 'visa-pause',
          tier: 'none',
          instrument: `Pause of ${effective}`,
        }),
      );
    const seen = new Map<string, string[]>();
    const known = new Set<string>();
    let rounds = createLedgerRounds(app);
    while (clock.now() < Date.parse('2027-04-08T00:00:00Z')) {
      clock.moveTo(clock.now() + 30 * minute);
      if (clock.now() < Date.parse('2027-03-07T12:00:00Z')) continue;
      if (clock.now() > Date.parse('2027-03-16T00:00:00Z') && clock.now() < Date.parse('2027-03-29T12:00:00Z'))
        continue;
      if (clock.now() % (12 * hour) === 0) rounds = createLedgerRounds(app);
      await rounds.run(0);
      for (const row of await sent('reminder')) {
        if (known.has(row.id)) continue;
        known.add(row.id);
        const { month, day, hour: at } = localTime(clock.now(), row.channel.id);
        seen.set(row.channel.id, [
          ...(seen.get(row.channel.id) ?? []),
          `${month}-${day} ${at}h ${row.subject.split('/').slice(-2).join(' ')}`,
        ]);
      }
    }
    const expected = ['3-8 9h 2027-03-15 7d', '3-14 9h 2027-03-15 1d', '3-30 9h 2027-04-06 7d', '4-5 9h 2027-04-06 1d'];
    expect([...seen.keys()].sort()).toEqual([...zones].sort());
    for (const zone of zones) expect([zone, seen.get(zone)]).toEqual([zone, expected]);
  });

  it('say, to who starts or asks late, what is still of use, and nothing once it has begun', async () => {
    await approve(await enter('row', { ...ban('fiji'), kind: 'visa-pause', tier: 'none' }));
    await follow('early', { reminders: true, countries: ['FJ'] });
    clock.moveTo(Date.parse('2027-03-12T10:00:00Z'));
    await createLedgerRounds(app).run(0);
    expect((await sent('reminder')).map((row) => row.message.plain)).toEqual([
      'Reminder: Proclamation 11111 takes effect in 3 days, on 2027-03-15.',
    ]);
    clock.moveTo(Date.parse('2027-03-15T04:01:00Z'));
    await follow('late', { reminders: true, countries: ['FJ'] });
    await createLedgerRounds(app).run(0);
    expect(await sent('reminder', 'late')).toEqual([]);
    expect(await sent('reminder')).toHaveLength(1);
  });

  it('are told of an argument that is moved to another day', async () => {
    await follow('dvd', { reminders: true, topics: ['court'] });
    const order = {
      case: 'dvd-v-dhs',
      court: 'Supreme Court',
      posture: 'Set',
      holding: 'Set.',
      affects: 'removals',
      nextWhat: 'Argument',
    };
    await approve(await enter('court', { ...order, date: '2027-02-28', next: '2027-03-05' }));
    await createLedgerRounds(app).run(0);
    await approve(await enter('court', { ...order, date: '2027-03-01', next: '2027-03-08' }));
    await createLedgerRounds(app).run(0);
    expect((await sent('reminder')).map((row) => row.subject)).toEqual([
      'court/dvd-v-dhs/2027-03-05/7d',
      'court/dvd-v-dhs/2027-03-08/7d',
    ]);
  });

  it('tell of the reviews that the proclamations order', async () => {
    await app.close();
    await open('2026-12-03T20:00:00Z');
    await follow('all', { reminders: true, timeZone: 'America/New_York', topics: ['travel-ban'] });
    const rounds = createLedgerRounds(app);
    await rounds.run(0);
    expect(await sent('reminder')).toEqual([]);
    clock.moveTo(Date.parse('2026-12-04T20:00:00Z'));
    await rounds.run(0);
    clock.moveTo(Date.parse('2027-02-17T20:00:00Z'));
    await rounds.run(0);
    expect((await sent('reminder')).map((row) => row.message.plain)).toEqual([
      'Reminder: Review that Proclamation 10998 orders falls due in 7 days, on 2026-12-11.',
      'Reminder: Review that Proclamation 10949 orders falls due in 7 days, on 2027-02-24.',
    ]);
  });

  it('are asked for with the subscription, shown with it, and changed', async () => {
    const say = (line: string) => app.dispatcher.line(line, consoleAsker);
    expect((await say('/subscribe fiji reminders:on zone:Asia/Tokyo')).message.plain).toMatch(
      /reminders \(Asia\/Tokyo\)/,
    );
    expect((await say('/subscriptions reminders:off')).data).toMatchObject({ subscriptions: [{ status: 'active' }] });
    expect(JSON.stringify((await say('/subscriptions')).data)).not.toContain('reminders');
    expect(JSON.stringify((await say('/subscriptions change:1 reminders:on')).data)).toContain('"reminders":true');
    expect(await say('/subscriptions change:7 reminders:on')).toMatchObject({ exitCode: 2 });
    expect(await say('/subscriptions change:1')).toMatchObject({ exitCode: 2 });
  });
});

describe('operators', () => {
  it('are told once of proposals and reports, and once when they are dealt with', async () => {
    const told = async () => {
      await createLedgerRounds(app).run(0);
      const lines: string[] = [];
      await tellOperators(app, [], (line) => lines.push(line));
      return lines.toSorted();
    };
    const id = await enter('row', ban('fiji'));
    await enter('row', ban('tonga'));
    const report = await app.services.review.report('ban-status LA', 'wrong\u001b[2J day');
    const lines = await told();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^Proclamation 11111: changes of the ledger wait for review\. Entered by hand\./);
    expect(lines[1]).toContain('“wrong [2J day”');
    expect(await told()).toEqual([]);
    await approve(id);
    expect(await told()).toEqual([]);
    for (const each of await app.services.review.waiting(10)) await approve(each.id);
    await app.services.review.resolveReport(report, 'U1', 'mended');
    expect(await told()).toEqual([
      'A report of an error was answered.',
      'Proclamation 11111: nothing waits for review any more.',
    ]);
    expect(await told()).toEqual([]);
  });
});

describe('a second process', () => {
  it('answers at once with what the first approved', async () => {
    const config = testConfig();
    const [one, other] = [await openTestApp({ config, clock }), await openTestApp({ config, clock })];
    const given = { ...cited, country: 'fiji', stage: 'signed', date: '2027-02-28' };
    const [id = ''] = await other.services.review.propose([other.draftByHand('deal', given, 'U1')]);
    expect((await one.dispatcher.line('/deals fiji', consoleAsker)).message.plain).toMatch(/^No third-country/);
    await other.services.review.decide(id, { state: 'approved', by: 'U1', reason: 'read' });
    expect((await one.dispatcher.line('/deals fiji', consoleAsker)).message.plain).toMatch(/Fiji: signed/);
    await one.close();
    await other.close();
  });
});
