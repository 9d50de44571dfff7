import { expect, it } from 'vitest';
import { readOpml, writeOpml } from '../../src/feeds/opml.ts';
import { source } from './poll-fixture.ts';

it('a list written is read again, kinds, names and awkward letters included', () => {
  const sources = [
    source('a', 'https://a.org/feed?x=1&y=2', { name: 'A <"quoted"> & Ćo', kind: 'official', language: 'sr' }),
    source('b', 'https://b.org/feed', { kind: 'news', language: 'en' }),
    source('c', 'https://c.org/page', { format: 'page', selector: 'a' }),
  ];
  expect(readOpml(writeOpml(sources))).toEqual([
    {
      url: 'https://a.org/feed?x=1&y=2',
      title: 'A <"quoted"> & Ćo',
      language: 'sr',
      publisher: 'Publisher a',
      kind: 'official',
    },
    { url: 'https://b.org/feed', title: 'Source b', language: 'en', publisher: 'Publisher b', kind: 'news' },
  ]);
});

it('lists of other readers are read: nested groups, other cases, repeats and what is no feed left out', () => {
  const text = `<?xml version="1.0"?><opml version="1.1"><body>
    <outline text="World"><outline text="Balkans">
      <outline type="rss" text="One" XMLURL="https://one.org/feed" language="en-US"/>
      <outline text="Folder only"/>
      <outline title="Two" xmlUrl="http://two.org/rss"></outline>
      <outline title="Two again" xmlUrl="http://two.org/rss"/>
      <outline text="Bad" xmlUrl="javascript:alert(1)"/>
    </outline></outline></body></opml>`;
  expect(readOpml(text)).toEqual([
    { url: 'https://one.org/feed', title: 'One', language: 'en', publisher: null, kind: null },
    { url: 'http://two.org/rss', title: 'Two', language: null, publisher: null, kind: null },
  ]);
});

it('what is no list is refused in words', () => {
  expect(() => readOpml('hello')).toThrow('No feeds');
  expect(() => readOpml('<outline xmlUrl="https://a.org/'.repeat(200_000))).toThrow(/too large|No feeds/);
});
