import { describe, expect, it } from 'vitest';
import type { FeedItem, RawArticle, SourceKind } from '../../src/core/article.ts';
import type { OutboxDraft } from '../../src/core/delivery.ts';
import type { IngestRecord, StoryStore } from '../../src/core/ports.ts';
import type { Reading } from '../../src/core/reading.ts';
import type { Story } from '../../src/core/story.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openStore } from '../../src/store/open.ts';
import { createIngest, type Ingest } from '../../src/stories/ingest.ts';
import { createClusterer } from '../../src/stories/join/cluster.ts';
import { loadModel } from '../../src/stories/join/model.ts';
import type { Clusterer } from '../../src/stories/join/types.ts';
import type { Telling } from '../../src/stories/story-alert.ts';
import { after, article, draft, noon, source, sourceState } from '../fakes/samples.ts';
import { shippedCountries } from '../fakes/services.ts';
import { emptyLedger, originator, readingOf, scriptedClusterer } from '../fakes/stories.ts';

interface Told extends Telling {
  story: Story;
  previous: Story | null;
}

interface Script {
  /** By title: the story that an article belongs to, and what it says. */
  story?: (title: string) => string | null;
  reading?: (title: string) => Partial<Reading>;
  kind?: SourceKind;
  holdBackMs?: number;
  /** Wraps the store, to make it fail. */
  wrap?: (store: StoryStore) => StoryStore;
}

/** A real store in memory, a reader and a clusterer that follow a script, and what was told. */
async function bench(script: Script = {}) {
  const clock = createSteppedClock(Date.parse(noon));
  const store = await openStore({ url: ':memory:', migrations: 'migrations', now: () => clock.now() });
  const told: Told[] = [];
  const storyOf = script.story ?? (() => 'one');
  const make = (clusterer: Clusterer): Ingest =>
    createIngest({
      store: script.wrap ? script.wrap(store.stories) : store.stories,
      clusterer,
      reader: (raw: RawArticle) => {
        if (raw.title === 'poison') throw new Error('cannot be read');
        const { id, url, title, publishedAt, publisher, arrivedAt, sourceId, sourceKind } = raw;
        const published = publishedAt ?? arrivedAt;
        return {
          article: article(id, {
            url,
            title: title ?? '',
            publishedAt: published,
            publisher,
            publisherFamily: null,
            arrivedAt,
            sourceId,
            sourceKind,
          }),
          reading: readingOf({ relevant: title !== 'irrelevant', ...script.reading?.(title ?? '') }),
        };
      },
      route: (story, previous, telling): OutboxDraft[] => {
        told.push({ story, previous, ...telling });
        return [draft({ subject: story.id, revision: story.revision, notBefore: noon })];
      },
      knownStory: async (id) => (await store.history.article(id))?.storyId ?? null,
      sourceOf: (id) => source(id, { kind: script.kind ?? 'news', publisher: `Outlet ${id}` }),
      facts: emptyLedger,
      countries: shippedCountries,
      clock,
      random: createRandom(() => clock.now(), seeded(7)),
      log: silentLog,
      options: { holdBackMs: script.holdBackMs ?? 90_000, maxAgeHours: 72 },
    });
  const newClusterer = () => scriptedClusterer((one) => storyOf(one.title));
  const clusterer = newClusterer();
  await store.sources.sync(['a', 'b', 'c'].map((id) => source(id)));

  /** One poll of a source; the first of each is its baseline unless `silent` is given. */
  async function poll(
    sourceId: string,
    titles: readonly (string | [title: string, item: Partial<FeedItem>])[],
    silent = false,
  ) {
    const entries = titles.map((one) => {
      const [title, item] = typeof one === 'string' ? [one, {}] : one;
      const link = item.link ?? `https://example.org/${sourceId}/${title.replaceAll(' ', '-')}`;
      const publishedAt = new Date(clock.now()).toISOString();
      return {
        keys: [`u:${link}`],
        contentHash: title,
        item: {
          id: link,
          title,
          publishedAt,
          updatedAt: null,
          author: null,
          summary: title,
          content: null,
          ...item,
          link,
        },
      };
    });
    const seenAt = new Date(clock.now()).toISOString();
    await store.sources.recordPoll({
      state: sourceState(sourceId, { lastSuccessAt: seenAt }),
      entries,
      seenAt,
      silent,
    });
  }
  return { clock, store, told, clusterer, ingest: make(clusterer), make, newClusterer, poll };
}

async function stories(store: Awaited<ReturnType<typeof bench>>['store']) {
  return store.stories.storiesSince('2000-01-01T00:00:00Z');
}

describe('the way of an entry to a story', () => {
  it('opens a story, tells it once, and adds outlets to it', async () => {
    const { store, told, ingest, poll } = await bench();
    await poll('a', ['first']);
    await poll('b', ['second']);
    const summary = await ingest.drain();
    expect(summary).toMatchObject({ entries: 2, opened: 1, relevant: 2, skipped: 0 });
    expect(told.map(({ previous, story }) => [previous?.revision ?? null, story.revision])).toEqual([
      [null, 1],
      [1, 2],
    ]);
    expect((await stories(store)).map(({ outlets, told }) => [outlets.length, told])).toEqual([[2, true]]);
    expect(await ingest.drain()).toMatchObject({ entries: 0 });
    expect(told).toHaveLength(2);
  });

  it('keeps what the first poll finds silent, and tells it first when it changes in substance', async () => {
    const official = { certainty: 'official' as const, stage: 'agreed' as const };
    const { told, ingest, poll } = await bench({ reading: (title) => (title === 'agreed' ? official : {}) });
    await poll('a', ['old news'], true);
    await ingest.drain();
    await poll('b', ['same again']);
    await ingest.drain();
    expect(told).toEqual([]);
    await poll('c', ['agreed']);
    await ingest.drain();
    expect(told.map(({ previous, story }) => [previous, story.changes[0], story.told])).toEqual([
      [null, 'opened', true],
    ]);
  });

  it('tells what a new source brought silently when one that was watched before it happened carries it too', async () => {
    const { clock, told, ingest, poll } = await bench();
    await poll('b', [], true);
    clock.moveTo(Date.parse(after(3600)));
    const earlier = { publishedAt: after(1800) };
    await poll('a', [['as it happened', earlier]], true);
    await ingest.drain();
    expect(told).toEqual([]);
    clock.moveTo(Date.parse(after(4000)));
    await poll('b', ['carried']);
    await ingest.drain();
    expect(told.map(({ previous, story }) => [previous, story.changes[0], story.outlets.length])).toEqual([
      [null, 'opened', 2],
    ]);
  });

  it('keeps silent of what had happened before the source that carries it was watched', async () => {
    const { clock, told, ingest, poll } = await bench();
    await poll('a', [['before all', { publishedAt: '2026-02-28T00:00:00.000Z' }]], true);
    await poll('b', [], true);
    clock.moveTo(Date.parse(after(3600)));
    await poll('b', ['carried']);
    await ingest.drain();
    expect(told).toEqual([]);
  });

  it('holds a first alert back for news, and not for official sources', async () => {
    const news = await bench({ kind: 'news' });
    await news.poll('a', ['first']);
    await news.ingest.drain();
    expect(news.told[0]?.notBefore).toBe(after(90));
    expect((await news.store.outbox.list('pending', 5))[0]?.notBefore).toBe(after(90));
    const official = await bench({ kind: 'official' });
    await official.poll('a', ['first']);
    await official.ingest.drain();
    expect(official.told[0]?.notBefore).toBe(noon);
  });

  it('opens no story with an article that was old at the last good poll, but joins it to one that is there', async () => {
    const { store, told, clock, ingest, poll } = await bench();
    await poll('a', []);
    clock.moveTo(Date.parse(after(3600)));
    const old = { publishedAt: '2026-02-20T00:00:00.000Z' };
    await poll('a', [['resurfaced', old]]);
    await ingest.drain();
    expect([told.length, (await stories(store)).length]).toEqual([0, 0]);
    await poll('a', ['fresh']);
    await poll('a', [['another old one', old]]);
    await ingest.drain();
    expect((await stories(store)).map(({ members }) => members.length)).toEqual([2]);
  });

  it('tells what an outage kept from it, as catch-up', async () => {
    const { told, clock, ingest, poll } = await bench();
    await poll('a', []);
    clock.moveTo(Date.parse(after(5 * 86_400)));
    await poll('a', [['during the outage', { publishedAt: after(3600) }]]);
    await ingest.drain();
    expect(told.map(({ late }) => late)).toEqual([true]);
  });

  it('puts an edited page in the place of its earlier version, and tells its correction', async () => {
    const correction = { field: 'stage', from: 'signed', to: 'agreed', quote: 'Correction: it was not signed.' };
    const { store, told, ingest, poll } = await bench({
      reading: (title) => (title === 'after' ? { stage: 'agreed', correction } : { stage: 'signed' }),
    });
    await poll('a', [['before', { link: 'https://example.org/page' }]]);
    await ingest.drain();
    await poll('a', [['after', { link: 'https://example.org/page' }]]);
    await ingest.drain();
    expect((await stories(store)).map(({ members }) => members.map(({ title }) => title))).toEqual([['after']]);
    expect(told[1]?.story.changes).toEqual(expect.arrayContaining(['stage', 'correction']));
  });

  it('finds the story of a page that is edited long after it left the window', async () => {
    const { store, told, clock, ingest, poll } = await bench({
      reading: (title) => ({ stage: title === 'after' ? 'agreed' : 'approached' }),
    });
    const item = { link: 'https://example.org/page', publishedAt: noon };
    await poll('a', [['before', item]]);
    await ingest.drain();
    clock.moveTo(Date.parse(after(30 * 86_400)));
    await ingest.drain();
    await poll('a', [['after', item]]);
    await ingest.drain();
    expect((await stories(store)).map(({ revision, stage }) => [revision, stage])).toEqual([[2, 'agreed']]);
    expect(told.map(({ previous }) => previous?.revision ?? null)).toEqual([null, 1]);
  });

  it('skips what cannot be read, with the reason, and goes on', async () => {
    const { store, ingest, poll } = await bench();
    await poll('a', ['poison', ['   ', { summary: null }], 'irrelevant', 'first']);
    expect(await ingest.drain()).toMatchObject({ entries: 4, skipped: 2, relevant: 1, opened: 1 });
    expect(await store.stories.unreadEntries(9)).toEqual([]);
  });

  it('stops between two entries when asked', async () => {
    const { store, ingest, poll } = await bench();
    await poll('a', ['first']);
    expect(await ingest.drain(AbortSignal.abort())).toMatchObject({ entries: 0 });
    expect(await store.stories.unreadEntries(9)).toHaveLength(1);
  });

  it('takes a file without telling it, whatever its age', async () => {
    const { told, ingest } = await bench();
    const raw: RawArticle = {
      id: 'file',
      url: null,
      publisher: null,
      sourceId: null,
      sourceKind: 'news',
      title: 'a file',
      html: null,
      text: 'text',
      publishedAt: '2025-06-05T00:00:00.000Z',
      updatedAt: null,
      language: null,
      author: null,
      arrivedAt: noon,
    };
    expect((await ingest.add(raw))?.members).toHaveLength(1);
    expect(told).toEqual([]);
    expect(await ingest.add({ ...raw, id: 'other', title: 'irrelevant' })).toBeNull();
  });
});

describe('a failure on the way', () => {
  it('leaves nothing in the store or in memory, and the entry is taken again', async () => {
    let failing = true;
    const wrap = (store: StoryStore): StoryStore => ({
      ...store,
      commitIngest: (record: IngestRecord) =>
        failing ? Promise.reject(new Error('disk full')) : store.commitIngest(record),
    });
    const { store, told, clusterer, ingest, poll } = await bench({ wrap });
    await poll('a', ['first']);
    await expect(ingest.drain()).rejects.toThrow('disk full');
    expect(await stories(store)).toEqual([]);
    failing = false;
    told.length = 0;
    await ingest.drain();
    const [story] = await stories(store);
    expect(story).toMatchObject({ revision: 1, told: true });
    expect(told).toHaveLength(1);
    expect(clusterer.known()).toHaveLength(1);
  });

  it('loses nothing and tells nothing twice when the process dies right after a commit', async () => {
    const { store, told, ingest, make, newClusterer, poll } = await bench();
    await poll('a', ['first']);
    await ingest.drain();
    const restarted = make(newClusterer());
    await restarted.restore();
    expect(await restarted.drain()).toMatchObject({ entries: 0 });
    await poll('b', ['second']);
    await restarted.drain();
    expect((await stories(store)).map(({ members }) => members.length)).toEqual([2]);
    expect(told.map(({ previous }) => previous === null)).toEqual([true, false]);
  });
});

describe('a process that takes a single round', () => {
  it('joins what an earlier one has stored, though nobody asked it to restore', async () => {
    const { store, ingest, make, newClusterer, poll } = await bench();
    await poll('a', ['first']);
    await ingest.drain();
    await poll('b', ['second']);
    await make(newClusterer()).drain();
    expect((await stories(store)).map(({ members }) => members.length)).toEqual([2]);
  });
});

describe('repairs', () => {
  it('fold twins into the story that channels know, and forward the other', async () => {
    const { store, told, clusterer, ingest, poll } = await bench({ story: (title) => title });
    await poll('a', ['silent twin'], true);
    await ingest.drain();
    await poll('b', ['told twin']);
    await ingest.drain();
    const [quiet, loud] = (await stories(store)).toSorted((x, y) => Number(x.told) - Number(y.told));
    clusterer.proposals.push({ kind: 'merge', into: quiet!.id, from: loud!.id, score: 2, reasons: ['same act'] });
    await poll('c', ['third']);
    await ingest.drain();
    const merged = await store.stories.story(quiet!.id);
    expect(merged?.id).toBe(loud!.id);
    expect(merged?.members).toHaveLength(2);
    expect(told.filter(({ story }) => story.id === quiet!.id)).toEqual([]);
    expect(told.at(-1)?.story.changes.length).toBeGreaterThan(0);
  });

  it('tell what a merge changes: two originators confirm each other', async () => {
    const { store, told, clusterer, ingest, poll } = await bench({
      story: (title) => title,
      reading: (title) => ({ originators: [originator(title)] }),
    });
    await poll('a', ['Bloomberg']);
    await poll('b', ['Reuters']);
    await ingest.drain();
    const [one, two] = await stories(store);
    clusterer.proposals.push({ kind: 'merge', into: one!.id, from: two!.id, score: 2, reasons: ['same act'] });
    await poll('c', ['AP']);
    await ingest.drain();
    const merged = told.find(({ story }) => story.id === one!.id && story.revision === 2)?.story;
    expect(merged?.certainty).toBe('confirmed');
    expect(merged?.changes).toEqual(expect.arrayContaining(['certainty', 'merged']));
    expect(told.find(({ story }) => story.id === two!.id && story.mergedInto === one!.id)?.story.changes).toEqual([
      'merged',
    ]);
  });

  it('take apart what was wrongly joined, and tell the part that leaves as a story', async () => {
    const { store, told, clusterer, ingest, poll } = await bench();
    await poll('a', ['first']);
    await poll('b', ['stranger']);
    await ingest.drain();
    const [story] = await stories(store);
    const stranger = story!.members.find(({ title }) => title === 'stranger')!.articleId;
    clusterer.proposals.push({
      kind: 'split',
      story: story!.id,
      articles: [stranger],
      score: -2,
      reasons: ['other act'],
    });
    await poll('c', ['third']);
    await ingest.drain();
    const after = await stories(store);
    expect(after.map(({ members }) => members.length).toSorted((x, y) => x - y)).toEqual([1, 2]);
    const left = told.find(({ story }) => story.changes.includes('split'));
    expect(left?.previous).toBeNull();
    expect(left?.story.members.map(({ title, joined }) => [title, joined.how])).toEqual([['stranger', 'repaired']]);
  });
});

describe('mending with the shipped model', () => {
  const deal: Partial<Reading> = {
    topics: ['third-country-removal'],
    countries: { banned: [], receiving: ['RW'], nationality: [], mentioned: [] },
    matters: [{ id: 'removals/RW', stage: 'agreed', countries: ['RW'] }],
    stage: 'agreed',
  };
  const nothing: Partial<Reading> = {
    topics: ['third-country-removal'],
    countries: { banned: [], receiving: [], nationality: [], mentioned: [] },
    matters: [],
    stage: null,
  };

  it('merges twins when an edited page shows that they are one: told as an edit, and the loser forwards', async () => {
    const reading = (title: string) => (title.startsWith('Secret') ? nothing : deal);
    const { store, told, make, poll } = await bench({ reading });
    const ingest = make(createClusterer({ model: loadModel('config/model') }));
    await poll('a', ['Rwanda strikes deal to take deportees']);
    await poll('b', [['Secret papers signed in Kigali', { link: 'https://example.org/b/1' }]]);
    await ingest.drain();
    const before = await stories(store);
    expect(before).toHaveLength(2);
    await poll('b', [['Kigali accepts people removed by America', { link: 'https://example.org/b/1' }]]);
    await ingest.drain();
    const [merged, ...others] = await stories(store);
    expect(others).toEqual([]);
    expect(merged?.members).toHaveLength(2);
    const loser = before.find(({ id }) => id !== merged?.id);
    expect((await store.stories.story(loser?.id ?? ''))?.id).toBe(merged?.id);
    const last = told.slice(2);
    expect(last.find(({ story }) => story.id === loser?.id)).toMatchObject({
      previous: { id: loser?.id },
      story: { mergedInto: merged?.id, changes: ['merged'] },
    });
    expect(last.find(({ story }) => story.id === merged?.id)?.previous).not.toBeNull();
  });

  it('gives an opinion that came first to the story it comments on, and tells nobody', async () => {
    const reading = (title: string) => ({
      ...deal,
      form: title.startsWith('Why') ? ('opinion' as const) : ('news' as const),
    });
    const { store, told, make, poll } = await bench({ reading });
    const ingest = make(createClusterer({ model: loadModel('config/model') }));
    await poll('a', ['Why Rwanda should think twice about the deal']);
    await ingest.drain();
    expect(await stories(store)).toEqual([]);
    await poll('b', ['Rwanda strikes deal to take deportees']);
    await ingest.drain();
    const [story] = await stories(store);
    expect(story?.members.map(({ title, part }) => [title.split(' ')[0], part])).toEqual([
      ['Rwanda', 'evidence'],
      ['Why', 'context'],
    ]);
    expect(story?.outlets).toHaveLength(1);
    expect(told).toHaveLength(1);
    const again = make(createClusterer({ model: loadModel('config/model') }));
    await poll('c', ['Rwanda agrees to take deportees']);
    await again.drain();
    expect((await stories(store))[0]?.members).toHaveLength(3);
  });
});
