import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import { changeRhythm, enqueueDigests } from '../../src/delivery/digest-round.ts';
import { openStore } from '../../src/store/open.ts';
import { after, article, channel, draft, member, noon, reading, story, subscription } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const day = 86_400;
let store: Store;

beforeEach(async () => {
  store = await openStore({ url: ':memory:', migrations, now: () => Date.parse(noon) });
  await store.subscriptions.add(
    subscription('one', { digest: 'daily', digestAt: '12:00', createdAt: after(-day * 9) }),
  );
});
afterEach(() => store.close());

async function told(one: Story): Promise<void> {
  const record = { entryId: null, entryVersion: 1, article: article(`${one.id}-${one.revision}`), reading: reading() };
  await store.stories.commitIngest({ ...record, stories: [one], outbox: [] });
}

const opened = (id: string, seconds: number) => story(id, { openedAt: after(seconds), updatedAt: after(seconds) });
const round = (seconds: number) => enqueueDigests(store, Date.parse(after(seconds)));
const headlines = async () =>
  (await store.outbox.list('pending', 9)).map((row) => JSON.stringify(row.message).match(/of s\d/g));

describe('a round of digests', () => {
  it('tells a window once, however often it is asked', async () => {
    await told(opened('s1', -60));
    expect([await round(5), await round(65), await round(day - 1)]).toEqual([1, 0, 0]);
    expect(await headlines()).toEqual([['of s1']]);
  });

  it('marks what rests on a document that nobody has checked yet', async () => {
    await told(opened('s1', -60));
    await told(opened('s2', -60));
    await enqueueDigests(store, Date.parse(after(5)), ({ id }) => Promise.resolve(id === 's2'));
    const [row] = await store.outbox.list('pending', 9);
    const marked = row?.message.blocks.flatMap((block) =>
      block.kind === 'list' ? block.items.map((item) => JSON.stringify(item)) : [],
    );
    expect(marked?.filter((line) => line.includes('status under review'))).toEqual([expect.stringContaining('of s2')]);
  });

  it('tells a window once when it was killed before it could note that', async () => {
    await told(opened('s1', -60));
    await round(5);
    await store.meta.set('digest/one', after(-day));
    expect(await round(6)).toBe(0);
  });

  it('tells after days of standstill what closed meanwhile, in one', async () => {
    await told(opened('s1', -60));
    await round(5);
    await told(opened('s2', 600));
    await told(opened('s3', day + 600));
    expect(await round(3 * day + 5)).toBe(1);
    expect((await headlines())[1]?.toSorted()).toEqual(['of s2', 'of s3']);
  });

  it('tells a story in one of the digests of a channel, the one that comes most often and follows it', async () => {
    await store.subscriptions.add(subscription('week', { digest: 'weekly', createdAt: after(-day * 9) }));
    await store.subscriptions.add(
      subscription('laos', { digest: 'hourly', countries: ['LA'], createdAt: after(-day * 9) }),
    );
    await told(opened('s1', -60));
    await told({ ...opened('s2', -60), countries: { banned: ['LA'], receiving: [], nationality: [], mentioned: [] } });
    await round(5);
    await round(7 * day);
    expect((await headlines()).flatMap((found) => [...(found ?? [])]).toSorted()).toEqual(['of s1', 'of s2']);
  });

  it('tells in a weekly digest what came before the daily one was asked for', async () => {
    await store.subscriptions.add(
      subscription('week', { digest: 'weekly', createdAt: after(-day * 9), channel: channel('c2') }),
    );
    await store.subscriptions.add(
      subscription('day', { digest: 'daily', createdAt: after(0), channel: channel('c2') }),
    );
    await told(opened('s1', -60));
    await round(7 * day);
    expect((await store.outbox.list('pending', 9)).filter(({ subject }) => subject.startsWith('week/'))).toHaveLength(
      1,
    );
  });

  it('tells of an older story only what is worth it', async () => {
    await told(opened('s1', -60));
    await told(opened('s2', -60));
    await round(5);
    const next = { revision: 2, openedAt: after(-60), updatedAt: after(600) };
    await told(story('s1', { ...next, changes: ['outlet'] }));
    await told(story('s2', { ...next, changes: ['stage'] }));
    await round(day + 5);
    expect((await headlines())[1]).toEqual(['of s2']);
  });

  it('tells of an older story that has become what was asked for, by whatever change', async () => {
    const asks = { digest: 'daily', digestAt: '12:00', createdAt: after(-day * 9) } as const;
    await store.subscriptions.add(subscription('french', { ...asks, channel: channel('french'), languages: ['fr'] }));
    const members = [member('a1', { language: 'en' })];
    await told({ ...opened('s1', -60), members });
    await round(5);
    const both = [...members, member('a2', { language: 'fr' })];
    const later = { openedAt: after(-60), updatedAt: after(600), changes: ['outlet'] as const };
    await told(story('s1', { ...later, revision: 2, members: both }));
    await round(day + 5);
    const rows = (await store.outbox.list('pending', 9)).filter((row) => row.channel.id === 'french');
    expect(rows.map((row) => row.message.title)).toEqual(['Digest: 1 story']);
    await told(story('s1', { ...later, revision: 3, updatedAt: after(day + 600), members: both }));
    expect(await round(2 * day + 5)).toBe(0);
  });

  it('tells nothing that the channel has, or is getting, as an alert', async () => {
    const alert = (subject: string) => draft({ subject, channel: subscription('one').channel });
    await told(opened('s1', -600));
    await told(opened('s2', -500));
    await store.outbox.enqueue([alert('s1')]);
    await round(5);
    expect((await headlines()).at(-1)).toEqual(['of s2']);
  });

  it('tells what was an alert before, and changes after the subscription has become a digest', async () => {
    await told(opened('s1', -2 * day));
    const alert = draft({ subject: 's1', channel: subscription('one').channel, notBefore: after(-2 * day) });
    await store.outbox.enqueue([alert]);
    const [row] = await store.outbox.lease('me', after(-2 * day), after(-2 * day + 60), 1);
    await store.outbox.settle(row?.id ?? '', { kind: 'sent', messageId: 'm1' }, after(-2 * day), { state: 'sent' });
    await told(story('s1', { revision: 2, openedAt: after(-2 * day), updatedAt: after(-60), changes: ['stage'] }));
    await round(5);
    expect(await headlines()).toEqual([['of s1']]);
    const at = { digest: 'immediate', channel: subscription('one').channel } as const;
    await store.subscriptions.add(subscription('two', { ...at, createdAt: after(60) }));
    await told(story('s1', { revision: 3, openedAt: after(-2 * day), updatedAt: after(600), changes: ['stage'] }));
    expect(await round(day + 5)).toBe(0);
  });

  it('tells of the correction of what it told, also when the story is no longer what was asked for', async () => {
    const asks = { digest: 'daily', digestAt: '12:00', createdAt: after(-day * 9) } as const;
    await store.subscriptions.add(subscription('picky', { ...asks, channel: channel('picky'), countries: ['LA'] }));
    await told(opened('s1', -60));
    await told(opened('s2', 30));
    await round(5);
    const countries = { banned: ['KH'], receiving: [], nationality: [], mentioned: [] };
    const matters = [{ id: 'ban/KH', stage: 'announced' as const, countries: ['KH'] }];
    const elsewhere = { countries, matters, revision: 2, updatedAt: after(600) };
    await told(story('s1', { ...elsewhere, openedAt: after(-60), changes: ['correction', 'country'] }));
    await told(story('s2', { ...elsewhere, openedAt: after(30), changes: ['correction', 'country'] }));
    await round(day + 5);
    const rows = (await store.outbox.list('pending', 9)).filter((row) => row.channel.id === 'picky');
    expect(rows.map((row) => JSON.stringify(row.message).match(/of s\d|corrected/g))).toEqual([
      ['of s1'],
      ['of s1', 'corrected'],
    ]);
  });

  it('tells what moved again between the end of the window and the round', async () => {
    await told(opened('s1', -1_800));
    await told(story('s1', { revision: 2, openedAt: after(-1_800), updatedAt: after(20), changes: ['outlet'] }));
    await round(30);
    await told(story('s1', { revision: 3, openedAt: after(-1_800), updatedAt: after(40), changes: ['outlet'] }));
    await told(opened('s2', 50));
    await round(60);
    await round(day + 30);
    expect(await headlines()).toEqual([['of s1'], ['of s2']]);
  });

  it('tells nothing of what was found silently', async () => {
    await told({ ...opened('s1', -60), told: false });
    await told({ ...opened('s2', -60), told: true });
    await round(5);
    expect(await headlines()).toEqual([['of s2']]);
    const later = { revision: 2, openedAt: after(-60), updatedAt: after(600), told: true };
    await told(story('s1', { ...later, changes: ['opened', 'outlet'] }));
    await round(day + 5);
    expect((await headlines())[1]).toEqual(['of s1']);
  });

  it('tells a story that an hourly digest was asked for too late to tell', async () => {
    await told(opened('s1', -7_200));
    await store.subscriptions.add(subscription('hour', { digest: 'hourly', createdAt: after(-3_700) }));
    await told(story('s1', { revision: 2, openedAt: after(-7_200), updatedAt: after(-1_800), changes: ['outlet'] }));
    await round(5);
    expect(await headlines()).toEqual([['of s1']]);
  });

  it('tells nothing twice when its time of day or its rhythm changes', async () => {
    await told(opened('s1', -60));
    await round(5);
    const [one] = await store.subscriptions.active();
    if (!one) throw new Error('no subscription');
    for (const change of [{ digestAt: '20:00' }, { digest: 'weekly' as const }]) {
      await changeRhythm(store, one, { ...one, ...change }, Date.parse(after(600)));
      await store.subscriptions.update({ ...one, ...change });
      expect(await round(7 * day)).toBe(0);
    }
  });

  it('tells what it owes when the subscription is to hear at once', async () => {
    await store.subscriptions.add(
      subscription('new', { digest: 'daily', channel: channel('c2'), createdAt: after(60) }),
    );
    await told(opened('s1', -60));
    await round(5);
    await told(opened('s2', 600));
    for (const one of await store.subscriptions.active()) {
      const now = { ...one, digest: 'immediate' as const };
      await changeRhythm(store, one, now, Date.parse(after(900)));
      await store.subscriptions.update(now);
    }
    expect(await round(2 * day)).toBe(0);
    expect(await headlines()).toEqual([['of s1'], ['of s2'], ['of s2']]);
  });

  it('tells what quiet hours held when the subscription becomes a digest, and nothing that was told', async () => {
    const one = subscription('hour', { channel: channel('c2'), createdAt: after(-day * 9) });
    await store.subscriptions.add(one);
    for (const [id, seconds] of [
      ['s1', -30],
      ['s2', -20],
      ['s3', -10],
    ] as const) {
      await told(opened(id, seconds));
      await store.outbox.enqueue([draft({ subject: id, channel: one.channel, notBefore: after(-30) })]);
    }
    const [first] = await store.outbox.lease('me', noon, after(60), 1);
    await store.outbox.settle(first?.id ?? '', { kind: 'sent', messageId: 'm1' }, noon, { state: 'sent' });
    await changeRhythm(store, one, { ...one, digest: 'hourly' }, Date.parse(after(60)));
    await store.subscriptions.update({ ...one, digest: 'hourly' });
    const held = await store.outbox.waitingIn(one.channel);
    await store.outbox.withdraw(
      held.map(({ id }) => id),
      'a digest now',
    );
    await round(3_605);
    const rows = (await store.outbox.list('pending', 9)).filter((row) => row.channel.id === 'c2');
    expect(
      rows.map((row) =>
        JSON.stringify(row.message)
          .match(/of s\d/g)
          ?.toSorted(),
      ),
    ).toEqual([['of s2', 'of s3']]);
  });

  it('tells at once or in a digest what is corrected, never both', async () => {
    const here = channel('c2');
    await store.subscriptions.add(subscription('now', { channel: here, createdAt: after(-day * 9) }));
    await store.subscriptions.add(
      subscription('hour', { digest: 'hourly', channel: here, createdAt: after(-day * 9) }),
    );
    await told(opened('s1', -7_200));
    await store.outbox.enqueue([draft({ subject: 's1', channel: here, notBefore: after(-7_200) })]);
    const [row] = await store.outbox.lease('me', noon, after(60), 1);
    await store.outbox.settle(row?.id ?? '', { kind: 'sent', messageId: 'm1' }, after(-7_000), { state: 'sent' });
    await round(5);
    await told(
      story('s1', { revision: 2, openedAt: after(-7_200), updatedAt: after(600), changes: ['correction', 'number'] }),
    );
    await round(3_605);
    expect((await store.outbox.list('pending', 9)).filter((one) => one.channel.id === 'c2')).toEqual([]);
  });
});
