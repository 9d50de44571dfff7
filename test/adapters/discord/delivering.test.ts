import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordOptions } from '../../../src/adapters/discord/adapter.ts';
import { setPublishes } from '../../../src/adapters/discord/channels.ts';
import type { ChatAdapter, OutboxRow } from '../../../src/core/delivery.ts';
import { leasedRow } from '../../contract/adapter.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { forumTags, ids } from '../../fakes/discord/world.ts';
import { memoryMeta, openDiscord } from './open.ts';

let fake: FakeDiscord;
let adapter: ChatAdapter;
let meta: DiscordOptions['meta'];
beforeEach(async () => {
  meta = memoryMeta();
  ({ fake, adapter } = await openDiscord({ meta }));
});
afterEach(async () => {
  await adapter.stop();
  await fake.close();
});

function rowIn(channel: string, more: Partial<OutboxRow> = {}): OutboxRow {
  return leasedRow(adapter, 'r1', { channel: { platform: 'discord', workspace: ids.guild, id: channel }, ...more });
}

describe('a process that delivers and is not connected to the gateway', () => {
  it('gives posts in a forum the tags that fit', async () => {
    const row = rowIn(ids.forum);
    const sent = await adapter.send({ ...row, message: { ...row.message, tags: ['Rwanda'] } });
    expect(sent.kind).toBe('sent');
    expect(fake.messages.posts.map(({ tags }) => tags)).toEqual([[forumTags[1]?.id]]);
  });

  it('publishes where that was asked for, and nowhere else', async () => {
    await adapter.send(rowIn(ids.news));
    await setPublishes(meta, ids.news, true);
    await adapter.send({ ...rowIn(ids.news), id: 'r2' });
    expect(fake.messages.all.map(({ crossposted }) => crossposted)).toEqual([false, true]);
  });

  it('looks up whether a message arrived', async () => {
    const row = rowIn(ids.text);
    const sent = await adapter.send(row);
    expect(await adapter.reconcile?.(row)).toEqual({ kind: 'found', messageId: Reflect.get(sent, 'messageId') });
    expect((await adapter.reconcile?.({ ...row, id: 'r2', message: { ...row.message, title: 'never' } }))?.kind).toBe(
      'absent',
    );
  });

  it('looks it up where ids are counted and hold no time', async () => {
    const row = rowIn(ids.text);
    await adapter.send(row);
    const [stored] = fake.messages.all;
    if (stored) stored.id = '101';
    expect(await adapter.reconcile?.(row)).toEqual({ kind: 'found', messageId: '101' });
  });
});
