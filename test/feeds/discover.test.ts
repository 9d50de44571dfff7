import { afterEach, describe, expect, it } from 'vitest';
import { discoverFeed, findFeedLinks, sourceFor } from '../../src/feeds/discover.ts';
import * as faults from '../fakes/feed-server/faults.ts';
import { type Bench, createBench, document, item, parseJson } from './poll-fixture.ts';

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

describe('the feeds of a page', () => {
  it('are those it declares, then those it links, comments last, each once, relative to its base', () => {
    const page = `<html><head><base href="/news/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
      <link rel="alternate stylesheet" type="text/css" href="x.css">
      <link rel=ALTERNATE type="application/atom+xml" title="All news" href="atom.xml">
      <link rel="alternate" type="text/html" hreflang="fr" href="/fr/">
      <a href="https://site.org/rss">RSS</a> <a href="/news/atom.xml">again</a> <a href="javascript:feed/">no</a>
      </head>`;
    expect(findFeedLinks(page, 'https://site.org/index.html')).toEqual([
      { url: 'https://site.org/news/atom.xml', title: 'All news' },
      { url: 'https://site.org/rss', title: null },
      { url: 'https://site.org/comments/feed/', title: 'Comments' },
    ]);
  });

  it('are found in a hostile page too, and stay few', () => {
    const many = '<a href="/feed/x?'.concat('a'.repeat(50), '">').repeat(20_000);
    expect(findFeedLinks(`${many}<p${'<p'.repeat(100_000)}`, 'https://site.org/').length).toBeLessThanOrEqual(12);
  });
});

describe('an address that somebody gives', () => {
  let bench: Bench;
  afterEach(() => bench.close());
  const start = async (): Promise<Bench> => {
    bench = await createBench(() => []);
    return bench;
  };
  const discover = (path: string) =>
    discoverFeed({ http: bench.http, parse: parseJson, allowPrivate: true }, `${bench.server.origin}${path}`);
  const items = [1, 2, 3, 4].map((n) => item(n, { publishedAt: `2025-06-0${n}T00:00:00.000Z` }));

  it('may be the feed: its newest three are shown', async () => {
    await start();
    bench.server.routes.set('/feed.json', faults.serve(document(items, { title: 'Talks' }), json));
    const found = await discover('/feed.json');
    expect(found).toMatchObject({ url: `${bench.server.origin}/feed.json`, title: 'Talks', items: 4 });
    expect(found.newest.map((one) => one.id)).toEqual(['id-4', 'id-3', 'id-2']);
  });

  it('may be a page that names it, after a dead one', async () => {
    await start();
    const links =
      '<link rel="alternate" type="application/rss+xml" href="/dead"><link rel="alternate" type="application/rss+xml" title="Wire" href="/live">';
    bench.server.routes.set('/', faults.serve(`<html>${links}</html>`, html));
    bench.server.routes.set('/live', faults.serve(document(items), json));
    expect(await discover('/')).toMatchObject({ url: `${bench.server.origin}/live`, title: 'Wire' });
  });

  it('may be a page that says nothing, with a feed at a usual place', async () => {
    await start();
    bench.server.routes.set('/about', faults.serve('<html><p>About us</p></html>', html));
    bench.server.routes.set('/rss.xml', faults.serve(document(items), json));
    expect((await discover('/about')).url).toBe(`${bench.server.origin}/rss.xml`);
  });

  it('without a feed is refused with a remedy', async () => {
    await start();
    bench.server.routes.set('/', faults.serve('<html></html>', html));
    await expect(discover('/')).rejects.toMatchObject({ code: 'no-feed', hint: expect.stringMatching(/RSS/) });
    await expect(discover('/nowhere')).rejects.toMatchObject({ code: 'status-404' });
  });

  it('inside this network is refused', async () => {
    await start();
    const work = discoverFeed({ http: bench.http, parse: parseJson }, `${bench.server.origin}/feed.json`);
    await expect(work).rejects.toMatchObject({ code: 'not-public' });
  });
});

it('an added source gets an id and a name that are not taken', () => {
  const more = { note: 'added', language: 'sr' };
  const found = { url: 'https://www.site.org/feed', title: 'Vesti: Čačak & okolina' };
  expect(sourceFor(found, new Set(), more)).toMatchObject({
    id: 'vesti-cacak-okolina',
    name: 'Vesti: Čačak & okolina',
  });
  expect(sourceFor(found, new Set(['vesti-cacak-okolina']), more).id).toBe('vesti-cacak-okolina-2');
  expect(sourceFor({ url: 'https://www.site.org/feed', title: null }, new Set(), more)).toMatchObject({
    id: 'site-org',
    name: 'site.org',
  });
  expect(sourceFor({ url: 'https://www.site.org/feed', title: 'أخبار' }, new Set(), more).id).toBe('site-org');
});
