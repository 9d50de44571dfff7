import { describe, expect, it } from 'vitest';
import { flagDocument } from '../../../src/ledger/read/flag.ts';
import { shared } from '../shipped.ts';

describe('a title and an opening', () => {
  it.each([
    'Restricting the Entry of Foreign Nationals to Protect the United States',
    'Fact Sheet: The President Further Limits the Entry of Foreign Nationals',
    'Proclamation on Ending Discriminatory Bans on Entry to the United States',
    'Suspension of Entry of Nationals of Certain Countries',
  ])('are flagged: %s', (title) => {
    expect(flagDocument(title, '')).not.toBeNull();
  });

  it.each([
    'Restriction on Entry of Certain Nonimmigrant Workers',
    'Fact Sheet: The President Restricts Foreign Student Visas',
    'Securing Our Borders',
    'Message to the Congress on the Western Balkans',
  ])('are not flagged: %s', (title) => {
    expect(flagDocument(title, 'The entry of goods is restricted.')).toBeNull();
  });

  it('are flagged by the opening where the title says nothing', () => {
    expect(
      flagDocument('A Proclamation', 'I hereby suspend the entry of nationals of the following countries.'),
    ).not.toBeNull();
  });

  const stream = shared('primary/whitehouse-2025-2026.jsonl');
  it.skipIf(stream === null)(
    'flag the two proclamations and their fact sheets in two years of posts, and at most two others',
    () => {
      const posts = (stream ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { title: string; text: string });
      const flagged = posts.filter((post) => flagDocument(post.title, post.text) !== null).map((post) => post.title);
      const wanted = flagged.filter((title) => /Entry of Foreign Nationals to Protect/i.test(title));
      expect(posts.length).toBeGreaterThan(2000);
      expect(wanted).toHaveLength(4);
      expect(flagged.filter((title) => !wanted.includes(title)).length).toBeLessThanOrEqual(2);
    },
  );
});
