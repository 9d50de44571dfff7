import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter, type DiscordOptions } from '../../../src/adapters/discord/adapter.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { Log } from '../../../src/core/ports.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { FakeDiscord, FakeOptions } from '../../fakes/discord/server.ts';
import { guildData, ids, interactionData } from '../../fakes/discord/world.ts';
import { commandData, pressed, settledAnswer } from './asking.ts';
import { noCommands, openDiscord } from './open.ts';

const opened: { fake: FakeDiscord; adapter: ChatAdapter }[] = [];
afterEach(async () => {
  for (const { fake, adapter } of opened.splice(0)) {
    await adapter.stop();
    await fake.close();
  }
});

const runner: CommandRunner = {
  ...noCommands,
  line: () =>
    Promise.resolve({ message: { title: 'Hello', plain: '', blocks: [] }, data: null, private: true, exitCode: 0 }),
};

async function started(fakeOptions: FakeOptions = {}, more: Partial<DiscordOptions> = {}) {
  const warned: string[] = [];
  const keep = (_data: unknown, words?: string) => void warned.push(words ?? '');
  const log: Log = { ...silentLog, warn: keep, error: keep };
  const made = await openDiscord({ runner, log, ...more }, fakeOptions);
  opened.push(made);
  await made.adapter.start();
  return { fake: made.fake, warned };
}

/** Whether the bot still answers. */
async function answers(fake: FakeDiscord): Promise<boolean> {
  return (await settledAnswer(fake.ask(2, { data: commandData('help') }))).title === 'Hello';
}

describe('what Discord was never heard to send', () => {
  const data = commandData('help');
  it.each<[string, number, object, logged: number]>([
    ['a button without its message', 3, { data: { custom_id: 'c:/help', component_type: 2 } }, 0],
    ['a list without what was chosen', 3, { data: { custom_id: 'm:0', component_type: 3 }, message: null }, 0],
    ['a command without data', 2, { data: null }, 1],
    ['a command without anybody', 2, { data, member: null, user: null }, 1],
    ['a command of an unknown kind', 2, { data: { ...data, type: 77 } }, 0],
    ['options that are no list', 2, { data: { ...data, options: { x: 1 } } }, 0],
    ['what is being typed, without a word', 4, { data: { ...data, options: [{ name: 'country', type: 3 }] } }, 0],
    [
      'what is being typed, of nothing',
      4,
      { data: { ...data, options: [{ name: 'x', focused: true, value: null }] } },
      0,
    ],
    ['an option of an unknown kind', 2, { data: { ...data, options: [{ name: 'x', type: 99, value: {} }] } }, 0],
    ['a form without fields', 5, { data: { custom_id: 'f:report:x' } }, 1],
    ['a form of ours that is none', 5, { data: { custom_id: 'f:', components: [{ type: 400 }] } }, 0],
    ['an interaction of an unknown type', 77, { data }, 0],
    ['an unknown field', 2, { data: { ...data, surprise: [1] }, surprise: { of: 'some kind' } }, 0],
  ])(
    '%s stops nothing',
    async (_what, type, more, logged) => {
      const { fake, warned } = await started();
      fake.ask(type, more);
      expect(await answers(fake)).toBe(true);
      // What is not understood need not be logged; what fails is, once.
      expect(warned.length).toBeLessThanOrEqual(1);
      expect(warned.length).toBeGreaterThanOrEqual(logged);
    },
    20_000,
  );

  it('an interaction with no more than what it asks is answered', async () => {
    const { fake, warned } = await started();
    const without = (...names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));
    const rest = without('application_id', 'channel', 'locale', 'app_permissions', 'entitlements', 'context', 'guild');
    const { id: _id, type: _type, options: _options, ...bare } = commandData('help') as Record<string, unknown>;
    const { message: _message, data: pressedData } = pressed('c:/help') as Record<string, object>;
    for (const asked of [
      fake.ask(2, { ...rest, authorizing_integration_owners: null, data: bare }),
      fake.ask(3, { ...rest, data: { ...pressedData, component_type: undefined } }),
    ])
      expect((await settledAnswer(asked)).title).toBe('Hello');
    expect(warned).toEqual([]);
  }, 20_000);

  it('what is told of people and roles beside a question is not looked at, and may lack anything', async () => {
    const { fake, warned } = await started();
    const data = commandData('help');
    for (const resolved of [
      { channels: { 1: { id: '1' }, 2: null }, members: { 5: {} } },
      { users: { 5: null }, roles: { 6: {} }, messages: { 7: {} }, attachments: { 8: null } },
      { channels: [] },
      7,
    ])
      expect((await settledAnswer(fake.ask(2, { data: { ...data, resolved } }))).title).toBe('Hello');
    expect(warned).toEqual([]);
  }, 20_000);

  it('ids and rights that are numbers, and kinds that are words, are read', async () => {
    const { fake, warned } = await started();
    const data = commandData('help');
    const member = { user: { id: 4 }, permissions: 2 ** 31 - 1, roles: [5] };
    const asked = { data: { ...data, type: '1', id: 9 }, member, app_permissions: 3072, guild_id: 7, locale: 5 };
    const place = { channel: { type: '0' }, channel_id: 6, type: '2' };
    expect((await settledAnswer(fake.ask(2, { ...asked, ...place }))).title).toBe('Hello');
    for (const rights of [null, 'none', {}])
      expect((await settledAnswer(fake.ask(2, { data, app_permissions: rights }))).title).toBe('Hello');
    const { data: button, message } = pressed('c:/help') as Record<string, object>;
    const press = { data: { ...button, component_type: '2' }, message, type: '3' };
    expect((await settledAnswer(fake.ask(3, press))).title).toBe('Hello');
    expect(warned).toEqual([]);
  }, 20_000);

  it('buttons, lists and forms of a version that no longer runs say so', async () => {
    const { fake } = await started();
    for (const [type, custom_id, more] of [
      [3, 'old:1', { component_type: 2 }],
      [3, 'old:1', { component_type: 3, values: ['x'] }],
      [3, 'm:0', { component_type: 3, values: [] }],
      [5, 'old:1', { components: [] }],
    ] as const) {
      const asked = fake.ask(type, { ...pressed(custom_id), data: { custom_id, ...more } });
      expect((await settledAnswer(asked)).description).toContain('too old');
    }
  }, 20_000);

  it('typing is answered in time where nothing is found for long', async () => {
    const help = { name: 'help', summary: '', access: 'anyone', slow: false, options: [] } as const;
    const complete = () => new Promise<never>(() => {});
    const run = () => Promise.reject(new Error('never'));
    const { fake } = await started({}, { runner: { ...runner, commands: [{ ...help, complete, run }] } });
    const asked = fake.ask(4, { data: commandData('help', { words: 'x' }, 'words') });
    expect(await asked.answered).toMatchObject({ choices: [] });
  }, 20_000);

  it('an interaction that is told twice is answered once', async () => {
    const { fake, warned } = await started();
    const asked = fake.ask(2, { data: commandData('help') });
    fake.gateway.dispatch('INTERACTION_CREATE', {
      ...interactionData(asked.id, asked.token, 2, {}),
      data: commandData('help'),
    });
    expect([(await settledAnswer(asked)).title, await answers(fake), warned]).toEqual(['Hello', true, []]);
  }, 20_000);

  it('an answer that Discord fails to take is given again', async () => {
    const { fake, warned } = await started();
    fake.faults.push({ on: 'PATCH /webhooks', how: 'status', status: 502, when: 'before' });
    expect([await answers(fake), warned]).toEqual([true, []]);
  }, 20_000);

  it('an answer whose picture is refused is told in its words', async () => {
    const picture = { png: new Uint8Array([1]), name: 'map.png', alt: 'A map' };
    const message = { title: 'Hello', plain: '', blocks: [], picture };
    const line = () => Promise.resolve({ message, data: null, private: true, exitCode: 0 as const });
    const { fake, warned } = await started({}, { runner: { ...runner, line } });
    fake.faults.push({ on: 'PATCH /webhooks', how: 'status', status: 400, code: 50_035, when: 'before' });
    expect([await answers(fake), warned]).toEqual([true, []]);
  }, 20_000);

  it('unknown events, opcodes and events without data stop nothing', async () => {
    const { fake } = await started();
    fake.gateway.dispatch('SOMETHING_NEW', { of: 'some kind' });
    for (const t of ['GUILD_CREATE', 'GUILD_DELETE', 'CHANNEL_UPDATE', 'THREAD_DELETE', 'GUILD_ROLE_UPDATE'])
      fake.gateway.raw(JSON.stringify({ op: 0, t, s: 1, d: null }));
    fake.gateway.raw(JSON.stringify({ op: 99, d: 'x', s: null, t: null }));
    expect(await answers(fake)).toBe(true);
  }, 20_000);
});

type Told = Record<string, unknown>;
const pick = (data: unknown, ...names: string[]) => Object.fromEntries(names.map((name) => [name, Object(data)[name]]));
const omit = (data: unknown, ...names: string[]) =>
  Object.fromEntries(Object.entries(Object(data)).filter(([name]) => !names.includes(name)));

describe('a server that is only like Discord', () => {
  it.each<[string, string, (data: Told) => unknown]>([
    ['READY without guilds', 'READY', (data) => omit(data, 'guilds')],
    ['READY with a user alone', 'READY', (data) => ({ user: pick(data['user'], 'id') })],
    ['READY without a user', 'READY', () => ({ session_id: 'x' })],
    ['READY without data', 'READY', () => null],
    ['READY with nulls', 'READY', (data) => ({ ...data, guilds: null, application: null, resume_gateway_url: null })],
    ['a hello without its interval', 'op 10', () => ({})],
    ['a hello without data', 'op 10', () => null],
    ['an address alone', 'GET /gateway/bot', ({ url }) => ({ url })],
    ['nulls beside the address', 'GET /gateway/bot', ({ url }) => ({ url, shards: null, session_start_limit: null })],
    ['an address with a query', 'GET /gateway/bot', ({ url }) => ({ url: `${String(url)}/?v=10`, shards: 0 })],
    ['guilds with an id alone', 'GUILD_CREATE', (data) => pick(data, 'id')],
    ['guilds without an id', 'GUILD_CREATE', () => ({})],
    ['guilds without roles', 'GUILD_CREATE', (data) => omit(data, 'roles', 'unavailable')],
    ['roles without rights', 'GUILD_CREATE', (data) => ({ ...data, roles: [{ id: ids.guild }, { id: ids.botRole }] })],
    [
      'lists that are null',
      'GUILD_CREATE',
      ({ id }) => ({ id, channels: null, roles: null, members: null, name: null }),
    ],
    [
      'lists of nothing',
      'GUILD_CREATE',
      ({ id }) => ({ id, roles: [null], members: [{}], threads: [7], channels: [] }),
    ],
    [
      'acknowledgements in JSON that is none',
      'POST /interactions/950000000000000001/token-1/callback',
      () => undefined,
    ],
    ['answers in JSON that is none', 'PATCH /webhooks/900000000000000001/token-1/messages/@original', () => undefined],
    ['answers that give no message', 'PATCH /webhooks/900000000000000001/token-1/messages/@original', () => ({})],
  ])(
    'is understood: %s',
    async (_what, told, alter) => {
      const { fake, warned } = await started({ alter: (what, data) => (what === told ? alter(Object(data)) : data) });
      expect([await answers(fake), warned.length, fake.interactions.all.length]).toEqual([true, 0, 1]);
    },
    20_000,
  );

  it.each(['', '/', '/v10', '/api', '/api/', '/api/v10', '/api/v9/'])(
    'is found where it is given as its host and “%s”',
    async (path) => {
      const { fake, options } = await openDiscord({ runner });
      const adapter = createDiscordAdapter({ ...options, apiUrl: fake.url.replace(/\/api$/, path) });
      opened.push({ fake, adapter });
      await adapter.start();
      expect(await answers(fake)).toBe(true);
    },
    20_000,
  );

  it('has no /gateway/bot, or none that can be used: the other is asked, or it is said', async () => {
    const { fake } = await started({ meet: noGatewayBot });
    expect(await answers(fake)).toBe(true);
    let asked = 0;
    const alter = (what: string, data: unknown) =>
      what === 'GET /gateway/bot' && ++asked < 3 ? { url: 'gateway.example' } : data;
    const { warned } = await started({ alter }, { firstWaitMs: 5 });
    expect(warned).toEqual(['Discord cannot be reached; waiting', 'Discord cannot be reached; waiting']);
  }, 20_000);

  it('allows no connection for a while, or fails between two questions: it is waited for', async () => {
    let asked = 0;
    const limit = { total: 1, remaining: 0, reset_after: 5, max_concurrency: 1 };
    const alter = (what: string, data: unknown) =>
      what === 'GET /gateway/bot' && ++asked < 2 ? { ...Object(data), session_start_limit: limit } : data;
    // Another moment each time, so that no answer holds.
    let moment = 0;
    const { fake, warned } = await started({ alter }, { firstWaitMs: 5, now: () => (moment += 10_000) });
    expect([await answers(fake), warned]).toEqual([true, ['Discord allows no connection now; waiting']]);
    let left = 1;
    const meet = (_method: string, path: string) =>
      path === '/gateway/bot' && left-- <= 0
        ? ({ on: 'GET', how: 'status', status: 502, when: 'before' } as const)
        : undefined;
    expect(await answers((await started({ meet })).fake)).toBe(true);
  }, 20_000);

  it.each([null, undefined])(
    'says that a session is invalid, and no more (%s)',
    async (nothing) => {
      const { fake, warned } = await started({ alter: (what, data) => (what === 'op 9' ? nothing : data) });
      fake.gateway.invalidate(false);
      await expect
        .poll(() => fake.gateway.events.filter((event) => event === 'identify').length, { timeout: 15_000 })
        .toBe(2);
      await expect.poll(() => fake.gateway.connections()).toBe(1);
      expect([await answers(fake), warned]).toEqual([true, []]);
    },
    20_000,
  );

  it('takes no resume, and gets a new session after a while', async () => {
    const { fake } = await started();
    fake.gateway.deafToResume = true;
    fake.gateway.cut();
    await expect.poll(() => fake.gateway.events, { timeout: 40_000 }).toContain('resume');
    await expect.poll(() => fake.gateway.connections(), { timeout: 40_000 }).toBe(1);
    expect(await answers(fake)).toBe(true);
  }, 60_000);

  it('tells of no guilds: what is followed there is not lost, nor when the session begins anew', async () => {
    const lost: unknown[] = [];
    const back: unknown[] = [];
    const places = {
      lost: (place: unknown) => Promise.resolve(void lost.push(place)),
      back: (place: unknown) => Promise.resolve(void back.push(place)),
      followed: () => Promise.resolve([{ guild: ids.guild, channel: ids.text }]),
    };
    const alter = (what: string, data: unknown) => (what === 'READY' ? omit(data, 'guilds') : data);
    const { fake } = await started({ alter, guilds: () => [] }, { places });
    await expect.poll(() => [lost, back]).toEqual([[], [{ guild: ids.guild, channels: [ids.text] }]]);
    fake.gateway.dispatch('GUILD_CREATE', guildData());
    fake.gateway.forgetSessions();
    fake.gateway.cut();
    await expect
      .poll(() => fake.gateway.events.filter((event) => event === 'identify').length, { timeout: 15_000 })
      .toBe(2);
    expect([await answers(fake), lost]).toEqual([true, []]);
  }, 20_000);
});

const noGatewayBot = (_method: string, path: string) =>
  path === '/gateway/bot' ? ({ on: 'GET', how: 'status', status: 404, when: 'before' } as const) : undefined;

describe('guilds', () => {
  it('that are many do not hold it up', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => {
      const id = (BigInt(ids.guild) + BigInt(n)).toString();
      const more = n === 0 ? {} : { channels: [], system_channel_id: null };
      return { ...guildData(more), id };
    });
    const { fake } = await started({ guilds: () => many });
    expect(await answers(fake)).toBe(true);
  }, 60_000);

  it('that are away at the start, and connections that are not there yet, keep nobody waiting who asks', async () => {
    for (const fakeOptions of [{ withheld: true }, { shards: 2 }]) {
      const made = await openDiscord({ runner }, fakeOptions);
      opened.push(made);
      const starting = made.adapter.start();
      await expect.poll(() => made.fake.gateway.connections()).toBeGreaterThan(0);
      expect(await answers(made.fake)).toBe(true);
      await starting;
    }
  }, 60_000);

  it('that are away at the start are waited for, not for ever, and are there when they come', async () => {
    const { fake } = await started({ withheld: true });
    expect(await answers(fake)).toBe(true);
    fake.gateway.dispatch('GUILD_CREATE', guildData());
    expect(await answers(fake)).toBe(true);
  }, 60_000);
});

describe('a connection that is dead without a word', () => {
  it('is left when heartbeats are not answered, and resumed', async () => {
    const { fake } = await started({ heartbeatMs: 400 });
    fake.gateway.deaf = true;
    await expect.poll(() => fake.gateway.events.includes('resume'), { timeout: 15_000 }).toBe(true);
    fake.gateway.deaf = false;
    expect(await answers(fake)).toBe(true);
    expect(fake.gateway.events.filter((event) => event === 'identify')).toHaveLength(1);
  }, 30_000);
});

describe('commands that Discord does not register', () => {
  it('are tried again while the bot goes on', async () => {
    let refusals = 2;
    const meet = (method: string) =>
      method === 'PUT' && refusals-- > 0
        ? ({ on: 'PUT', how: 'status', status: 502, when: 'before' } as const)
        : undefined;
    const { fake, warned } = await started({ meet }, { firstWaitMs: 5 });
    expect(await answers(fake)).toBe(true);
    await expect.poll(() => fake.registrations).toBe(1);
    expect(warned).toEqual([0, 1].map(() => expect.stringContaining('applications.commands')));
  }, 20_000);
});

describe('a token that is withdrawn while the bot runs', () => {
  it('is said once, with what to do, and ends nothing', async () => {
    const { fake, warned } = await started();
    fake.gateway.closeWith(4004);
    const ended = 'gateway connection ended; commands are not answered there';
    await expect.poll(() => warned).toContain(ended);
    expect(warned.filter((words) => words === ended)).toHaveLength(1);
  }, 20_000);
});
