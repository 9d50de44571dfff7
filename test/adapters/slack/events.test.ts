import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Places } from '../../../src/adapters/slack/events.ts';
import { slackPlaces } from '../../../src/cli/places.ts';
import { createDeliverer } from '../../../src/delivery/deliver.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { draft, subscription } from '../../fakes/samples.ts';
import { testServices } from '../../fakes/services.ts';
import { eventOf } from '../../fakes/slack/payloads.ts';
import { hastyTime, type Opened, openAdapter, until } from './opened.ts';

const followed = { platform: 'slack', workspace: 'T1', id: 'C1' } as const;

describe('what becomes of workspaces and channels', () => {
  let told: string[];
  let opened: Opened;
  beforeEach(async () => {
    told = [];
    const note = (...words: (string | undefined)[]): Promise<void> => {
      told.push(words.filter((word) => word !== undefined).join(' '));
      return Promise.resolve();
    };
    const places: Places = {
      lost: ({ workspace, channel }, reason) => note('lost', workspace, channel, reason),
      back: ({ workspace, channel }) => note('back', workspace, channel),
      moved: ({ workspace, from, to }) => note('moved', workspace, from, to),
    };
    opened = await openAdapter({ places });
    told.length = 0;
  });
  afterEach(() => opened.close());

  it.each([
    [{ type: 'app_uninstalled' }, 'lost T1 the app was removed from the workspace'],
    [{ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } }, 'lost T1 the app’s token was revoked'],
    [{ type: 'channel_archive', channel: 'C1', user: 'U1' }, 'lost T1 C1 the channel was archived'],
    [{ type: 'group_archive', channel: 'G1' }, 'lost T1 G1 the channel was archived'],
    [{ type: 'channel_deleted', channel: 'C1' }, 'lost T1 C1 the channel was deleted'],
    [{ type: 'channel_left', channel: 'C1' }, 'lost T1 C1 the bot is no longer in the channel'],
    [
      { type: 'member_left_channel', user: 'UBOT', channel: 'C1', channel_type: 'C', team: 'T1' },
      'lost T1 C1 the bot is no longer in the channel',
    ],
    [{ type: 'channel_unarchive', channel: 'C1', user: 'U1' }, 'back T1 C1'],
    [{ type: 'member_joined_channel', user: 'UBOT', channel: 'C1', channel_type: 'C', team: 'T1' }, 'back T1 C1'],
    [{ type: 'channel_id_changed', old_channel_id: 'G1', new_channel_id: 'C9' }, 'moved T1 G1 C9'],
  ])('%j, told twice, is heard once', async (event, expected) => {
    const { sockets } = opened.slack;
    const envelope = sockets.deliver('events_api', eventOf(opened.slack, event));
    await until(() => told.length === 1);
    sockets.redeliver(envelope);
    const last = sockets.deliver('events_api', eventOf(opened.slack, { type: 'channel_left', channel: 'CLAST' }));
    await until(() => told.some((line) => line.includes('CLAST')) && last.state === 'acknowledged');
    expect(told[0]).toBe(expected);
    expect(told).toHaveLength(2);
  });

  it('is told of the workspace that has the app, where another shares the channel', async () => {
    const event = eventOf(opened.slack, { type: 'channel_archive', channel: 'C1', user: 'U9' });
    opened.slack.sockets.deliver('events_api', { ...event, team_id: 'T9' });
    await until(() => told.length > 0);
    expect(told).toEqual(['lost T1 C1 the channel was archived']);
  });

  it.each([
    { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } },
    { type: 'member_left_channel', user: 'U1', channel: 'C1', channel_type: 'C', team: 'T1' },
    { type: 'member_joined_channel', user: 'U1', channel: 'C1', channel_type: 'C', team: 'T1' },
    { type: 'channel_rename', channel: { id: 'C1', name: 'another', created: 1 } },
  ])('%j changes nothing', async (event) => {
    const { sockets } = opened.slack;
    sockets.deliver('events_api', eventOf(opened.slack, event));
    sockets.deliver('events_api', eventOf(opened.slack, { type: 'channel_left', channel: 'CLAST' }));
    await until(() => told.length > 0);
    expect(told).toEqual(['lost T1 CLAST the bot is no longer in the channel']);
  });
});

describe('a channel that cannot be posted to', () => {
  async function joined() {
    const { services, store } = await testServices();
    await store.subscriptions.add(subscription('s1', { channel: followed, createdBy: 'UOWNER' }));
    await store.subscriptions.add(subscription('s2', { channel: followed, createdBy: 'UOWNER' }));
    const now = hastyTime();
    const clock = { now, sleep: () => turn() };
    const places = slackPlaces({ store, clock, countries: services.countries });
    const opened = await openAdapter({ places }, hastyTime());
    const deliverer = createDeliverer({
      store,
      adapters: [opened.adapter],
      clock,
      random: services.random,
      owner: 'o1',
      log: silentLog,
    });
    const enqueue = (subject: string) =>
      store.outbox.enqueue([draft({ channel: followed, subject, notBefore: new Date(clock.now()).toISOString() })]);
    const said = () => opened.slack.messages.map((one) => `${one.channel}: ${one.text.split('\n')[0] ?? ''}`);
    const close = async () => {
      await opened.close();
      await store.close();
    };
    return { store, opened, places, deliverer, enqueue, said, close };
  }

  it.each(['not_in_channel', 'is_archived', 'channel_not_found', 'restricted_action_non_threadable_channel'])(
    'for %s pauses with one notice to its owner, and goes on when it is back',
    async (error) => {
      const { store, opened, places, deliverer, enqueue, said, close } = await joined();
      opened.slack.refusals.set('C1', error);
      for (const subject of ['st1', 'st2']) {
        await enqueue(subject);
        await deliverer.drain();
        await deliverer.drain();
      }
      expect(await store.subscriptions.active()).toEqual([]);
      expect(said()).toEqual(['UOWNER: Paused']);
      opened.slack.refusals.clear();
      await places.back({ workspace: 'T1', channel: 'C1' });
      await deliverer.drain();
      expect(await store.subscriptions.active()).toHaveLength(2);
      expect(said().filter((line) => line.startsWith('C1')).length).toBeGreaterThan(0);
      await close();
    },
    20_000,
  );

  it('is followed to its new id, with what it was told', async () => {
    const { store, opened, places, deliverer, enqueue, said, close } = await joined();
    await enqueue('st1');
    await deliverer.drain();
    await places.moved({ workspace: 'T1', from: 'C1', to: 'C2' });
    expect((await store.subscriptions.forChannel({ ...followed, id: 'C2' })).map((one) => one.id)).toEqual([
      's1',
      's2',
    ]);
    expect(await store.subscriptions.forChannel(followed)).toEqual([]);
    expect(await store.outbox.posted({ ...followed, id: 'C2' }, 'story', 'st1')).not.toBeNull();
    expect(said()).toHaveLength(1);
    expect(opened.slack.messages[0]?.channel).toBe('C1');
    await close();
  });

  it('is told again when its workspace takes the app back, unless somebody paused it', async () => {
    const { store, places, close } = await joined();
    const [first] = await store.subscriptions.forChannel(followed);
    if (first) await store.subscriptions.update({ ...first, status: 'paused', pausedBecause: 'paused by a manager' });
    await places.lost({ workspace: 'T1' }, 'the app was removed from the workspace');
    expect(await store.subscriptions.active()).toEqual([]);
    await places.back({ workspace: 'T1' });
    expect((await store.subscriptions.active()).map((one) => one.id)).toEqual(['s2']);
    await close();
  });
});
