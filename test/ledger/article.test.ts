import { describe, expect, it } from 'vitest';
import { draftsFromArticle } from '../../src/ledger/article.ts';
import { countries, data } from './shipped.ts';

const text = `By the authority vested in me as President of the United States, I hereby proclaim as follows:
Section 1. Suspension. The entry into the United States of nationals of Fiji as immigrants and nonimmigrants is hereby suspended.
Sec. 2. Effective Date. This proclamation is effective at 12:01 a.m. eastern time on January 15, 2030.`;
const title = 'Restricting the Entry of Nationals of Fiji to Protect the United States';

function signedWhenPublished(publishedAt: string): readonly (string | null)[] {
  const article = { title, text, url: 'https://www.whitehouse.gov/x/', publisher: 'White House', publishedAt };
  const drafts = draftsFromArticle(article, data, countries, '2029-11-23');
  return drafts.flatMap(({ change }) =>
    change.adds.flatMap((entry) => (entry.kind === 'row' ? entry.value.signed : [])),
  );
}

describe('a proclamation without a date of its own', () => {
  it('is signed on the day in Washington on which it came out', () => {
    expect(signedWhenPublished('2029-11-23T01:30:00.000Z')).toEqual(['2029-11-22']);
    expect(signedWhenPublished('2029-11-23T14:00:00.000Z')).toEqual(['2029-11-23']);
  });

  it('is signed on the day that was told without an hour', () => {
    expect(signedWhenPublished('2029-11-23T00:00:00.000Z')).toEqual(['2029-11-23']);
  });
});
