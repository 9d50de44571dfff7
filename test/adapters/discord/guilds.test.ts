import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelPlaces } from '../../../src/adapters/discord/guilds.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { channelData, guildData, ids } from '../../fakes/discord/world.ts';
import { openDiscord, titlesIn } from './open.ts';

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
  ])('is left alone when $what', async ({ more }) => {
    fake.gateway.dispatch('GUILD_CREATE', joined(more));
    await expect.poll(() => heard).toEqual([['back', another, [ids.text, ids.news, ids.closed, ids.forum]]]);
    expect(fake.messages.all).toEqual([]);
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

  it('are back when the bot may speak there again', async () => {
    fake.gateway.dispatch('CHANNEL_UPDATE', { ...channelData(ids.closed, 0), permission_overwrites: [] });
    await expect.poll(() => heard).toEqual([['back', ids.guild, [ids.closed]]]);
  });
});
