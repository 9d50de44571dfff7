import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { EntryDraft } from '../../src/core/source-ports.ts';
import {
  after,
  article,
  channel,
  draft,
  entry,
  member,
  noon,
  reading,
  source,
  sourceState,
  story,
} from '../fakes/samples.ts';

const day = 86_400;

function withText(draft: EntryDraft): EntryDraft {
  return { ...draft, item: { ...draft.item, summary: 'A long text.' } };
}

const trouble = { kind: 'channel-paused', subject: 'c1', text: 'c1 is gone', at: noon };

/** What operators are told, and what is let go with time. */
export function contractOfCare(current: () => Store): void {
  describe('care', () => {
    it('has a trouble told when it begins and when it is over, each by the first who comes', async () => {
      const { notices } = current();
      await notices.raise(trouble);
      const begun = await notices.untold(9);
      expect(begun).toMatchObject([{ subject: 'c1', told: 'nothing' }]);
      expect(await notices.tell(begun, [])).toBe(true);
      expect(await notices.tell(begun, [])).toBe(false);
      expect(await notices.untold(9)).toEqual([]);
      await notices.resolve('channel-paused', 'c1', after(60));
      const ended = await notices.untold(9);
      expect(ended).toMatchObject([{ text: 'Over: c1 is gone', told: 'beginning', resolvedAt: after(60) }]);
      await notices.tell(ended, []);
      expect(await notices.untold(9)).toEqual([]);
      await notices.raise({ ...trouble, at: after(90) });
      expect(await notices.untold(9)).toMatchObject([{ text: 'c1 is gone', told: 'nothing' }]);
    });

    it('has what happened and is over told once, and never lets it stand', async () => {
      const { notices } = current();
      const moved = { kind: 'source-moved', subject: 'a/new', text: 'a moved', at: noon, over: true };
      expect(await notices.raise(moved)).toBe(true);
      expect(await notices.raise({ ...moved, at: after(5) })).toBe(false);
      expect(await notices.standing(9)).toEqual([]);
      await notices.tell(await notices.untold(9), []);
      expect(await notices.untold(9)).toEqual([]);
    });

    it('enqueues the posts that tell a trouble with the mark that it was told', async () => {
      const { notices, outbox } = current();
      await notices.raise(trouble);
      const post = draft({ kind: 'notice', subject: 'operators/1' });
      const untold = await notices.untold(9);
      expect(await notices.tell(untold, [post])).toBe(true);
      expect(await notices.tell(untold, [draft({ kind: 'notice', subject: 'operators/2' })])).toBe(false);
      expect((await outbox.list('pending', 9)).map(({ subject }) => subject)).toEqual(['operators/1']);
    });

    it('lets the texts of old articles go, and keeps stories, keys and what is unread', async () => {
      const store = current();
      await store.sources.sync([source('a')]);
      const poll = (name: string, seenAt: string) =>
        store.sources.recordPoll({ state: sourceState('a'), entries: [withText(entry(name))], seenAt, silent: false });
      await poll('old', noon);
      const [old] = await store.stories.unreadEntries(9);
      const told = story('s1', { revision: 2, changes: ['outlet'], members: [member('a1')] });
      const commit = (
        id: string,
        entryId: string | null,
        stories: Parameters<typeof store.stories.commitIngest>[0]['stories'],
      ) =>
        store.stories.commitIngest({
          entryId,
          entryVersion: 1,
          article: article(id, { arrivedAt: noon, text: 'A long text.' }),
          reading: reading(),
          stories,
          outbox: [],
        });
      await commit('a1', old?.id ?? '', [story('s1', { changes: ['opened'], members: [member('a1')] }), told]);
      await commit('a2', null, []);
      await poll('unread', after(1));

      const before = { articlesBefore: after(10 * day), deliveriesBefore: after(10 * day) };
      expect(await store.prune(before)).toMatchObject({ entryTexts: 1, articleTexts: 1, articles: 1 });
      expect(await store.prune(before)).toMatchObject({ entryTexts: 0, articleTexts: 0, articles: 0 });
      expect(await store.history.article('a1')).toMatchObject({ article: { text: '', sentences: [] }, storyId: 's1' });
      expect(await store.history.article('a2')).toBeNull();
      expect(await store.stories.story('s1')).toMatchObject({ revision: 2, members: [{ articleId: 'a1' }] });
      const [unread] = await store.stories.unreadEntries(9);
      expect(unread?.item.title).toBe(entry('unread').item.title);
      expect(await poll('old', after(11 * day))).toMatchObject({ added: 0, changed: 0 });
    });

    it('lets entries of no story go that left their feed, and has them come back in silence', async () => {
      const store = current();
      await store.sources.sync([source('a')]);
      const poll = (names: readonly string[], seenAt: string) =>
        store.sources.recordPoll({
          state: sourceState('a'),
          entries: names.map((name) => entry(name)),
          seenAt,
          silent: false,
        });
      const names = ['gone', 'opinion', 'told', 'stays', 'unread'];
      await poll(names, noon);
      for (const one of await store.stories.unreadEntries(9)) {
        const name = one.item.title;
        if (name === 'unread') continue;
        await store.stories.commitIngest({
          entryId: one.id,
          entryVersion: 1,
          article: article(one.id, { arrivedAt: noon }),
          reading: { ...reading(), relevant: name === 'told' || name === 'opinion' },
          stories: name === 'told' ? [story('s1', { members: [member(one.id)] })] : [],
          outbox: [],
        });
      }
      const pruned = (days: number) =>
        store.prune({ articlesBefore: after(days * day), deliveriesBefore: after(days * day) });
      // Nothing leaves because its feed is silent: only another document tells that an entry is gone.
      expect(await pruned(5)).toMatchObject({ entries: 0 });
      await poll(['stays'], after(5 * day));
      expect(await pruned(6)).toMatchObject({ entries: 2 });
      const reposted = { ...entry('gone'), keys: ['g:again', 'p:again'] };
      const back = { state: sourceState('a'), entries: [reposted], seenAt: after(7 * day), silent: false };
      expect(await store.sources.recordPoll(back)).toMatchObject({ added: 1 });
      expect(await poll(['told', 'stays', 'unread'], after(7 * day))).toMatchObject({ added: 0, changed: 0 });
      const unread = await store.stories.unreadEntries(9);
      expect(unread.map(({ item, silent }) => [item.title, silent])).toEqual([
        [entry('unread').item.title, false],
        [entry('gone').item.title, true],
      ]);
    });

    it('lets old revisions go that only added an outlet', async () => {
      const store = current();
      const revision = (number: number, change: 'opened' | 'outlet' | 'stage') =>
        story('s1', { revision: number, changes: [change], members: [member('a1')] });
      await store.stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: article('a1', { arrivedAt: noon }),
        reading: reading(),
        stories: [revision(1, 'opened'), revision(2, 'outlet'), revision(3, 'stage'), revision(4, 'outlet')],
        outbox: [],
      });
      const far = after(400 * day);
      expect(await store.prune({ articlesBefore: far, deliveriesBefore: noon })).toMatchObject({ revisions: 1 });
      expect((await store.history.revisions('s1')).map((one) => one.revision)).toEqual([1, 3, 4]);
    });

    it('lets ended deliveries go, and never one that waits or whose fate is unknown', async () => {
      const store = current();
      const { outbox } = store;
      const names = ['sent', 'unknown', 'waits'];
      await outbox.enqueue(
        names.map((name) => draft({ channel: channel(name), notBefore: name === 'waits' ? after(9) : noon })),
      );
      const rows = await outbox.lease('me', noon, after(60), 9);
      for (const row of rows) {
        await outbox.begin(row.id, 'me', noon);
        const sent = row.channel.id === 'sent';
        const outcome = sent
          ? ({ kind: 'sent', messageId: 'm' } as const)
          : ({ kind: 'unknown', reason: 'cut' } as const);
        await outbox.settle(row.id, outcome, after(1), { state: sent ? 'sent' : 'unknown' });
      }
      const far = after(400 * day);
      expect(await store.prune({ articlesBefore: noon, deliveriesBefore: noon })).toMatchObject({ deliveries: 0 });
      expect(await store.prune({ articlesBefore: noon, deliveriesBefore: far })).toMatchObject({ deliveries: 1 });
      expect(await outbox.counts()).toMatchObject({ sent: 0, unknown: 1, pending: 1 });
    });

    it('keeps for adapters what they name, until it is as old as deliveries may be', async () => {
      const store = current();
      const { kept } = store;
      await kept.put('a', 'one', 'first');
      await kept.put('a', 'one', 'second');
      await kept.put('a', 'two', '');
      await kept.put('b', 'one', 'of another kind');
      expect([await kept.get('a', 'one'), await kept.get('b', 'two')]).toEqual(['second', null]);
      expect((await kept.all('a')).map(({ name }) => name).toSorted()).toEqual(['one', 'two']);
      await kept.remove('a', 'two');
      expect(await kept.all('a')).toEqual([{ name: 'one', value: 'second' }]);
      const prune = (day: string) => store.prune({ articlesBefore: noon, deliveriesBefore: `${day}T00:00:00.000Z` });
      expect(await prune('2000-01-01')).toMatchObject({ kept: 0 });
      expect(await prune('2100-01-01')).toMatchObject({ kept: 2 });
      expect(await kept.get('a', 'one')).toBeNull();
    });
  });
}
