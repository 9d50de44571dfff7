import { afterEach, describe, expect, it } from 'vitest';
import type { DiscordOptions } from '../../../src/adapters/discord/adapter.ts';
import type { Command, CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { FakeDiscord, FakeOptions } from '../../fakes/discord/server.ts';
import { guildData, ids } from '../../fakes/discord/world.ts';
import { noCommands, openDiscord } from './open.ts';

const opened: { fake: FakeDiscord; adapter: ChatAdapter }[] = [];
afterEach(async () => {
  for (const { fake, adapter } of opened.splice(0)) {
    await adapter.stop();
    await fake.close();
  }
});

const hello: Command = {
  name: 'hello',
  summary: 'greets',
  access: 'anyone',
  slow: false,
  options: [],
  run: () => Promise.reject(new Error('not here')),
};
const runner: CommandRunner = {
  ...noCommands,
  commands: [hello],
  line: () =>
    Promise.resolve({
      message: { title: 'Hello', plain: 'Hello', blocks: [] },
      data: null,
      private: true,
      exitCode: 0,
    }),
};

async function started(fakeOptions: FakeOptions = {}, more: Partial<DiscordOptions> = {}) {
  const made = await openDiscord({ runner, ...more }, fakeOptions);
  opened.push(made);
  await made.adapter.start();
  return made.fake;
}

const ask = (fake: FakeDiscord, guild: string = ids.guild) =>
  fake.ask(2, { guild_id: guild, data: { id: '980000000000000001', name: 'hello', type: 1, options: [] } });
const titleOf = (answer: unknown): unknown => {
  const [embed]: unknown[] = Object(answer).embeds ?? [];
  return Reflect.get(Object(embed), 'title');
};
const countOf = (fake: FakeDiscord, event: string) => fake.gateway.events.filter((one) => one === event).length;

describe('a command that was given while the connection was down', () => {
  it.each([
    ['cut', (fake: FakeDiscord) => fake.gateway.cut()],
    ['closed with 4000', (fake: FakeDiscord) => fake.gateway.closeWith(4000)],
    ['closed with 4009, timed out', (fake: FakeDiscord) => fake.gateway.closeWith(4009)],
    ['left at Discord’s wish', (fake: FakeDiscord) => fake.gateway.askToReconnect()],
    ['invalidated but resumable', (fake: FakeDiscord) => fake.gateway.invalidate(true)],
  ])(
    'is answered when the session resumes: %s',
    async (_what, lose) => {
      const fake = await started();
      lose(fake);
      const asked = ask(fake);
      expect(titleOf(await asked.answered)).toBe('Hello');
      expect([countOf(fake, 'resume') > 0, countOf(fake, 'identify')]).toEqual([true, 1]);
    },
    20_000,
  );

  it('is asked for anew when the session is gone, and the next is answered', async () => {
    const fake = await started();
    fake.gateway.forgetSessions();
    fake.gateway.cut();
    await expect.poll(() => countOf(fake, 'identify'), { timeout: 15_000 }).toBe(2);
    expect(titleOf(await ask(fake).answered)).toBe('Hello');
  }, 20_000);

  it('comes through though identifying was refused as too fast', async () => {
    const made = await openDiscord({ runner });
    opened.push(made);
    made.fake.gateway.refusedIdentifies = 1;
    await made.adapter.start();
    expect([countOf(made.fake, 'identify'), titleOf(await ask(made.fake).answered)]).toEqual([2, 'Hello']);
  }, 20_000);
});

describe('what Discord’s gateway is asked for', () => {
  it('is version 10 as JSON, at the address that /gateway/bot gives, and resumes at the address of READY', async () => {
    const fake = await started();
    fake.gateway.cut();
    await expect.poll(() => fake.gateway.queries.length, { timeout: 10_000 }).toBe(2);
    const [first, second] = fake.gateway.queries.map((query) => new URL(query, 'ws://x'));
    for (const url of [first, second])
      expect([url?.searchParams.get('v'), url?.searchParams.get('encoding')]).toEqual(['10', 'json']);
    expect([first?.pathname, second?.pathname.replace(/\/$/, '')]).toEqual(['/gateway', '/resume-here']);
  }, 15_000);
});

describe('several shards', () => {
  /** Discord’s formula puts a guild on shard (id >> 22) % 2. */
  const guildOn = (shard: number) => String((BigInt(ids.guild) & ~((1n << 23n) - 1n)) | (BigInt(shard) << 22n));
  const guilds = () =>
    [guildOn(0), guildOn(1)].map((id, n): object => {
      const json = JSON.stringify(guildData()).replaceAll(ids.guild, id);
      return JSON.parse(json.replaceAll('"920000000000', `"92000000000${n}`)) as object;
    });

  it('are opened as Discord recommends, in one process, and both answer', async () => {
    const fake = await started({ shards: 2, guilds });
    expect(['identify 0', 'identify 1'].map((event) => countOf(fake, event))).toEqual([1, 1]);
    for (const shard of [0, 1]) expect(titleOf(await ask(fake, guildOn(shard)).answered)).toBe('Hello');
  }, 20_000);

  it('have troubles of their own: one goes on while the other is away, and comes back', async () => {
    const fake = await started({ shards: 2, guilds });
    fake.gateway.refusedIdentifies = 1;
    fake.gateway.forgetSessions();
    fake.gateway.cut(1);
    const missed = countOf(fake, 'identify 1');
    for (let n = 0; n < 5; n++) expect(titleOf(await ask(fake, guildOn(0)).answered)).toBe('Hello');
    await expect.poll(() => countOf(fake, 'identify 1'), { timeout: 20_000 }).toBeGreaterThanOrEqual(missed + 2);
    await expect.poll(() => fake.gateway.connections(), { timeout: 20_000 }).toBe(2);
    expect(titleOf(await ask(fake, guildOn(1)).answered)).toBe('Hello');
    expect(countOf(fake, 'identify 0')).toBe(1);
  }, 60_000);

  it('still answer on one when Discord no longer takes the other', async () => {
    const fake = await started({ shards: 2, guilds });
    fake.gateway.closeWith(4010, 1);
    await expect.poll(() => fake.gateway.connections()).toBe(1);
    expect(titleOf(await ask(fake, guildOn(0)).answered)).toBe('Hello');
  }, 20_000);
});
