import { expect, it } from 'vitest';
import { identify } from '../../src/feeds/identity.ts';
import { parseFeed } from '../../src/feeds/parse.ts';
import { keysOfDeleted, saysWithdrawn } from '../../src/feeds/withdrawn.ts';
import { item } from './poll-fixture.ts';

const source = { url: 'https://site.org/feed', publisher: 'Site' };

it.each([
  'WITHDRAWN: Ministry signs deal',
  '[Withdrawn] Ministry signs deal',
  'Story withdrawn – Ministry signs deal',
  'MANDATORY KILL: Ministry signs deal',
  'Retracted: Ministry signs deal',
  'Retirada: el ministerio firma el acuerdo',
  'Ministry signs deal (withdrawn)',
])('“%s” says that it was taken back', (title) => {
  expect(saysWithdrawn(title)).toBe(true);
});

it.each([
  'Withdrawn troops reach the border',
  'Removed: how forty people were flown to Ghana',
  'Killing of a witness: what is known',
  'Offer withdrawn as talks fail',
  'Nominee withdrawn from consideration: White House',
  null,
])('“%s” does not', (title) => {
  expect(saysWithdrawn(title)).toBe(false);
});

it('reads the tombstones of an Atom feed, whatever their prefix', async () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/atompub/tombstones/1.0"><title>T</title>
    <t:deleted-entry ref="tag:site.org,2025:1" when="2025-06-01T00:00:00Z"><t:comment>Wrong</t:comment></t:deleted-entry>
    <entry><id>tag:site.org,2025:2</id><title>Two</title></entry><t:deleted-entry ref="https://site.org/2025/third-of-the-talks"/></feed>`;
  const feed = await parseFeed(Buffer.from(atom), null, 'https://site.org/feed');
  expect(feed.withdrawn).toEqual(['tag:site.org,2025:1', 'https://site.org/2025/third-of-the-talks']);
  expect(feed.items.map(({ id }) => id)).toEqual(['tag:site.org,2025:2']);
});

it('finds a deleted entry by its id, or by its address', () => {
  const own = identify(item(1, { id: 'tag:site.org,2025:1' }), source).keys;
  expect(keysOfDeleted('tag:site.org,2025:1', source).some((key) => own.includes(key))).toBe(true);
  const linked = identify(item(2, { id: 'https://site.org/2025/talks-go-on-round-2' }), source).keys;
  expect(keysOfDeleted('https://site.org/2025/talks-go-on-round-2', source).some((key) => linked.includes(key))).toBe(
    true,
  );
  expect(keysOfDeleted('tag:site.org,2025:9', source).some((key) => own.includes(key))).toBe(false);
});
