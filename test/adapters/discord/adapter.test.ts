import { afterEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter, type DiscordOptions } from '../../../src/adapters/discord/adapter.ts';
import { registerCommands } from '../../../src/adapters/discord/connect.ts';
import type { Command } from '../../../src/core/command.ts';
import type { ChatAdapter, OutboxRow } from '../../../src/core/delivery.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import { contractOfAdapter, leasedRow } from '../../contract/adapter.ts';
import type { FakeDiscord, FakeOptions, Fault } from '../../fakes/discord/server.ts';
import { ids } from '../../fakes/discord/world.ts';
import { message } from '../../fakes/samples.ts';
import { noCommands, openDiscord, titlesIn } from './open.ts';

contractOfAdapter('Discord', async () => {
  const { adapter, fake } = await openDiscord();
  return { adapter, seen: async () => titlesIn(fake), close: () => fake.close() };
});

const opened: { fake: FakeDiscord; adapters: ChatAdapter[] }[] = [];
afterEach(async () => {
  for (const { fake, adapters } of opened.splice(0)) {
    for (const adapter of adapters) await adapter.stop();
    await fake.close();
  }
});

async function open(more: Partial<DiscordOptions> = {}, fakeOptions: FakeOptions = {}) {
  const made = await openDiscord(more, fakeOptions);
  opened.push({ fake: made.fake, adapters: [made.adapter] });
  return made;
}

async function started(more: Partial<DiscordOptions> = {}, fakeOptions: FakeOptions = {}) {
  const made = await open(more, fakeOptions);
  await made.adapter.start();
  return made;
}

function row(adapter: ChatAdapter, id: string, more: Partial<OutboxRow> = {}): OutboxRow {
  return leasedRow(adapter, id, { channel: { platform: 'discord', workspace: ids.guild, id: ids.text }, ...more });
}

const command = (name: string): Command => ({
  name,
  summary: 'does it',
  access: 'anyone',
  slow: false,
  options: [],
  run: () => Promise.reject(new Error('not here')),
});

describe('Discord, starting', () => {
  it.each(['', '/', '///', '/v10', '/v10/'])('takes an address of the API that ends in “%s”', async (ending) => {
    const made = await open();
    const adapter = createDiscordAdapter({ ...made.options, apiUrl: `${made.fake.url}${ending}` });
    opened.push({ fake: made.fake, adapters: [adapter] });
    await adapter.start();
    expect(made.fake.requests.every(({ status }) => status < 300)).toBe(true);
  });

  it('registers its commands once, and again only when they changed', async () => {
    const made = await started({ runner: { ...noCommands, commands: [command('one')] } });
    expect([made.fake.registrations, made.fake.commands.get('global')]).toMatchObject([1, [{ name: 'one' }]]);
    const again = createDiscordAdapter(made.options);
    const changed = createDiscordAdapter({ ...made.options, runner: { ...noCommands, commands: [command('two')] } });
    opened.push({ fake: made.fake, adapters: [again, changed] });
    await again.start();
    expect(made.fake.registrations).toBe(1);
    await changed.start();
    expect([made.fake.registrations, made.fake.commands.get('global')]).toMatchObject([2, [{ name: 'two' }]]);
  });

  it('registers in the test guild alone when one is named', async () => {
    const { fake } = await started({ testGuild: ids.guild, runner: { ...noCommands, commands: [command('one')] } });
    expect([...fake.commands.keys()]).toEqual([ids.guild]);
  });

  it('names DISCORD_TOKEN when Discord refuses it', async () => {
    const { adapter } = await open({ token: 'wrong' });
    const failure = await adapter.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect(String(failure)).toContain('DISCORD_TOKEN');
  });

  it('names DISCORD_TOKEN when the gateway refuses it', async () => {
    const { adapter } = await open({}, { gatewayToken: 'another' });
    const failure = await adapter.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    expect(String(failure)).toContain('DISCORD_TOKEN');
  });

  it('waits for Discord when it is down, rather than blame the token', async () => {
    const { fake, adapter } = await open({ firstWaitMs: 10 });
    fake.faults.push(
      { on: 'GET /gateway', how: 'status', when: 'before' },
      { on: 'GET /gateway', how: 'drop', when: 'before' },
    );
    await adapter.start();
    expect(fake.gateway.connections()).toBe(1);
  });

  it('stops while it waits', async () => {
    const { fake, adapter } = await open({ firstWaitMs: 60_000 });
    fake.faults.push({ on: 'GET /gateway', how: 'status', when: 'before' });
    const start = adapter.start().catch((error: unknown) => String(error));
    await expect.poll(() => fake.requests.length).toBe(1);
    await adapter.stop();
    expect(await start).toContain('stopped');
  });

  it('registers without connecting, when only that is asked', async () => {
    const { fake, options } = await open({ runner: { ...noCommands, commands: [command('one')] } });
    expect(await registerCommands(options)).toBe(1);
    expect([fake.commands.get('global'), fake.gateway.events]).toMatchObject([[{ name: 'one' }], []]);
    await expect(registerCommands({ ...options, token: 'wrong' })).rejects.toThrow('DISCORD_TOKEN');
  });

  it('asks for the Guilds intent alone, and is taken', async () => {
    const { fake } = await started();
    expect([fake.gateway.events, fake.gateway.connections()]).toEqual([['identify'], 1]);
  });

  it('disconnects when it stops', async () => {
    const { fake, adapter } = await started();
    await adapter.stop();
    await expect.poll(() => fake.gateway.connections()).toBe(0);
  });
});

const at = (how: Fault['how'], when: Fault['when'], more: Partial<Fault> = {}): Fault => ({
  on: 'POST /channels',
  how,
  when,
  ...more,
});

describe('Discord, posting', () => {
  it.each([
    { what: 'a server error', fault: at('status', 'after') },
    { what: 'a dropped connection', fault: at('drop', 'after') },
    { what: 'no answer in time', fault: at('hang', 'after') },
  ])('tries again after $what and leaves one message', async ({ fault }) => {
    const { fake, adapter } = await started({ timeoutMs: 500 });
    fake.faults.push(fault);
    expect((await adapter.send(row(adapter, 'r1'))).kind).toBe('unknown');
    expect((await adapter.send(row(adapter, 'r1'))).kind).toBe('sent');
    expect(titlesIn(fake)).toEqual(['Title of r1']);
  });

  it.each([
    { what: 'a server error', fault: at('status', 'before'), kind: 'unknown' },
    { what: 'a lost connection', fault: at('drop', 'before'), kind: 'unknown' },
    { what: 'an answer that is no form of Discord’s', fault: at('status', 'before', { status: 502 }), kind: 'unknown' },
    { what: 'a limit of the channel', fault: at('limit', 'before', { scope: 'user' }), kind: 'rate-limited' },
    { what: 'a limit shared by all bots', fault: at('limit', 'before', { scope: 'shared' }), kind: 'rate-limited' },
    { what: 'a limit of the whole bot', fault: at('limit', 'before', { scope: 'global' }), kind: 'rate-limited' },
  ])('says $kind for $what', async ({ fault, kind }) => {
    const { fake, adapter } = await started();
    fake.faults.push(fault);
    const outcome = await adapter.send(row(adapter, 'r1'));
    expect(outcome.kind).toBe(kind);
    const scope = 'scope' in outcome ? outcome.scope : undefined;
    expect(scope).toBe(fault.scope === 'user' ? 'channel' : fault.scope);
    expect(fake.messages.all).toEqual([]);
  });

  it.each([
    { code: 10003, status: 404, kind: 'gone' },
    { code: 50001, status: 403, kind: 'forbidden' },
    { code: 50013, status: 403, kind: 'forbidden' },
    { code: 50035, status: 400, kind: 'rejected' },
  ])('says $kind for $code', async ({ code, status, kind }) => {
    const { fake, adapter } = await started();
    fake.messages.refusing.set(ids.text, { status, code, message: 'no' });
    expect((await adapter.send(row(adapter, 'r1'))).kind).toBe(kind);
  });

  it('pauses nothing when the token is taken away, however often it tries', async () => {
    const { fake, adapter } = await started();
    fake.faults.push(at('status', 'before', { status: 401 }));
    const outcomes = [await adapter.send(row(adapter, 'r1')), await adapter.send(row(adapter, 'r1'))];
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ kind: 'transient', refused: expect.stringContaining('DISCORD_TOKEN') });
  });

  it('stops before a limit that it was told of: no request meets a 429', async () => {
    const { fake, adapter } = await started({}, { channelLimit: 3 });
    const outcomes = [];
    for (const id of ['r1', 'r2', 'r3', 'r4']) outcomes.push((await adapter.send(row(adapter, id))).kind);
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'rate-limited']);
    expect(fake.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('has a nonce and mentions nobody, on edits too', async () => {
    const { fake, adapter } = await started();
    const post = await adapter.send(row(adapter, 'r1'));
    const replyTo = post.kind === 'sent' ? post.messageId : '';
    await adapter.send(row(adapter, 'r2', { action: 'edit', replyTo }));
    const sent = fake.requests.filter(({ path }) => path.startsWith('/channels'));
    expect(sent.map(({ method, body }) => [method, Reflect.get(Object(body), 'allowed_mentions')])).toEqual([
      ['POST', { parse: [] }],
      ['PATCH', { parse: [] }],
    ]);
    expect(sent[0]?.body).toMatchObject({ nonce: expect.stringMatching(/^.{24}$/), enforce_nonce: true });
    expect(titlesIn(fake)).toEqual(['Title of r2']);
  });

  it('can repeat an edit whose answer was lost', async () => {
    const { fake, adapter } = await started();
    const post = await adapter.send(row(adapter, 'r1'));
    const edit = row(adapter, 'r2', { action: 'edit', replyTo: post.kind === 'sent' ? post.messageId : '' });
    fake.faults.push({ on: 'PATCH', how: 'drop', when: 'after' });
    expect((await adapter.send(edit)).kind).toBe('transient');
    expect((await adapter.send(edit)).kind).toBe('sent');
  });

  it('sends a picture with its words', async () => {
    const { fake, adapter } = await started();
    const picture = { png: new Uint8Array([137, 80, 78, 71]), name: 'map.png', alt: 'A map of the world' };
    const outcome = await adapter.send(row(adapter, 'r1', { message: { ...message('Map'), picture } }));
    expect([outcome.kind, fake.problems]).toEqual(['sent', []]);
    expect(fake.messages.all[0]?.body).toMatchObject({
      embeds: [{ image: { url: 'attachment://map.png' } }],
      attachments: [{ id: '0', filename: 'map.png', description: 'A map of the world' }],
    });
  });
});

describe('Discord, answering in threads', () => {
  async function posted(more: Partial<OutboxRow> = {}) {
    const made = await started();
    const post = await made.adapter.send(row(made.adapter, 'r1', more));
    return { ...made, replyTo: post.kind === 'sent' ? post.messageId : '' };
  }
  const channelsOf = (fake: FakeDiscord) => fake.messages.all.map(({ channel }) => channel);

  it('opens one thread on the post, and goes on in it', async () => {
    const { fake, adapter, replyTo } = await posted();
    for (const id of ['r2', 'r3'])
      expect((await adapter.send(row(adapter, id, { action: 'thread', replyTo }))).kind).toBe('sent');
    expect(channelsOf(fake)).toEqual([ids.text, replyTo, replyTo]);
    expect(fake.requests.filter(({ path }) => path.endsWith('/threads'))).toHaveLength(1);
  });

  it('tells it once when the answer was lost, whether the thread or the message was made', async () => {
    for (const within of ['thread', 'channel'] as const) {
      const { fake, adapter, replyTo } = await posted();
      const update = row(adapter, 'r2', { action: 'thread', replyTo });
      const on = within === 'thread' ? `POST /channels/${replyTo}` : `POST /channels/${ids.text}/messages/`;
      fake.faults.push({ on, how: 'drop', when: 'after' });
      await adapter.send(update);
      expect((await adapter.send(update)).kind).toBe('sent');
      expect(titlesIn(fake)).toEqual(['Title of r1', 'Title of r2']);
    }
  });

  it('answers in the channel when the post was in a thread itself', async () => {
    const made = await started();
    made.fake.messages.threads.add('970000000000000001');
    const channel = { platform: 'discord' as const, workspace: ids.guild, id: '970000000000000001' };
    const post = await made.adapter.send(row(made.adapter, 'r1', { channel }));
    const replyTo = post.kind === 'sent' ? post.messageId : '';
    expect((await made.adapter.send(row(made.adapter, 'r2', { channel, action: 'thread', replyTo }))).kind).toBe(
      'sent',
    );
    expect(made.fake.messages.all[1]?.body).toMatchObject({ message_reference: { message_id: replyTo } });
  });

  it('answers in the channel when the post is gone', async () => {
    const { fake, adapter, replyTo } = await posted();
    fake.messages.all.splice(0);
    expect((await adapter.send(row(adapter, 'r2', { action: 'thread', replyTo }))).kind).toBe('sent');
    expect(channelsOf(fake)).toEqual([ids.text]);
  });

  it('answers in the channel when the thread was locked or deleted', async () => {
    for (const code of [160005, 50083, 10003]) {
      const { fake, adapter, replyTo } = await posted();
      await adapter.send(row(adapter, 'r2', { action: 'thread', replyTo }));
      fake.messages.refusing.set(replyTo, { status: code === 10003 ? 404 : 400, code, message: 'no' });
      expect((await adapter.send(row(adapter, 'r3', { action: 'thread', replyTo }))).kind).toBe('sent');
      expect(channelsOf(fake)).toEqual([ids.text, replyTo, ids.text]);
    }
  });
});

describe('Discord’s gateway', () => {
  it('comes back when it is asked to, and resumes', async () => {
    const { fake } = await started();
    fake.gateway.askToReconnect();
    await expect.poll(() => fake.gateway.events, { timeout: 10_000 }).toContain('resume');
    await expect.poll(() => fake.gateway.connections(), { timeout: 10_000 }).toBe(1);
  });

  it('identifies anew when its session is gone', async () => {
    const { fake } = await started();
    fake.gateway.invalidate(false);
    await expect
      .poll(() => fake.gateway.events.filter((event) => event === 'identify'), { timeout: 15_000 })
      .toHaveLength(2);
    await expect.poll(() => fake.gateway.connections(), { timeout: 10_000 }).toBe(1);
  });
});

describe('a forum', () => {
  const forum = { platform: 'discord' as const, workspace: ids.guild, id: ids.forum };
  const post = (adapter: ChatAdapter, id: string, more: Partial<OutboxRow> = {}) => {
    const made = row(adapter, id, { channel: forum, ...more });
    return { ...made, message: { ...made.message, tags: ['official', 'Rwanda', 'travel-ban', 'reported'] } };
  };

  it('gets a post of its own with the tags that fit, but none that are for moderators', async () => {
    const { fake, adapter } = await started();
    const sent = await adapter.send(post(adapter, 'r1'));
    const [made] = fake.messages.posts;
    expect([sent, made?.tags]).toMatchObject([
      { kind: 'sent', messageId: made?.id },
      ['990000000000000001', '990000000000000002', '990000000000000003'],
    ]);
  });

  it('has updates and edits within the post', async () => {
    const { fake, adapter } = await started();
    const sent = await adapter.send(post(adapter, 'r1'));
    const replyTo = sent.kind === 'sent' ? sent.messageId : '';
    for (const action of ['thread', 'edit'] as const)
      expect((await adapter.send(post(adapter, `r-${action}`, { action, replyTo }))).kind).toBe('sent');
    expect(fake.messages.all.map(({ channel, edits }) => [channel, edits])).toEqual([
      [replyTo, 1],
      [replyTo, 0],
    ]);
  });

  it.each([10_003, 10_008, 50_083, 160_005])(
    'stays open when a post to mend in it was deleted or closed (%i)',
    async (code) => {
      const { fake, adapter } = await started();
      fake.faults.push({ on: 'PATCH /channels/970000000000000123', how: 'status', status: 404, code, when: 'before' });
      const edit = post(adapter, 'r2', { action: 'edit', replyTo: '970000000000000123' });
      expect(await adapter.send(edit)).toMatchObject({ kind: 'sent', messageId: '970000000000000123' });
    },
  );

  it('is told a whole story anew when its post is gone', async () => {
    const { fake, adapter } = await started();
    const update = post(adapter, 'r2', {
      action: 'thread',
      replyTo: '970000000000000123',
      standalone: message('whole'),
    });
    expect((await adapter.send(update)).kind).toBe('sent');
    expect(titlesIn(fake)).toEqual([message('whole').title]);
  });

  it('gets one post though the answer was lost', async () => {
    const { fake, adapter } = await started();
    fake.faults.push({ on: `POST /channels/${ids.forum}`, how: 'drop', when: 'after' });
    const since = new Date().toISOString();
    expect((await adapter.send(post(adapter, 'r1'))).kind).toBe('unknown');
    const again = post(adapter, 'r1', { maybeSentSince: since });
    expect(await adapter.send(again)).toMatchObject({ kind: 'sent', messageId: fake.messages.posts[0]?.id });
    expect(await adapter.reconcile?.(again)).toEqual({ kind: 'found', messageId: fake.messages.posts[0]?.id });
    expect(fake.messages.posts).toHaveLength(1);
  });
});

describe('a message that cannot be sent as it is', () => {
  it('goes without its picture where no files may be attached', async () => {
    const { fake, adapter } = await started();
    const made = row(adapter, 'r1');
    const picture = { png: new Uint8Array([137, 80, 78, 71]), name: 'map.png', alt: 'A map' };
    fake.faults.push({ on: `POST /channels/${ids.text}`, how: 'status', when: 'before', status: 403, code: 50013 });
    expect((await adapter.send({ ...made, message: { ...made.message, picture } })).kind).toBe('sent');
    expect(fake.messages.all[0]?.body).not.toHaveProperty('attachments');
  });

  it('is said in one line when Discord refused the whole', async () => {
    const { fake, adapter } = await started();
    const made = row(adapter, 'r1', { rejectedBefore: true });
    await adapter.send(made);
    expect(fake.messages.all[0]?.body).toMatchObject({ embeds: [{ description: made.message.plain }], components: [] });
  });
});
