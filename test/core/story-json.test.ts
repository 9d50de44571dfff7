import { describe, expect, it } from 'vitest';
import { StoriesAnswer } from '../../src/core/answers/story.ts';
import type { LedgerFacts } from '../../src/core/ledger.ts';
import { storyJson } from '../../src/core/story-json.ts';
import { member, reading, story } from '../fakes/samples.ts';
import { emptyLedger } from '../fakes/stories.ts';

const source = { title: 'A report', publisher: null, url: 'https://example.org/report' };
const step = (stage: string, date: string) => ({ stage, date, certainty: 'official' as const, note: null, source });

const ledger: LedgerFacts = {
  ...emptyLedger,
  steps: (matter) =>
    matter === 'removals/XK'
      ? [step('approached', '2025-04-01'), step('agreed', '2025-06-11'), step('operational', '2025-12-11')]
      : [],
  bannedOn: (code, day) =>
    code === 'CG' && day >= '2025-06-09' ? { tier: 'full', instrument: 'Proclamation 10949' } : null,
};

const told = story('s1', {
  date: '2025-06-05',
  matters: [{ id: 'removals/RS', stage: 'approached', countries: ['RS'] }],
  stage: 'approached',
  summary: 'A summary.',
  unknown: 'No agreement is known.',
  countries: { banned: ['CD', 'CG'], receiving: ['RS'], nationality: [], mentioned: [] },
  earlier: [{ originator: 'The Wall Street Journal', date: '2025-04', stage: 'approached', countries: ['XK'] }],
  members: [member('a1', { reading: reading({ effectiveDate: '2025-06-09' }) })],
});

describe('a story as json', () => {
  it('fits its schema, with every field that readers of it count on', () => {
    const answer = { version: 1, stories: [storyJson(told, ledger)] };
    expect(StoriesAnswer.parse(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
    expect(answer.stories[0]).toMatchObject({
      summary: 'A summary. No agreement is known.',
      articles: [{ id: 'a1', publisher: 'The Example' }],
      why: [{ article: 'a1', how: 'opened' }],
    });
  });

  it('shows what came later on its matters and those of earlier reports, and nothing from before', () => {
    expect(storyJson(told, ledger).followUps.map(({ matter, stage, date }) => [matter, stage, date])).toEqual([
      ['removals/XK', 'agreed', '2025-06-11'],
      ['removals/XK', 'operational', '2025-12-11'],
    ]);
  });

  it('links banned countries to the instrument that names them, not their namesakes', () => {
    expect(storyJson(told, ledger).instruments).toEqual([{ instrument: 'Proclamation 10949', countries: ['CG'] }]);
  });
});
