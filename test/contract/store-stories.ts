import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { Story } from '../../src/core/story.ts';
import { after, article, draft, member, noon, reading, story } from '../fakes/samples.ts';

export function contractOfStories(current: () => Store): void {
  async function stored(stories: readonly Story[], articleId = 'a1', outbox = [] as ReturnType<typeof draft>[]) {
    await current().stories.commitIngest({
      entryId: null,
      entryVersion: 1,
      article: article(articleId),
      reading: reading(),
      stories,
      outbox,
    });
  }

  const ids = (list: readonly Story[]) => list.map((one) => one.id);

  const sortKey = (one: Story) => `${one.date} ${one.openedAt} ${one.id}`;

  describe('stories', () => {
    it('gives back a story, its members’ readings and its article exactly', async () => {
      const told = story('s1', { members: [member('a1'), member('a2', { reading: reading({ stage: 'signed' }) })] });
      await stored([told]);
      expect(await current().stories.story('s1')).toEqual(told);
      expect(await current().history.article('a1')).toEqual({
        article: article('a1'),
        reading: reading(),
        storyId: 's1',
      });
      expect(await current().stories.story('nothing')).toBeNull();
    });

    it('keeps sentences that the text does not hold word for word', async () => {
      const odd = article('odd', {
        sentences: [
          { text: 'Said otherwise.', paragraph: 0 },
          { text: 'The end.', paragraph: 1 },
        ],
      });
      await current().stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: odd,
        reading: reading(),
        stories: [],
        outbox: [],
      });
      expect((await current().history.article('odd'))?.article).toEqual(odd);
    });

    it('keeps every revision', async () => {
      const first = story('s1');
      const second = story('s1', { revision: 2, certainty: 'confirmed', changes: ['certainty'], updatedAt: after(60) });
      await stored([first]);
      await stored([second], 'a2');
      expect(await current().stories.story('s1')).toEqual(second);
      expect(await current().history.revision('s1', 1)).toEqual(first);
      expect(await current().history.revisions('s1')).toEqual([
        { revision: 1, at: noon, changes: ['opened'] },
        { revision: 2, at: after(60), changes: ['certainty'] },
      ]);
      expect(await current().history.revision('s1', 3)).toBeNull();
    });

    it('commits article, story and deliveries together or not at all', async () => {
      await stored([story('s1')], 'a1', [draft()]);
      await expect(stored([story('s2'), story('s1')], 'a2', [draft({ subject: 's2' })])).rejects.toThrow(/unique/i);
      expect(await current().stories.story('s2')).toBeNull();
      expect(await current().history.article('a2')).toBeNull();
      expect((await current().outbox.counts()).pending).toBe(1);
    });

    it('commits nothing of who lost its turn to another', async () => {
      const commit = (id: string, owner: string) =>
        current().stories.commitIngest({
          entryId: null,
          entryVersion: 1,
          article: article(id),
          reading: reading(),
          stories: [],
          outbox: [],
          heldBy: { name: 'clusterer', owner },
        });
      await commit('a0', 'nobody holds it');
      await current().hold('clusterer', 'one', noon, after(60));
      await commit('a1', 'one');
      await expect(commit('a2', 'two')).rejects.toThrow('another process has taken it over');
      expect(await current().history.article('a2')).toBeNull();
    });

    it('forwards merged stories, through several merges, and lists only the winner', async () => {
      await stored([story('s1'), story('s2'), story('s3')]);
      await stored([story('s1', { revision: 2, mergedInto: 's2', changes: ['merged'] })], 'a2');
      await stored([story('s2', { revision: 2, mergedInto: 's3', changes: ['merged'] })], 'a3');
      expect((await current().stories.story('s1'))?.id).toBe('s3');
      expect(ids(await current().stories.latest({}, 9))).toEqual(['s3']);
      expect(ids(await current().stories.search('headline', 9))).toEqual(['s3']);
      expect(ids(await current().stories.storiesSince(noon))).toEqual(['s3']);
    });

    it('outlines the newest as they now stand, however often it is asked', async () => {
      await stored([story('laos', { date: '2026-03-01', headline: 'One' }), story('chad', { date: '2026-03-03' })]);
      const { stories } = current();
      const whole = await stories.latest({}, 9);
      for (const _ of [1, 2])
        expect(await stories.outlines({}, 9)).toEqual(
          whole.map(({ id, date, matters, stage, certainty, countries, headline, mergedInto, members }) => ({
            id,
            date,
            matters,
            stage,
            certainty,
            countries,
            headline,
            mergedInto,
            members: members.slice(0, 1).map(({ publisher, url }) => ({ publisher, url })),
          })),
        );
      await stored([story('laos', { date: '2026-03-01', headline: 'Two', revision: 2 })], 'a2');
      expect((await stories.outlines({ until: '2026-03-01' }, 1)).map((one) => one.headline)).toEqual(['Two']);
    });

    it('finds the newest by country, part, topic, matter and day', async () => {
      const laos = story('laos', { date: '2026-03-01' });
      const chad = story('chad', {
        date: '2026-03-03',
        topics: ['court'],
        matters: [{ id: 'ban/TD', stage: 'blocked', countries: ['TD'] }],
        countries: { banned: ['TD'], receiving: [], nationality: ['LA'], mentioned: ['FR'] },
      });
      await stored([laos, chad]);
      const { stories } = current();
      expect(ids(await stories.latest({}, 9))).toEqual(['chad', 'laos']);
      expect(ids(await stories.latest({}, 1))).toEqual(['chad']);
      expect(ids(await stories.latest({ country: 'LA' }, 9))).toEqual(['chad', 'laos']);
      expect(ids(await stories.latest({ country: 'LA', roles: ['banned'] }, 9))).toEqual(['laos']);
      expect(ids(await stories.latest({ country: 'FR' }, 9))).toEqual([]);
      expect(ids(await stories.latest({ country: 'FR', roles: ['mentioned'] }, 9))).toEqual(['chad']);
      expect(ids(await stories.latest({ country: 'LA', topic: 'court' }, 9))).toEqual(['chad']);
      expect(ids(await stories.latest({ matter: 'ban/LA', since: '2026-03-01', until: '2026-03-01' }, 9))).toEqual([
        'laos',
      ]);
      expect(ids(await stories.latest({ until: '2026-03-02' }, 9))).toEqual(['laos']);
    });

    it('finds by any filters what reading every story would find, in the same order', async () => {
      const codes = ['LA', 'TD', 'RW'];
      const all = Array.from({ length: 48 }, (_, n) =>
        story(`s${String(n).padStart(2, '0')}`, {
          date: `2026-03-0${1 + (n % 5)}`,
          openedAt: after(n % 7),
          mergedInto: n % 11 === 10 ? 's00' : null,
          topics: n % 3 === 0 ? ['court'] : n % 3 === 1 ? ['travel-ban'] : ['travel-ban', 'court'],
          matters: [{ id: `ban/${codes[n % 3]}`, stage: 'signed', countries: [] }],
          countries: {
            banned: n % 2 === 0 ? ['LA'] : [],
            receiving: n % 4 < 2 ? ['RW', 'LA'] : ['TD'],
            nationality: n % 5 === 0 ? ['TD'] : [],
            mentioned: ['TD'],
          },
        }),
      );
      await stored(all);
      const { stories } = current();
      const maybe = <T>(values: readonly T[]): readonly (T | undefined)[] => [undefined, ...values];
      for (const country of maybe(['LA', 'TD', 'FR']))
        for (const topic of maybe(['court', 'travel-ban'] as const))
          for (const matter of maybe(['ban/LA']))
            for (const since of maybe(['2026-03-02']))
              for (const until of maybe(['2026-03-04'])) {
                const expected = all
                  .filter(({ mergedInto }) => mergedInto === null)
                  .filter(
                    (one) =>
                      (!country ||
                        Object.entries(one.countries).some(
                          ([role, named]) => role !== 'mentioned' && named.includes(country),
                        )) &&
                      (!topic || one.topics.includes(topic)) &&
                      (!matter || one.matters.some(({ id }) => id === matter)) &&
                      (!since || one.date >= since) &&
                      (!until || one.date <= until),
                  )
                  .sort((a, b) => (sortKey(a) < sortKey(b) ? 1 : -1));
                const filter = Object.fromEntries(
                  Object.entries({ country, topic, matter, since, until }).filter(([, value]) => value !== undefined),
                );
                for (const limit of [3, 99])
                  expect(ids(await stories.latest(filter, limit)), JSON.stringify(filter)).toEqual(
                    ids(expected).slice(0, limit),
                  );
              }
    });

    it('is no longer found by what a later revision dropped', async () => {
      await stored([story('s1')]);
      const moved = story('s1', {
        revision: 2,
        headline: 'Chad named',
        countries: { banned: ['TD'], receiving: [], nationality: [], mentioned: [] },
        matters: [],
      });
      await stored([moved], 'a2');
      expect(ids(await current().stories.latest({ country: 'LA' }, 9))).toEqual([]);
      expect(ids(await current().stories.latest({ matter: 'ban/LA' }, 9))).toEqual([]);
      expect(ids(await current().stories.search('Laos', 9))).toEqual([]);
      expect(ids(await current().stories.search('Chad', 9))).toEqual(['s1']);
    });

    it('searches headline, summary, country names and titles, accents and word beginnings included', async () => {
      await stored([
        story('s1', {
          headline: 'Curaçao asked',
          countries: { banned: [], receiving: ['CW'], nationality: [], mentioned: [] },
        }),
        story('s2', { members: [member('m', { title: 'Judge halts removals' })] }),
      ]);
      const { stories } = current();
      expect(ids(await stories.search('curacao', 9))).toEqual(['s1']);
      expect(ids(await stories.search('judge rem', 9))).toEqual(['s2']);
      expect(ids(await stories.search('laos', 9))).toEqual(['s2']);
      expect(ids(await stories.search('judge curacao', 9))).toEqual([]);
    });

    it('takes whatever a person types for words, never for query language', async () => {
      await stored([story('s1')]);
      for (const text of ['', '"', 'AND', 'a OR b NEAR(', "'; drop table story", 'headline:x*', '-', '🇱🇦', '(^)']) {
        expect(await current().stories.search(text, 9), text).toBeInstanceOf(Array);
      }
    });

    it('rebuilds the window: articles since, oldest first, each with its story', async () => {
      await stored([story('s1', { members: [member('a1')] })], 'a1');
      await current().stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: article('alone', { arrivedAt: after(60) }),
        reading: reading({ relevant: false }),
        stories: [],
        outbox: [],
      });
      const all = await current().stories.articlesSince(noon);
      expect(all.map((one) => [one.article.id, one.storyId, one.reading.relevant])).toEqual([
        ['a1', 's1', true],
        ['alone', null, false],
      ]);
      expect((await current().stories.articlesSince(after(1))).map((one) => one.article.id)).toEqual(['alone']);
    });
  });
}
