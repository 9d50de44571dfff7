import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelPlaces } from '../../../src/adapters/discord/speaking.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { channelData, guildData, ids, speaking, viewing } from '../../fakes/discord/world.ts';
import { memoryMeta, openDiscord, titlesIn } from './open.ts';

let fake: FakeDiscord;
let adapter: ChatAdapter;
let heard: unknown[];
const places: ChannelPlaces = {
  lost: (place, reason) => Promise.resolve(void heard.push(['lost', place.guild, place.channel, reason])),
  back: (place) => Promise.resolve(void heard.push(['back', place.guild, place.channels])),
};
beforeEach(async () => {
  heard = [];
  ({ fake, adapter } = await openDiscord({ places }));
  await adapter.start();
});
afterEach(async () => {
  await adapter.stop();
  await fake.close();
});

const another = '910000000000000002';
/** A guild of its own, whose ids are not the first one's. */
function joined(more: object = {}): object {
  const text: object = JSON.parse(JSON.stringify(guildData(more)).replaceAll(ids.guild, another));
  return text;
}

describe('a guild that the bot was just added to', () => {
  it('is told the first step once, mentioning nobody', async () => {
    fake.gateway.dispatch('GUILD_CREATE', joined());
    await expect.poll(() => titlesIn(fake)).toEqual(['Hello, this is Borderwire']);
    expect(fake.messages.all[0]).toMatchObject({
      channel: ids.text,
      nonce: expect.stringMatching(/^.{24}$/),
      body: { allowed_mentions: { parse: [] } },
    });
    fake.gateway.dispatch('GUILD_DELETE', { id: another });
    fake.gateway.dispatch('GUILD_CREATE', joined());
    await expect.poll(() => heard.length).toBe(3);
    expect([titlesIn(fake).length, fake.problems]).toEqual([1, []]);
  });

  it('is greeted in its language', async () => {
    fake.gateway.dispatch('GUILD_CREATE', joined({ preferred_locale: 'pt-BR' }));
    await expect.poll(() => titlesIn(fake)).toEqual(['Olá, aqui é o Borderwire']);
  });

  it.each([
    { what: 'it has no system channel', more: { system_channel_id: null } },
    { what: 'the bot may not speak there', more: { system_channel_id: ids.closed } },
  ])('is greeted in its first channel that takes words when $what', async ({ more }) => {
    fake.gateway.dispatch('GUILD_CREATE', joined(more));
    await expect.poll(() => fake.messages.all.map(({ channel }) => channel)).toEqual([ids.text]);
  });

  it.each([
    { what: 'is greeted too', followed: [], titles: ['Hello, this is Borderwire'] },
    { what: 'is left alone when it follows something', followed: [ids.text], titles: [] },
  ])('before the first start $what', async ({ followed, titles }) => {
    const looked: string[] = [];
    const follows = {
      ...places,
      followed: () => {
        looked.push('followed');
        return Promise.resolve(followed.map((channel) => ({ guild: ids.guild, channel })));
      },
    };
    const early = await openDiscord({ places: follows, meta: memoryMeta([]) });
    await early.adapter.start();
    // Once for the greeting, once for what changed meanwhile.
    await expect.poll(() => [looked.length, titlesIn(early.fake)]).toEqual([2, titles]);
    await early.adapter.stop();
    await early.fake.close();
  });

  it('is left alone where the bot may speak nowhere', async () => {
    fake.gateway.dispatch(
      'GUILD_CREATE',
      joined({ system_channel_id: null, channels: [channelData(ids.closed, 0), channelData(ids.news, 5)] }),
    );
    await expect.poll(() => heard).toEqual([['back', another, [ids.closed, ids.news]]]);
    expect(fake.messages.all).toEqual([]);
  });

  it('has a button that opens the form', async () => {
    fake.gateway.dispatch('GUILD_CREATE', joined());
    await expect
      .poll(() => JSON.stringify(fake.messages.all[0]?.body['components']))
      .toContain('"custom_id":"f:subscribe"');
  });
});

describe('places that go and come back', () => {
  it('are passed on: guild, channel, thread', async () => {
    fake.gateway.dispatch('THREAD_CREATE', {
      ...channelData('970000000000000001', 11),
      parent_id: ids.text,
      thread_metadata: {
        archived: false,
        locked: false,
        auto_archive_duration: 60,
        archive_timestamp: '2026-03-02T12:00:00.000Z',
      },
    });
    fake.gateway.dispatch('THREAD_DELETE', {
      id: '970000000000000001',
      guild_id: ids.guild,
      parent_id: ids.text,
      type: 11,
    });
    fake.gateway.dispatch('CHANNEL_DELETE', channelData(ids.news, 5));
    fake.gateway.dispatch('GUILD_DELETE', { id: ids.guild });
    await expect
      .poll(() => heard)
      .toEqual([
        ['lost', ids.guild, '970000000000000001', 'the thread was deleted'],
        ['lost', ids.guild, ids.news, 'the channel was deleted'],
        ['lost', ids.guild, null, 'the bot was removed from the server'],
      ]);
  });

  it('are not lost in an outage', async () => {
    fake.gateway.dispatch('GUILD_DELETE', { id: ids.guild, unavailable: true });
    fake.gateway.dispatch('GUILD_CREATE', guildData());
    fake.gateway.dispatch('CHANNEL_DELETE', channelData(ids.news, 5));
    await expect.poll(() => heard).toEqual([['lost', ids.guild, ids.news, 'the channel was deleted']]);
  });

  it('are lost and back with the rights in the channel', async () => {
    fake.gateway.dispatch('CHANNEL_UPDATE', { ...channelData(ids.closed, 0), permission_overwrites: [] });
    await expect.poll(() => heard).toEqual([['back', ids.guild, [ids.closed]]]);
    fake.gateway.dispatch('CHANNEL_UPDATE', channelData(ids.closed, 0));
    await expect
      .poll(() => heard[1])
      .toEqual(['lost', ids.guild, ids.closed, expect.stringContaining('it lacks Send Messages')]);
  });

  it('are lost and back with the rights of a role, or with the role', async () => {
    const role = {
      color: 0,
      hoist: false,
      managed: false,
      mentionable: false,
      position: 0,
      flags: 0,
      name: 'Borderwire',
    };
    const changed = (permissions: string) =>
      fake.gateway.dispatch('GUILD_ROLE_UPDATE', {
        guild_id: ids.guild,
        role: { ...role, id: ids.botRole, permissions },
      });
    changed(viewing);
    await expect
      .poll(() => heard.map((one) => String(one).split(',').slice(0, 3).join()))
      .toEqual([`lost,${ids.guild},${ids.text}`, `lost,${ids.guild},${ids.news}`, `lost,${ids.guild},${ids.forum}`]);
    changed(speaking);
    await expect.poll(() => heard.length).toBe(6);
    fake.gateway.dispatch('GUILD_ROLE_DELETE', { guild_id: ids.guild, role_id: ids.botRole });
    await expect.poll(() => heard.length).toBe(9);
  });

  it('are lost when the bot’s own role is taken', async () => {
    const me = { id: ids.bot, username: 'borderwire', discriminator: '0', avatar: null, bot: true };
    fake.gateway.dispatch('GUILD_MEMBER_UPDATE', { guild_id: ids.guild, user: me, roles: [] });
    await expect.poll(() => heard.length).toBe(3);
  });
});

describe('what changed while the bot was away', () => {
  async function wokenWith(followed: { guild: string; channel: string }[], guilds: () => readonly object[]) {
    const said: unknown[] = [];
    const made = await openDiscord(
      {
        places: {
          lost: (place, reason) => Promise.resolve(void said.push(['lost', place.channel, reason])),
          back: (place) => Promise.resolve(void said.push(['back', ...place.channels])),
          followed: () => Promise.resolve(followed),
        },
      },
      { guilds },
    );
    return { ...made, said };
  }

  it('is told of a guild that comes later, for it was away itself at the start', async () => {
    const { fake, adapter, said } = await wokenWith([{ guild: ids.guild, channel: ids.closed }], () => [
      { id: ids.guild, unavailable: true },
    ]);
    await adapter.start();
    expect(said).toEqual([]);
    fake.gateway.dispatch('GUILD_CREATE', guildData());
    await expect.poll(() => said).toEqual([['lost', ids.closed, expect.stringContaining('Send Messages')]]);
    await adapter.stop();
    await fake.close();
  }, 30_000);

  it('is told when it comes online: kicked, closed, deleted, archived, as before', async () => {
    const away = ['910000000000000009', '920000000000000077', '920000000000000088'] as const;
    const made = await wokenWith(
      [
        { guild: away[0], channel: 'c1' },
        { guild: ids.guild, channel: ids.closed },
        { guild: ids.guild, channel: away[1] },
        { guild: ids.guild, channel: away[2] },
        { guild: ids.guild, channel: ids.text },
      ],
      () => [guildData()],
    );
    made.fake.messages.refusing.set('c1', { status: 403, code: 50001, message: 'Missing Access' });
    made.fake.messages.refusing.set(away[1], { status: 404, code: 10003, message: 'Unknown Channel' });
    await made.adapter.start();
    await expect
      .poll(() => made.said)
      .toEqual([
        ['lost', 'c1', 'the bot is no longer in the server'],
        ['lost', ids.closed, expect.stringContaining('Send Messages')],
        ['lost', away[1], expect.stringContaining('deleted')],
        ['back', away[2]],
        ['back', ids.text],
      ]);
    await made.adapter.stop();
    await made.fake.close();
  });

  it('is told when a session begins anew without a guild', async () => {
    let guilds: readonly object[] = [guildData()];
    const made = await wokenWith([], () => guilds);
    await made.adapter.start();
    guilds = [];
    made.fake.gateway.forgetSessions();
    made.fake.gateway.cut();
    await expect
      .poll(() => made.said, { timeout: 15_000 })
      .toEqual([['lost', null, 'the bot was removed from the server']]);
    await made.adapter.stop();
    await made.fake.close();
  }, 20_000);
});
