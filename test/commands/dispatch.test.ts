import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDispatcher, type Dispatcher } from '../../src/commands/dispatch.ts';
import { createCommands, definitions } from '../../src/commands/index.ts';
import type { Store } from '../../src/core/ports.ts';
import { silentLog } from '../../src/lib/log.ts';
import { fakeLedger } from '../fakes/ledger.ts';
import { askerIn, testServices } from '../fakes/services.ts';

let store: Store;
let dispatcher: Dispatcher;
const asker = askerIn('a');

beforeEach(async () => {
  const made = await testServices();
  store = made.store;
  dispatcher = createDispatcher(createCommands(made.services), silentLog);
});
afterEach(() => store.close());

const ask = (line: string, who = asker) => dispatcher.line(line, who);

describe('commands', () => {
  it('are listed once each, with a name and a summary, positional options first', () => {
    const names = definitions.map((definition) => definition.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { options, summary } of definitions) {
      expect(summary.length).toBeGreaterThan(5);
      expect(summary.length).toBeLessThanOrEqual(100);
      expect(options.filter((option) => option.positional).length).toBeLessThanOrEqual(1);
      for (const option of options) expect(option.summary.length).toBeLessThanOrEqual(100);
    }
  });

  it('all come from files that the list imports', () => {
    const parts = [
      'arguments',
      'ban-list-message',
      'ban-status-message',
      'ban-status-words',
      'dispatch',
      'index',
      'pages',
      'replies',
      'services',
      'source-changes',
      'subscription-options',
      'subscription-words',
    ];
    const files = readdirSync('src/commands').map((file) => file.replace('.ts', ''));
    expect(files.filter((file) => !parts.includes(file))).toEqual([
      'ban-status',
      'courts',
      'deals',
      'deliveries',
      'help',
      'report',
      'review',
      'sources',
      'stories',
      'subscribe',
      'subscriptions',
      'timeline',
    ]);
  });

  it.each([
    ['/ban-status laos', 0, /full entry suspension.*since 2026-01-01/],
    ['/ban-status laos on 2025-06-01', 0, /On 2025-06-01: no US entry suspension/],
    ['/ban-status', 0, /1 countries under a full/],
    ['/ban-status congo', 2, /may be .*Which one/],
    ['/ban-status atlantis', 2, /no country called “atlantis”/],
    ['/ban-status laos on june 2025', 2, /Name one day/],
    ['/ban-status laos on someday', 2, /“someday” is not a date/],
    ['/deals rwanda', 0, /Rwanda: agreed/],
    ['/deals laos', 0, /No third-country removal arrangement with Laos/],
    ['/courts d.v.d.', 0, /D\.V\.D\. v\. DHS: stayed/],
    ['/courts nobody v. nothing', 2, /No case/],
    ['/timeline rwanda', 0, /1 development,/],
    ['/timeline rwanda since 2025 topic:court', 0, /1 development,/],
    ['/timeline congo', 2, /Which one/],
    ['/timeline since 2026 until 2025', 2, /Turn them around/],
    ['/latest', 0, /No story fits yet/],
    ['/search balkans', 0, /No story fits yet/],
    ['/since 7d', 0, /No story fits yet/],
    ['/story nothing', 2, /no story “nothing”/],
    ['/story', 2, /needs id/],
    ['/sources', 0, /0 sources are watched/],
    ['/help', 0, /travel bans and deportation deals/],
    ['/help timeline', 0, /step by step/],
    ['/banstatus laos', 2, /no command “\/banstatus”.*Did you mean \/ban-status/],
    ['', 2, /Type a command/],
  ])('%s', async (line, exitCode, told) => {
    const reply = await ask(line);
    expect(reply.message.plain).toMatch(told);
    expect(reply.exitCode).toBe(exitCode);
    expect(reply.private).toBe(true);
  });

  it('gives candidates of an ambiguous name as data, and asks with a button each', async () => {
    const reply = await ask('/ban-status congo');
    expect(reply.data).toMatchObject({
      version: 1,
      ambiguous: expect.arrayContaining([
        { code: 'CD', name: expect.any(String) },
        { code: 'CG', name: expect.any(String) },
      ]),
    });
    expect(reply.message.actions?.map((action) => action.kind === 'command' && action.command)).toContain(
      '/ban-status CG',
    );
  });

  it('says when the last check is long ago', async () => {
    const reply = await ask('/ban-status laos');
    expect(JSON.stringify(reply.message.footer)).toMatch(
      /Last verified 2026-09-26.*56 days ago.*Data ends 2026-10-09.*not legal advice/,
    );
  });

  it('makes csv that no spreadsheet runs, and json', async () => {
    const { services, store: other } = await testServices({
      ledger: { ...fakeLedger(), timeline: () => [{ ...fakeLedger().timeline({})[0]!, title: '=cmd|"x", bad' }] },
    });
    const reply = await createDispatcher(createCommands(services), silentLog).line('/timeline format:csv', asker);
    expect(reply.file?.name).toBe('timeline.csv');
    expect(reply.file?.text).toContain(`"'=cmd|""x"", bad"`);
    await other.close();
  });

  it('turns a bug into words, logs it once, and lives', async () => {
    const errors: object[] = [];
    const { services, store: other } = await testServices({
      ledger: {
        ...fakeLedger(),
        deals: () => {
          throw new TypeError('broken inside');
        },
      },
    });
    const broken = createDispatcher(createCommands(services), { ...silentLog, error: (fields) => errors.push(fields) });
    const reply = await broken.line('/deals', asker);
    expect(reply).toMatchObject({ exitCode: 1 });
    expect(reply.message.plain).not.toContain('broken inside');
    expect(errors).toHaveLength(1);
    await other.close();
  });
});

describe('subscriptions', () => {
  it('are added, told apart by channel, paused, resumed and removed', async () => {
    expect(
      (await ask('/subscribe laos, serbia topic:travel-ban certainty:confirmed quiet 22:00-07:00 zone Europe/Belgrade'))
        .exitCode,
    ).toBe(0);
    expect((await ask('/subscriptions')).message.blocks).toMatchObject([
      {},
      {
        items: [
          [
            expect.stringMatching(
              /1\. travel-ban for Laos, Serbia; confirmed at least; at once; quiet 22:00 to 07:00 \(Europe\/Belgrade\)/,
            ),
          ],
        ],
      },
    ]);
    expect((await ask('/subscriptions', askerIn('b'))).message.plain).toMatch(/follows nothing/);
    expect(JSON.stringify((await ask('/subscriptions pause 1')).message.blocks)).toContain('paused by a manager');
    expect(JSON.stringify((await ask('/subscriptions resume 1')).message.blocks)).not.toContain('paused');
    expect((await ask('/unsubscribe 1')).message.plain).toMatch(/Unsubscribed from travel-ban/);
    expect((await ask('/subscriptions')).message.plain).toMatch(/follows nothing/);
  });

  it.each([
    ['/subscribe congo', /Which one/],
    ['/subscribe zone Mars/Base', /no time zone/],
    ['/subscribe quiet late', /no quiet hours/],
    ['/subscribe digest:daily at:25:00', /no time of day/],
    ['/subscribe topic:sport', /topic cannot be “sport”/],
    ['/unsubscribe 3', /follows nothing/],
    ['/subscriptions pause', /needs a value/],
  ])('%s is refused with the way out', async (line, told) => {
    const reply = await ask(line);
    expect(reply.exitCode).toBe(2);
    expect(reply.message.plain).toMatch(told);
  });

  it('are changed in every choice, and what is not named stays', async () => {
    await ask('/subscribe laos topic:travel-ban quiet:22:00-07:00 zone:Europe/Belgrade');
    const changed = await ask(
      '/subscriptions change:1 country:haiti, cuba topic:court certainty:official stages:signed languages:es digest:daily at:09:15 zone:America/New_York updates:new reminders:on',
    );
    expect(JSON.stringify(changed.message.blocks)).toContain(
      '1. court for Haiti, Cuba; official at least; stages signed; outlets in es; daily digest at 09:15 (America/New_York); quiet 22:00 to 07:00 (America/New_York); updates by new; reminders (America/New_York)',
    );
    await ask(
      '/subscriptions change:1 topic:all country:all stages:all languages:all quiet:off reminders:off digest:immediate',
    );
    expect(JSON.stringify((await ask('/subscriptions')).message.blocks)).toContain(
      '1. every topic for every country; official at least; at once; updates by new"',
    );
    await ask('/subscribe serbia');
    for (const [line, told] of [
      ['/subscriptions change:1', /Say what to change/],
      ['/subscriptions topic:court', /Say which/],
      ['/subscriptions change:1 country:congo', /Which one/],
      ['/subscriptions change:all country:serbia certainty:reported updates:thread', /twice/],
      ['/subscriptions change:1 zone:Mars/Base', /no time zone/],
    ] as const)
      expect((await ask(line)).message.plain).toMatch(told);
    expect((await ask('/subscriptions change:1 topic:court', askerIn('a', { manager: false }))).exitCode).toBe(2);
  });

  it('are made once, and only by people who manage the channel', async () => {
    await ask('/subscribe laos');
    expect((await ask('/subscribe laos')).message.plain).toMatch(/already follows/);
    const member = askerIn('a', { manager: false });
    expect((await ask('/subscribe serbia', member)).message.plain).toMatch(/people who manage this channel/);
    expect((await ask('/subscriptions pause 1', member)).message.plain).toMatch(/Only people who manage/);
    expect((await ask('/sources pause x', askerIn('a'))).message.plain).toMatch(/operators/);
  });
});
