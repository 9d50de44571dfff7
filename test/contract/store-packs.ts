import { describe, expect, it } from 'vitest';
import type { IngestRecord, Store } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import { after, article, entry, member, noon, reading, source, sourceState, story } from '../fakes/samples.ts';

const day = 86_400;

async function poll(store: Store, names: readonly string[], seenAt: string, contents: Record<string, string> = {}) {
  const entries = names.map((name) => entry(name, contents[name] ?? name));
  return store.sources.recordPoll({ state: sourceState('a'), entries, seenAt, silent: false });
}

/** Entries `names` are read at noon, one article each, and told as `storiesOf` their ids. */
async function tell(
  store: Store,
  names: readonly string[],
  storiesOf: (ids: readonly string[]) => readonly Story[],
): Promise<readonly string[]> {
  await store.sources.sync([source('a')]);
  await poll(store, names, noon);
  const unread = await store.stories.unreadEntries(99);
  const ids = names.map((name) => unread.find((one) => one.item.id === name)?.id ?? '');
  for (const [at, id] of ids.entries())
    await store.stories.commitIngest(recordOf(id, at === ids.length - 1 ? storiesOf(ids) : []));
  return ids;
}

function recordOf(id: string, stories: readonly Story[], entryVersion = 1): IngestRecord {
  return {
    entryId: id,
    entryVersion,
    article: article(id, { arrivedAt: noon }),
    reading: reading({ relevance: `read ${id}` }),
    stories,
    outbox: [],
  };
}

function memberOf(id: string) {
  return member(id, { reading: reading({ relevance: `read ${id}` }) });
}

function prune(store: Store, days: number) {
  return store.prune({ articlesBefore: after(days * day), deliveriesBefore: noon });
}

/** All that can be asked of these stories and articles. */
async function everything(store: Store, stories: readonly string[], articles: readonly string[]) {
  const { history } = store;
  return {
    latest: await store.stories.latest({}, 9),
    outlines: await store.stories.outlines({ country: 'LA' }, 9),
    found: await store.stories.search('suspension', 9),
    since: await store.stories.storiesSince(noon),
    articles: (await store.stories.articlesSince(noon)).map((one) => ({ ...one, article: one.article.id })),
    withdrawn: [...(await store.stories.withdrawn(articles))],
    stories: await Promise.all(stories.map((id) => store.stories.story(id))),
    revisions: await Promise.all(
      stories.map(async (id) => {
        const kept = await history.revisions(id);
        return [kept, await Promise.all(kept.map(({ revision }) => history.revision(id, revision)))];
      }),
    ),
    read: await Promise.all(articles.map((id) => history.article(id))),
  };
}

/** Old stories take less room, and nobody notices. */
export function contractOfPacks(current: () => Store): void {
  describe('old stories', () => {
    it('are packed once their entries have left the feed, and answer as before', async () => {
      const store = current();
      const ids = await tell(store, ['one', 'two'], ([one = '', two = '']) => [
        story('s1', { headline: 'A suspension', members: [memberOf(one)], changes: ['opened'] }),
        story('s1', {
          headline: 'A suspension, signed',
          revision: 2,
          members: [memberOf(one), memberOf(two)],
          changes: ['stage'],
        }),
      ]);
      expect(await prune(store, 0)).toMatchObject({ packed: 0 });
      await poll(store, ['one', 'two'], after(3 * day));
      expect(await prune(store, 2)).toMatchObject({ packed: 0 });
      const before = await everything(store, ['s1'], ids);
      expect(before.revisions[0]?.[0]).toHaveLength(2);
      expect(await prune(store, 5)).toMatchObject({ packed: 1 });
      expect(await prune(store, 5)).toMatchObject({ packed: 0 });
      expect(await everything(store, ['s1'], ids)).toEqual(before);
      expect(await store.history.revision('s1', 3)).toBeNull();
      expect(await store.history.article('nobody')).toBeNull();
    });

    it('are unpacked when one of their entries is listed again, and told anew when it has changed', async () => {
      const store = current();
      const [one = ''] = await tell(store, ['one'], ([id = '']) => [story('s1', { members: [memberOf(id)] })]);
      await prune(store, 5);
      expect(await poll(store, ['one'], after(6 * day))).toEqual({
        added: 0,
        changed: 0,
        flooded: false,
        withdrawn: 0,
      });
      expect(await prune(store, 6)).toMatchObject({ packed: 0 });
      expect(await prune(store, 9)).toMatchObject({ packed: 1 });
      expect(await poll(store, ['one'], after(10 * day), { one: 'other words' })).toMatchObject({
        added: 0,
        changed: 1,
      });
      expect((await store.stories.unreadEntries(9)).map(({ id, version }) => [id, version])).toEqual([[one, 2]]);
      expect(await prune(store, 12)).toMatchObject({ packed: 0 });
      const renewed = story('s1', {
        revision: 2,
        headline: 'New words',
        members: [memberOf(one)],
        updatedAt: after(10 * day),
      });
      await store.stories.commitIngest(recordOf(one, [renewed], 2));
      expect(await store.stories.story('s1')).toMatchObject({ headline: 'New words', members: [{ articleId: one }] });
      expect(await prune(store, 20)).toMatchObject({ packed: 1 });
      expect((await store.history.revisions('s1')).map(({ revision }) => revision)).toEqual([1, 2]);
    });

    it('grow by an article that comes late', async () => {
      const store = current();
      const [one = ''] = await tell(store, ['one'], ([id = '']) => [story('s1', { members: [memberOf(id)] })]);
      await prune(store, 5);
      const grown = story('s1', { revision: 2, members: [memberOf(one), memberOf('late')], updatedAt: after(6 * day) });
      await store.stories.commitIngest({ ...recordOf('late', [grown]), entryId: null });
      const ids = (await store.stories.story('s1'))?.members.map((each) => each.articleId);
      expect(ids).toEqual([one, 'late']);
      expect(await store.history.revision('s1', 1)).toMatchObject({
        members: [{ reading: { relevance: `read ${one}` } }],
      });
      expect(await store.history.article(one)).toMatchObject({ storyId: 's1', article: { id: one } });
    });

    it('are packed some at a time, so that new ones need not wait', async () => {
      const store = current();
      const many = Array.from({ length: 205 }, (_, n) => story(`s${n}`, { members: [memberOf('one')] }));
      await store.stories.commitIngest({ ...recordOf('one', many), entryId: null });
      expect(await prune(store, 5)).toMatchObject({ packed: 200 });
      expect(await prune(store, 5)).toMatchObject({ packed: 5 });
      expect(await store.stories.latest({}, 300)).toHaveLength(205);
    });

    it('note what a publisher takes back', async () => {
      const store = current();
      const [one = ''] = await tell(store, ['one'], ([id = '']) => [story('s1', { members: [memberOf(id)] })]);
      await prune(store, 5);
      const told = {
        state: sourceState('a'),
        entries: [],
        seenAt: after(6 * day),
        silent: false,
        deleted: [['g:one']],
      };
      expect(await store.sources.recordPoll(told)).toMatchObject({ withdrawn: 1 });
      expect(await prune(store, 9)).toMatchObject({ packed: 1 });
      expect([...(await store.stories.withdrawn([one, 'other']))]).toEqual([
        [one, { at: after(6 * day), how: 'told' }],
      ]);
    });

    it('keep what was read from articles that went over to another, whichever is packed first', async () => {
      const store = current();
      const [one = '', two = ''] = await tell(store, ['one', 'two'], ([first = '', second = '']) => [
        story('s1', { members: [memberOf(first), memberOf(second)] }),
        story('s2', { members: [memberOf(second)], updatedAt: after(day) }),
        story('s1', { revision: 2, members: [memberOf(first)], changes: ['split'], updatedAt: after(4 * day) }),
        story('s3', { members: [memberOf('nobody')], mergedInto: 's1', updatedAt: noon }),
      ]);
      const asked = () => everything(store, ['s1', 's2', 's3'], [one, two]);
      const before = { ...(await asked()), read: [] };
      expect(await prune(store, 3)).toMatchObject({ packed: 2 });
      const half = await asked();
      expect({ ...half, read: [] }).toEqual(before);
      expect(await prune(store, 9)).toMatchObject({ packed: 1 });
      expect({ ...(await asked()), read: [] }).toEqual(before);
      expect((await asked()).read).toMatchObject([{ storyId: 's1' }, { storyId: 's2' }]);
    });
  });
}
