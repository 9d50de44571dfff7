import { afterEach, describe, expect, it } from 'vitest';
import type { DiscordOptions } from '../../../src/adapters/discord/adapter.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { Log } from '../../../src/core/ports.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { FakeDiscord, FakeOptions } from '../../fakes/discord/server.ts';
import { guildData, ids, interactionData } from '../../fakes/discord/world.ts';
import { commandData, settledAnswer } from './asking.ts';
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
    ['a button without its message', 3, { data: { custom_id: 'c:/help', component_type: 2 } }, 1],
    ['a list without what was chosen', 3, { data: { custom_id: 'm:0', component_type: 3 }, message: null }, 1],
    ['a command without data', 2, { data: null }, 1],
    ['a command without anybody', 2, { data, member: null, user: null }, 1],
    ['a command of an unknown kind', 2, { data: { ...data, type: 77 } }, 0],
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

  it('what a server leaves out that is only like Discord is not missed', async () => {
    const { fake, warned } = await started({ bare: true });
    const [app_permissions, entitlements, authorizing_integration_owners] = [undefined, undefined, undefined];
    const left = { app_permissions, entitlements, authorizing_integration_owners, locale: undefined };
    const asked = fake.ask(2, { data: commandData('help'), ...left });
    expect([(await settledAnswer(asked)).title, warned]).toEqual(['Hello', []]);
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

  it('unknown events, opcodes and events without data stop nothing', async () => {
    const { fake } = await started();
    fake.gateway.dispatch('SOMETHING_NEW', { of: 'some kind' });
    for (const t of ['GUILD_CREATE', 'GUILD_DELETE', 'CHANNEL_UPDATE', 'THREAD_DELETE', 'GUILD_ROLE_UPDATE'])
      fake.gateway.raw(JSON.stringify({ op: 0, t, s: 1, d: null }));
    fake.gateway.raw(JSON.stringify({ op: 99, d: 'x', s: null, t: null }));
    expect(await answers(fake)).toBe(true);
  }, 20_000);
});

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
