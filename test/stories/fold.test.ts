import { describe, expect, it } from 'vitest';
import type { LedgerFacts } from '../../src/core/ledger.ts';
import type { Story, StoryMember } from '../../src/core/story.ts';
import { storyJson } from '../../src/core/story-json.ts';
import { foldStory } from '../../src/stories/fold.ts';
import { shippedCountries } from '../fakes/services.ts';
import { emptyLedger, memberOf, originator } from '../fakes/stories.ts';

const now = '2026-01-13T12:00:00.000Z';
const source = { title: 'A docket', publisher: null, url: null };

function fold(members: readonly StoryMember[], facts: LedgerFacts = emptyLedger, previous: Story | null = null): Story {
  return foldStory('s1', members, previous, { facts, countries: shippedCountries }, now);
}

describe('countries and matters of a story', () => {
  const asked = { countries: { banned: [], receiving: ['RS'], nationality: [], mentioned: ['BE'] } };
  const region = {
    countries: { banned: [], receiving: ['AL', 'RS'], nationality: [], mentioned: [] },
    matters: ['RS', 'AL'].map((code) => ({ id: `removals/${code}`, stage: 'approached' as const, countries: [code] })),
  };

  it('gives no part, matter or stage to a country that one article of many names', () => {
    const story = fold([memberOf(asked), memberOf(asked), memberOf(asked), memberOf(region)]);
    expect(story.countries.receiving).toEqual(['RS']);
    expect(story.countries.mentioned).toContain('AL');
    expect(story.matters.map(({ id }) => id)).toEqual(['removals/RS']);
  });

  it('believes one official article against many reports', () => {
    const official = { ...region, certainty: 'official' as const };
    const story = fold([memberOf(asked), memberOf(asked), memberOf(asked), memberOf(official)]);
    expect(story.countries.receiving).toEqual(['AL', 'RS']);
  });

  it('takes nothing from context', () => {
    const story = fold([memberOf(asked), memberOf(region, { part: 'context' })]);
    expect(story.countries.receiving).toEqual(['RS']);
    expect(story.outlets).toHaveLength(1);
  });

  it('unites the lists of outlets that each tell a part of a long ban', () => {
    const ban = (code: string) =>
      memberOf({
        topics: ['travel-ban'],
        stage: 'signed',
        matters: [{ id: `ban/${code}`, stage: 'signed', countries: [code] }],
        countries: { banned: [code], receiving: [], nationality: [], mentioned: [] },
      });
    expect(fold(['TD', 'LA', 'SO', 'YE', 'CU'].map(ban)).countries.banned).toEqual(['CU', 'LA', 'SO', 'TD', 'YE']);
  });
});

describe('a folded story', () => {
  it('is the same whatever the order of its members', () => {
    const members = [
      memberOf({ certainty: 'official', stage: 'agreed', originators: [originator('official:Government of Serbia')] }),
      memberOf({ originators: [originator('Bloomberg')] }),
      memberOf({ stage: 'in-talks' }),
    ];
    const one = fold(members);
    for (const order of [
      [2, 0, 1],
      [1, 2, 0],
      [2, 1, 0],
    ]) {
      const other = fold(order.map((index) => members[index]!));
      expect({ ...other, members: [] }).toEqual({ ...one, members: [] });
    }
  });

  it('counts outlets of one owner once, and copies as carrying it', () => {
    const first = memberOf({}, { family: 'chain' });
    const members = [first, memberOf({}, { family: 'chain' }), memberOf({}, { part: 'copy', of: first.articleId })];
    expect(fold(members).outlets).toHaveLength(2);
  });

  it('keeps what a story keeps: its opening, what it follows, and its number', () => {
    const first = { ...fold([memberOf()]), follows: ['s0'], told: true };
    const next = foldStory(
      's1',
      first.members,
      first,
      { facts: emptyLedger, countries: shippedCountries },
      '2026-01-14T00:00:00.000Z',
    );
    expect(next).toMatchObject({ revision: 2, openedAt: now, follows: ['s0'], told: true, changes: [] });
  });

  it('joins retellings of one earlier report, with the month that any of them tells', () => {
    const wsj = (date: string | null, countries: string[]) => ({
      earlier: [{ originator: 'The Wall Street Journal', date, stage: 'approached' as const, countries }],
    });
    const hints = {
      weekday: null,
      month: '2025-06',
      before: null,
      after: null,
      earlier: [{ originator: 'Wall Street Journal', month: 4 }],
    };
    const story = fold([
      memberOf(wsj(null, ['MD', 'XK']), { dated: 'arrival' }),
      memberOf(wsj(null, ['XK']), { dated: 'arrival', hints }),
    ]);
    expect(story.earlier).toEqual([
      { originator: 'The Wall Street Journal', date: '2025-04', stage: 'approached', countries: ['MD', 'XK'] },
    ]);
  });
});

describe('facts on which sources disagree', () => {
  const people = { banned: [], receiving: ['RS'], nationality: ['CU', 'HT', 'NI', 'VE'], mentioned: [] };
  const claim = (value: string) =>
    memberOf(
      { countries: people, claims: [{ fact: 'programme', value, quote: value }] },
      { published: '2025-06-05T10:00:00Z' },
    );
  const rulings: LedgerFacts = {
    ...emptyLedger,
    programmes: () => [
      { programme: 'tps', case: 'Noem v. National TPS Alliance', date: '2025-05-19', countries: ['VE'], source },
      { programme: 'parole', case: 'Noem v. Doe', date: '2025-05-30', countries: ['VE', 'CU', 'HT', 'NI'], source },
    ],
  };

  it('are kept with their articles and stay open without a record', () => {
    const [a, b] = [claim('TPS'), claim('temporary legal status')];
    const [conflict] = fold([a, b]).conflicts;
    expect(conflict?.fact).toBe('programme');
    expect(conflict?.values).toEqual(
      expect.arrayContaining([
        { value: 'TPS', articles: [a.articleId] },
        { value: 'temporary legal status', articles: [b.articleId] },
      ]),
    );
    expect(conflict?.settled).toBeUndefined();
  });

  it('are settled by the ruling that covers all the people at stake', () => {
    const [conflict] = fold([claim('TPS'), claim('temporary legal status')], rulings).conflicts;
    expect(conflict?.settled?.value).toBe('CHNV parole');
    expect(conflict?.settled?.why).toContain('Noem v. Doe');
    expect(conflict?.values).toHaveLength(2);
  });

  it('are none when all say the same', () => {
    expect(fold([claim('TPS'), claim('tps')]).conflicts).toEqual([]);
  });

  it('are no days next to each other, nor figures that count other things', () => {
    const told = (fact: string, value: string) => memberOf({ claims: [{ fact, value, quote: value }] });
    expect(fold([told('date', '2026-01-12'), told('date', '2026-01-13')]).conflicts).toEqual([]);
    expect(fold([told('people', '250'), told('people', '8')]).conflicts).toEqual([]);
    expect(fold([told('people', '9'), told('people', '8')]).conflicts).toHaveLength(1);
  });

  it('hold a cap that two outlets give differently', () => {
    const cap = (value: number) =>
      memberOf({ quantities: [{ kind: 'cap', value, unit: 'people', quote: `up to ${value}` }] });
    expect(fold([cap(250), cap(350)]).conflicts).toMatchObject([
      { fact: 'cap', values: [{ value: '250' }, { value: '350' }] },
    ]);
  });
});

describe('a story whose day nothing tells', () => {
  const earlier = [{ originator: 'The Example Journal', date: null, stage: null, countries: ['MD'] }];
  const hints = { weekday: null, month: null, before: null, after: null, earlier: [] };
  const told = { ...hints, earlier: [{ originator: 'The Example Journal', month: 4 }] };

  it('gives the month of an older report no year, and its articles no day', () => {
    const story = fold([memberOf({ earlier }, { dated: 'arrival', hints: told })]);
    expect(story.datePrecision).toBe('unknown');
    expect(story.earlier.map(({ date }) => date)).toEqual([null]);
    expect(storyJson(story, emptyLedger).articles.map(({ published }) => published)).toEqual([null]);
  });

  it('gives them as soon as an article tells its day', () => {
    const dated = memberOf({}, { published: '2025-06-05T10:00:00Z' });
    const story = fold([memberOf({ earlier }, { dated: 'arrival', hints: told }), dated]);
    expect(story).toMatchObject({ date: '2025-06-05', datePrecision: 'day' });
    expect(story.earlier.map(({ date }) => date)).toEqual(['2025-04']);
  });
});
