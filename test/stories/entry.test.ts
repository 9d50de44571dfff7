import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/core/article.ts';
import type { StoredEntry } from '../../src/core/source-ports.ts';
import { circumstancesOf, rawArticleOf } from '../../src/stories/entry.ts';
import { after, noon, source } from '../fakes/samples.ts';

function entryOf(item: Partial<FeedItem>, more: Partial<StoredEntry> = {}): StoredEntry {
  return {
    id: 'e1',
    sourceId: 'a',
    item: {
      id: 'g',
      title: 'A headline of some length',
      link: 'https://example.org/1',
      publishedAt: noon,
      updatedAt: null,
      author: null,
      summary: null,
      content: null,
      ...item,
    },
    firstSeenAt: after(60),
    seenAt: after(60),
    version: 1,
    silent: false,
    ...more,
  };
}

describe('an entry as the reader takes it', () => {
  it('is by its source’s publisher, with the longer of its texts', () => {
    const raw = rawArticleOf(entryOf({ summary: 'short', content: '<p>the whole body</p>' }), source('a'));
    expect(raw).toMatchObject({ publisher: 'The Example', html: '<p>the whole body</p>', arrivedAt: after(60) });
  });

  it.each([
    ['https://example.org/1', 'g', 'https://example.org/1'],
    [null, 'https://example.org/2', 'https://example.org/2'],
    ['javascript:alert(1)', 'tag:example.org,2025:3', null],
  ])('is at an address that a person can open: link %s, id %s', (link, id, url) => {
    expect(rawArticleOf(entryOf({ link, id }), source('a'))?.url).toBe(url);
  });

  it('keeps the line breaks of plain text, which read as HTML would run together', () => {
    const body = 'Port authority &amp; ministry meet\n\nThe talks go on.\nSee also: a match report';
    const raw = rawArticleOf(entryOf({ summary: body }), source('a'));
    expect(raw).toMatchObject({
      html: null,
      text: 'Port authority & ministry meet\n\nThe talks go on.\nSee also: a match report',
    });
    expect(rawArticleOf(entryOf({ summary: 'One line &amp; no more' }), source('a'))?.text).toBeNull();
    expect(rawArticleOf(entryOf({ summary: '<p>One</p>\n<p>Two</p>' }), source('a'))?.text).toBeNull();
  });

  it('is by the outlet that an aggregator names twice', () => {
    const item = {
      title: 'Island signs deal to take people - Harbour News',
      summary:
        '<a href="https://example.org/x">Island signs deal to take people</a>&nbsp;&nbsp;<font>Harbour News</font>',
    };
    const raw = rawArticleOf(entryOf(item), source('a'));
    expect(raw).toMatchObject({ publisher: 'Harbour News', title: 'Island signs deal to take people' });
  });

  it('keeps a headline’s own dash', () => {
    const item = { title: 'US asks island to take people - sources', summary: 'The US has asked an island - sources' };
    expect(rawArticleOf(entryOf(item), source('a'))).toMatchObject({ publisher: 'The Example', title: item.title });
  });

  it('is nothing without title and text', () => {
    expect(rawArticleOf(entryOf({ title: ' ' }), source('a'))).toBeNull();
  });
});

describe('what an entry may cause', () => {
  const lastMonth = '2026-02-01T00:00:00.000Z';

  it.each([
    ['the first poll: silent, and never too old', { silent: true, lastGoodPollAt: null }, lastMonth, true, false],
    ['fresh news: told', { lastGoodPollAt: noon }, noon, false, false],
    ['a resurfaced item: opens nothing', { lastGoodPollAt: noon }, lastMonth, false, true],
    ['an old item marked silent: opens nothing', { silent: true, lastGoodPollAt: noon }, lastMonth, true, true],
    ['an edit of a page that the first poll found: told', { silent: true, version: 2 }, noon, false, false],
    [
      'news from before a long outage: not old',
      { lastGoodPollAt: lastMonth },
      '2026-02-02T00:00:00.000Z',
      false,
      false,
    ],
  ] as const)('%s', (_, entry, publishedAt, silent, old) => {
    expect(circumstancesOf(entryOf({ publishedAt }, entry), 72)).toMatchObject({ silent, old });
  });
});
