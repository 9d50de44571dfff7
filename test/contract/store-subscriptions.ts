import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { after, channel, draft, noon, source, sourceState, subscription } from '../fakes/samples.ts';

export function contractOfSubscriptions(current: () => Store): void {
  describe('subscriptions', () => {
    it('adds, lists by channel, changes and removes', async () => {
      const { subscriptions } = current();
      const one = subscription('one', {
        countries: ['LA'],
        quietHours: { start: '22:00', end: '07:00', timeZone: 'UTC', hold: 'all' },
      });
      await subscriptions.add(one);
      await subscriptions.add(subscription('two', { channel: channel('c2') }));
      expect(await subscriptions.forChannel(channel('c1'))).toEqual([one]);
      expect(await subscriptions.forChannel(channel('c1', 'slack'))).toEqual([]);
      await subscriptions.update({ ...one, status: 'paused', pausedBecause: 'the channel is gone' });
      expect((await subscriptions.active()).map((each) => each.id)).toEqual(['two']);
      expect((await subscriptions.forChannel(channel('c1')))[0]?.pausedBecause).toBe('the channel is gone');
      expect(await subscriptions.remove('one')).toBe(true);
      expect(await subscriptions.remove('one')).toBe(false);
    });

    it('remembers that a channel once had one, so that a default is given once', async () => {
      const { subscriptions } = current();
      expect(await subscriptions.everSubscribed(channel('c1'))).toBe(false);
      await subscriptions.add(subscription('one'));
      await subscriptions.remove('one');
      expect(await subscriptions.everSubscribed(channel('c1'))).toBe(true);
      expect(await subscriptions.everSubscribed(channel('c2'))).toBe(false);
    });
  });

  describe('small things', () => {
    it('holds a name for one owner until it runs out', async () => {
      const store = current();
      expect(await store.hold('clusterer', 'one', noon, after(60))).toBe(true);
      expect(await store.hold('clusterer', 'two', after(59), after(120))).toBe(false);
      expect(await store.hold('clusterer', 'one', after(59), after(90))).toBe(true);
      expect(await store.hold('clusterer', 'two', after(90), after(120))).toBe(true);
      expect(await store.hold('other', 'one', noon, after(60))).toBe(true);
    });

    it('ends what dead owners held, and nothing else', async () => {
      const store = current();
      await store.sources.sync([source('a')]);
      await store.outbox.enqueue([draft(), draft({ channel: channel('c2') }), draft({ channel: channel('c3') })]);
      await store.hold('clusterer', 'dead', noon, after(600));
      await store.sources.leaseDue('dead', noon, after(600), 9);
      const [begun, idle] = await store.outbox.lease('dead', noon, after(600), 2);
      await store.outbox.begin(begun?.id ?? '', 'dead', noon);
      const [alive] = await store.outbox.lease('alive', noon, after(600), 1);
      expect(await store.endLeases((owner) => owner === 'dead', after(5))).toBe(1);
      expect(await store.hold('clusterer', 'one', after(5), after(60))).toBe(true);
      expect(await store.sources.leaseDue('one', after(5), after(60), 9)).toHaveLength(1);
      expect((await store.outbox.takeOver('one', after(5), after(60), 9)).map((row) => row.id)).toEqual([begun?.id]);
      expect((await store.outbox.lease('one', after(5), after(60), 9)).map((row) => row.id)).toEqual([idle?.id]);
      expect(await store.outbox.begin(alive?.id ?? '', 'alive', after(5))).toBe(true);
      expect(await store.endLeases((owner) => owner === 'dead', after(6))).toBe(0);
    });

    it('makes due and free again what a clock planned that was an hour ahead', async () => {
      const store = current();
      const [ahead, further] = [after(3_600), after(4_500)];
      await store.sources.sync([source('a'), source('b')]);
      await store.sources.leaseDue('one', ahead, further, 1);
      const state = sourceState('b', { lastPolledAt: ahead, nextPollAt: further });
      await store.sources.recordPoll({ state, entries: [], seenAt: ahead, silent: false });
      await store.hold('clusterer', 'one', ahead, further);
      expect(await store.sources.leaseDue('two', noon, after(120), 9)).toEqual([]);
      expect(await store.hold('clusterer', 'two', noon, after(60))).toBe(false);
      await store.outbox.enqueue([draft(), draft({ channel: channel('c2'), notBefore: after(9_000) })]);
      const [row] = await store.outbox.lease('one', noon, after(60), 9);
      await store.outbox.release([row?.id ?? ''], 'one', ahead);
      await store.endLeases(() => false, noon);
      expect((await store.outbox.lease('two', noon, after(60), 9)).map((one) => one.id)).toEqual([row?.id]);
      expect(await store.sources.leaseDue('two', noon, after(120), 9)).toHaveLength(2);
      expect(await store.hold('clusterer', 'two', noon, after(60))).toBe(true);
    });

    it('raises a trouble once until it is resolved', async () => {
      const { notices } = current();
      const trouble = { kind: 'channel-paused', subject: 'c1', text: 'gone', at: noon };
      expect(await notices.raise(trouble)).toBe(true);
      expect(await notices.raise({ ...trouble, at: after(5) })).toBe(false);
      expect(await notices.standing(9)).toEqual([{ ...trouble, resolvedAt: null }]);
      expect(await notices.since('channel-paused', 'c1')).toBe(noon);
      expect(await notices.resolve('channel-paused', 'c1', after(9))).toBe(true);
      expect(await notices.resolve('channel-paused', 'c1', after(9))).toBe(false);
      expect(await notices.standing(9)).toEqual([]);
      expect(await notices.since('channel-paused', 'c1')).toBeNull();
      expect(await notices.raise({ ...trouble, at: after(10) })).toBe(true);
    });

    it('keeps small facts by name', async () => {
      const { meta } = current();
      expect(await meta.get('hash')).toBeNull();
      await meta.set('hash', 'one');
      await meta.set('hash', 'two');
      expect(await meta.get('hash')).toBe('two');
    });

    it('keeps one caller’s transaction apart from another’s calls', async () => {
      const { outbox, notices, stories } = current();
      const many = Array.from({ length: 20 }, (_, n) =>
        notices.raise({ kind: 'k', subject: String(n % 5), text: 't', at: noon }),
      );
      const failing = stories.skipEntry('no such entry', 1, 'why');
      const reading = outbox.counts();
      await expect(failing).rejects.toThrow('not stored');
      const raised = await Promise.all(many);
      await reading;
      expect(raised.filter(Boolean)).toHaveLength(5);
      expect(await notices.standing(99)).toHaveLength(5);
    });
  });
}
