import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/core/article.ts';
import { identifyEntries } from '../../src/feeds/identity.ts';
import { createMemorySources, newState } from '../fakes/memory-sources.ts';

const source = { url: 'https://site.org/feed', publisher: 'Site News' };

const countries = ['Laos', 'Rwanda', 'Eswatini', 'Serbia', 'Ghana', 'Uganda', 'Belize', 'Togo'];

function story(n: number): FeedItem {
  const country = countries[n % countries.length] ?? '';
  const words = `Officials in ${country} said on day ${n} that talks with Washington about receiving people went on`;
  return {
    id: `guid-${n}`,
    title: `${country} says talks go on about round ${n}`,
    link: `https://site.org/2025/06/${country.toLowerCase()}-talks-go-on-${n}`,
    publishedAt: `2025-06-${String((n % 27) + 1).padStart(2, '0')}T10:${String(n % 60).padStart(2, '0')}:00.000Z`,
    updatedAt: null,
    author: null,
    summary: `<p>${words}, and that number ${n} of the papers was sent back with ${n * 7} remarks from the ministry.</p>`,
    content: null,
  };
}

/** Polls documents of one source in turn; answers what each poll did. */
async function polls(documents: readonly (readonly FeedItem[])[]) {
  const store = createMemorySources();
  const results: { added: number; changed: number }[] = [];
  for (const [at, items] of documents.entries()) {
    const { added, changed } = await store.recordPoll({
      state: newState('s'),
      entries: identifyEntries(items, source),
      seenAt: `2025-07-01T00:00:${String(at).padStart(2, '0')}.000Z`,
      silent: at === 0,
    });
    results.push({ added, changed });
  }
  return { results, entries: store.entriesOf('s') };
}

const mutations: Record<string, (item: FeedItem, n: number) => FeedItem> = {
  guid: (item, n) => ({ ...item, id: `new-guid-${n}` }),
  'guid gone': (item) => ({ ...item, id: null }),
  date: (item) => ({ ...item, publishedAt: '2025-06-29T23:11:05.000Z' }),
  'date gone': (item) => ({ ...item, publishedAt: null }),
  title: (item, n) => ({ ...item, title: `Capital number ${n} hears of more papers to come` }),
  'address parameters': (item, n) => ({ ...item, link: `${item.link}?session=${n}&utm_source=rss` }),
};

describe('one entry stays one entry while', () => {
  const names = Object.keys(mutations);
  const subsets = Array.from({ length: 2 ** names.length - 1 }, (_, bits) =>
    names.filter((_, at) => (bits + 1) & (1 << at)),
  );
  const items = Array.from({ length: 12 }, (_, n) => story(n));
  const mutate = (subset: readonly string[], item: FeedItem, n: number): FeedItem =>
    subset.reduce((changed, name) => mutations[name]?.(changed, n) ?? changed, item);

  it.each(subsets.map((subset) => [subset.join(', '), subset] as const))('%s change', async (_, subset) => {
    const changed = items.map((item, n) => mutate(subset, item, n));
    const { results } = await polls([items, changed.toReversed(), items]);
    expect(results.map((one) => one.added)).toEqual([12, 0, 0]);
  });

  it('any of them change in some entries and not in others, in any order, over many polls', async () => {
    const change = fc.array(fc.subarray(names), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(), async (rounds, turn) => {
        const documents = rounds.map((round) => {
          const list = items.map((item, n) => mutate(round[n] ?? [], item, n));
          return [...list.slice(turn % 12), ...list.slice(0, turn % 12)];
        });
        const { results } = await polls([items, ...documents]);
        expect(results.slice(1).every((one) => one.added === 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('an address holds the article in a parameter, and guid, date, title and other parameters change', async () => {
    const at = (n: number, rest: string): FeedItem => ({
      ...story(n),
      link: `https://site.org/story.php?id=${n}${rest}`,
    });
    const first = [1, 2, 3].map((n) => at(n, ''));
    const later = [3, 1, 2].map((n) => mutate(['guid', 'date', 'title'], { ...at(n, '&x=5'), summary: null }, n));
    expect((await polls([first, later])).results).toEqual([
      { added: 3, changed: 0 },
      { added: 0, changed: 3 },
    ]);
  });

  it('has no address and no guid, and its date changes', async () => {
    const bare = (n: number): FeedItem => ({ ...story(n), id: null, link: null, summary: null });
    const later = [1, 2].map((n) => ({ ...bare(n), publishedAt: '2025-06-28T00:00:00.000Z' }));
    expect((await polls([[bare(1), bare(2)], later])).results[1]).toEqual({ added: 0, changed: 0 });
  });

  it('an aggregator prints it again under a new id, redirect and outlet suffix', async () => {
    const google = (n: number, id: string, outlet: string): FeedItem => ({
      ...story(n),
      id,
      link: `https://news.google.com/rss/articles/${id}?oc=5`,
      title: `${story(n).title} - ${outlet}`,
      summary: `<a href="https://news.google.com/rss/articles/${id}">${story(n).title}</a> ${outlet}`,
    });
    const aggregator = { url: 'https://news.google.com/rss/search?q=x', publisher: 'Google News' };
    const store = createMemorySources();
    const record = (items: FeedItem[]) =>
      store.recordPoll({
        state: newState('s'),
        entries: identifyEntries(items, aggregator),
        seenAt: '',
        silent: false,
      });
    await record([google(1, 'CBMiaaaa', 'Reuters'), google(2, 'CBMibbbb', 'AP News')]);
    expect((await record([google(2, 'CBMicccc', 'AP'), google(1, 'CBMidddd', 'reuters.com')])).added).toBe(0);
  });
});

describe('over any sequence of documents', () => {
  /** Ways a whole document is written, beside the ways single items change. */
  const policies: Record<string, (item: FeedItem, n: number, at: number) => FeedItem> = {
    'as ever': (item) => item,
    'one guid for all': (item) => ({ ...item, id: 'https://site.org/' }),
    'guids made anew': (item, n, at) => ({ ...item, id: `${at}-${n}` }),
    'guid is the address': (item) => ({ ...item, id: item.link }),
    'dates only': (item) => ({ ...item, publishedAt: `${item.publishedAt?.slice(0, 10)}T00:00:00.000Z` }),
    'all dated today': (item) => ({ ...item, publishedAt: '2025-07-01T00:00:00.000Z' }),
    'in the future': (item) => ({ ...item, publishedAt: '2031-01-01T10:00:00.000Z' }),
    undated: (item) => ({ ...item, publishedAt: null }),
    'outlet behind the title': (item) => ({ ...item, title: `${item.title} - Site News` }),
    'other host and path form': (item) => ({
      ...item,
      link: item.link?.replace('https://', 'http://www.').concat('/amp/?utm_source=x') ?? null,
    }),
    'text in the content': (item) => ({ ...item, summary: null, content: item.summary ?? item.content }),
  };
  const policy = fc.constantFrom(...Object.values(policies));
  const some = fc.array(fc.subarray(Object.keys(mutations), { maxLength: 3 }), { minLength: 30, maxLength: 30 });
  const step = fc.record({
    published: fc.nat(4),
    shown: fc.integer({ min: 4, max: 30 }),
    policies: fc.array(policy, { maxLength: 2 }),
    changes: some,
    turn: fc.nat(30),
    twice: fc.boolean(),
  });

  it('nothing published is lost, and nothing is there twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        let published = 5;
        const seen = new Set<number>();
        const documents = steps.map(({ shown, policies: ways, changes, turn, twice, published: more }, at) => {
          published = Math.min(30, published + more);
          const from = Math.max(0, published - shown);
          const numbers = Array.from({ length: published - from }, (_, n) => from + n);
          for (const n of numbers) seen.add(n);
          const items = numbers.map((n) => {
            // What is new is written as its publisher first has it; what is known may be changed in any way.
            const known = n < published - more;
            const changed = known
              ? (changes[n] ?? []).reduce((item, name) => mutations[name]?.(item, n) ?? item, story(n))
              : story(n);
            return ways.reduce((item, way) => way(item, n, at), changed);
          });
          const rotated = [...items.slice(turn % items.length), ...items.slice(0, turn % items.length)];
          return twice ? [...rotated, ...rotated.slice(0, 2)] : rotated;
        });
        const { results, entries } = await polls(documents);
        const stories = entries.map(({ item }) => /day (\d+) that/.exec(item.summary ?? item.content ?? '')?.[1]);
        expect(stories.map(Number).toSorted((a, b) => a - b)).toEqual([...seen].toSorted((a, b) => a - b));
        expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(seen.size);
      }),
      { numRuns: 80 },
    );
  });
});

describe('two entries stay two when', () => {
  it('they share one guid', async () => {
    const shared = [1, 2, 3].map((n) => ({ ...story(n), id: 'same' }));
    const { results } = await polls([shared, shared, [{ ...story(4), id: 'same' }, ...shared]]);
    expect(results.map((one) => one.added)).toEqual([3, 0, 1]);
  });

  it('they share one guid and are never seen together', async () => {
    const one = (n: number): FeedItem[] => [{ ...story(n), id: 'same' }];
    expect((await polls([one(1), one(2), one(1), one(3)])).results.map((r) => r.added)).toEqual([1, 1, 0, 1]);
  });

  it('they share guid, address and text', async () => {
    const shared = [1, 2].map((n) => ({ ...story(n), id: 'same', link: 'https://site.org/', summary: null }));
    expect((await polls([shared, shared])).results.map((one) => one.added)).toEqual([2, 0]);
  });

  it('they share their title and day', async () => {
    const notice = (n: number): FeedItem => ({
      ...story(n),
      title: 'Notice of a public meeting on visas',
      publishedAt: '2025-06-05T00:00:00.000Z',
    });
    expect(
      (await polls([[notice(1)], [notice(2), notice(1)], [notice(2)], [notice(3)]])).results.map((r) => r.added),
    ).toEqual([1, 1, 0, 1]);
  });

  it('they share a recurring short title', async () => {
    const brief = (n: number): FeedItem => ({ ...story(n), title: 'Daily brief' });
    expect((await polls([[brief(1)], [brief(2)], [brief(3)]])).results.map((one) => one.added)).toEqual([1, 1, 1]);
  });

  it('a withdrawn guid is used again for another article', async () => {
    const { results, entries } = await polls([[story(1)], [], [{ ...story(2), id: story(1).id }]]);
    expect(results.map((one) => one.added)).toEqual([1, 0, 1]);
    expect(entries.map((entry) => entry.item.title)).toEqual([story(1).title, story(2).title]);
  });
});

describe('nothing is posted again when', () => {
  const items = Array.from({ length: 20 }, (_, n) => story(n));
  it('a feed puts bad guids in for a while and takes them back', async () => {
    const bad = items.map((item) => ({ ...item, id: 'https://site.org/' }));
    expect((await polls([items, bad, items])).results.map((one) => one.added)).toEqual([20, 0, 0]);
  });

  it('a feed makes its guids anew every night', async () => {
    const night = (turn: number) => items.map((item, n) => ({ ...item, id: `${turn}-${n * 31}` }));
    expect((await polls([night(1), night(2), night(3)])).results.map((one) => one.added)).toEqual([20, 0, 0]);
  });

  it('old entries come back after newer ones are withdrawn', async () => {
    const { results } = await polls([items, items.slice(0, 10), items.slice(5)]);
    expect(results.map((one) => one.added)).toEqual([20, 0, 0]);
  });

  it('the headline is in guid and address, and is edited', async () => {
    const old = { ...story(1), id: 'https://site.org/first-words-of-it', link: 'https://site.org/first-words-of-it' };
    const edited = { ...old, id: 'https://site.org/second-words-of-it', link: 'https://site.org/second-words-of-it' };
    expect((await polls([[old], [edited]])).results[1]?.added).toBe(0);
  });

  it('the same item is printed twice in one document', async () => {
    expect((await polls([[story(1), story(2), story(1)]])).results[0]?.added).toBe(2);
    expect((await polls([[story(1), { ...story(1), id: 'other' }]])).results[0]?.added).toBe(1);
  });
});

describe('an edit', () => {
  it('of title or text is a new version; of markup, spacing and trackers it is none', async () => {
    const edited = { ...story(1), summary: `${story(1).summary} <p>A spokeswoman declined to comment.</p>` };
    const cosmetic = {
      ...story(2),
      summary: `<div>\n${story(2).summary?.replaceAll('<p>', '<p class="x">')}</div><img src="https://t.org/p.gif">`,
      link: `${story(2).link}?utm_medium=rss`,
    };
    const { results, entries } = await polls([
      [story(1), story(2)],
      [edited, cosmetic],
    ]);
    expect(results[1]).toEqual({ added: 0, changed: 1 });
    expect(entries.map((entry) => entry.version)).toEqual([2, 1]);
  });

  it('of title and text together, guid and address kept, is the same entry', async () => {
    const rewritten = { ...story(5), id: story(1).id, link: story(1).link };
    expect((await polls([[story(1)], [rewritten]])).results[1]).toEqual({ added: 0, changed: 1 });
  });
});

describe('hostile documents', () => {
  it('cost no more than their length: 5,000 items that share everything but one field', () => {
    const items = Array.from({ length: 5000 }, (_, n) => ({ ...story(1), title: `Round ${n} of the talks goes on` }));
    const started = performance.now();
    expect(identifyEntries(items, source)).toHaveLength(5000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('a field of half a megabyte of opened tags', () => {
    const started = performance.now();
    for (const text of ['<p', '<', '<!--', '<script', '<style><']) {
      identifyEntries([{ ...story(1), summary: text.repeat(500_000 / text.length) }], source);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('empty items are none', () => {
    const empty = { ...story(1), id: null, link: null, title: null, summary: null };
    expect(identifyEntries([empty, empty], source)).toEqual([]);
  });
});
