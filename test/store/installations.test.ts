import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { channel, draft, noon, subscription } from '../fakes/samples.ts';
import { testServices } from '../fakes/services.ts';

let store: Store;
beforeEach(async () => {
  ({ store } = await testServices());
});
afterEach(() => store.close());

describe('sealed installations', () => {
  it('are kept by owner and name, replaced, listed and removed', async () => {
    const put = (owner: string, name: string, sealed: string) =>
      store.installations.put({ owner, name, sealed, at: noon });
    await put('slack', 'T2', 'two');
    await put('slack', 'T1', 'one');
    await put('other', 'T1', 'another');
    await put('slack', 'T1', 'one again');
    expect(await store.installations.names('slack')).toEqual(['T1', 'T2']);
    expect(await store.installations.get('slack', 'T1')).toBe('one again');
    expect(await store.installations.remove('slack', 'T1')).toBe(true);
    expect(await store.installations.remove('slack', 'T1')).toBe(false);
    expect(await store.installations.get('slack', 'T1')).toBeNull();
    expect(await store.installations.get('other', 'T1')).toBe('another');
  });
});

describe('a channel that gets another id', () => {
  const [from, to] = [channel('G1', 'slack'), channel('C9', 'slack')];

  it('keeps what it follows, and what it was told is not told again', async () => {
    await store.subscriptions.add(subscription('s1', { channel: from }));
    await store.subscriptions.add(subscription('s2', { channel: from, status: 'paused', pausedBecause: 'x' }));
    await store.subscriptions.add(subscription('s3', { channel: channel('C3', 'slack') }));
    await store.outbox.enqueue([draft({ channel: from, subject: 'told' }), draft({ channel: from, subject: 'both' })]);
    await store.outbox.enqueue([draft({ channel: to, subject: 'both' })]);
    expect(await store.subscriptions.moveChannel(from, to)).toBe(2);
    expect((await store.subscriptions.forChannel(to)).map(({ id, channel: { id: where } }) => [id, where])).toEqual([
      ['s1', 'C9'],
      ['s2', 'C9'],
    ]);
    expect((await store.outbox.told('story', 'told')).map((one) => one.channel.id)).toEqual(['C9']);
    expect((await store.outbox.told('story', 'both')).map((one) => one.channel.id).toSorted()).toEqual(['C9', 'G1']);
    expect(await store.subscriptions.moveChannel(from, to)).toBe(0);
    const inWorkspace = await store.subscriptions.inWorkspace('slack', from.workspace);
    expect(inWorkspace.map((one) => one.id)).toEqual(['s1', 's2', 's3']);
  });
});
