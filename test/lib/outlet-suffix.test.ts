import { expect, it } from 'vitest';
import { stripOutletSuffix } from '../../src/lib/outlet-suffix.ts';

it.each([
  ['Ban widened - BBC News', 'BBC News', 'Ban widened'],
  ['Ban widened - BBC', 'BBC News', 'Ban widened'],
  ['Ban widened | The Guardian', 'Guardian', 'Ban widened'],
  ['Ban widened – CBSNews.com', 'CBS News', 'Ban widened'],
  ['Ban widened - example.com', null, 'Ban widened'],
  ['Ban widened - what to know', 'BBC News', 'Ban widened - what to know'],
  ['US-Laos talks', 'BBC News', 'US-Laos talks'],
  ['Ban widened (Reuters)', 'Reuters', 'Ban widened'],
  ['Ban widened (Laos)', 'Reuters', 'Ban widened (Laos)'],
  ['Ban widened ― Reuters', 'Reuters', 'Ban widened'],
  ['BBC News', 'BBC News', 'BBC News'],
  ['Ban widened - for all - BBC News', 'BBC News', 'Ban widened - for all'],
])('%s (%s) becomes %s', (title, publisher, expected) => {
  expect(stripOutletSuffix(title, publisher)).toBe(expected);
});

it('drops what an aggregator appends, even where the outlet is not known', () => {
  expect(stripOutletSuffix('Ban widened - Vientiane Daily', null, true)).toBe('Ban widened');
  expect(stripOutletSuffix('Ban widened - Vientiane Daily', null)).toBe('Ban widened - Vientiane Daily');
});
