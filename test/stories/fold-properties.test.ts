import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Certainty, certainties, removalStages } from '../../src/core/reading.ts';
import { certaintyRank, type StoryMember } from '../../src/core/story.ts';
import { foldStory } from '../../src/stories/fold.ts';
import { shippedCountries } from '../fakes/services.ts';
import { emptyLedger, originator, readingOf } from '../fakes/stories.ts';

const codes = ['RS', 'XK', 'AL', 'RW', 'UG'];
const parts: readonly StoryMember['part'][] = ['evidence', 'evidence', 'evidence', 'context', 'copy'];

/** Any article about removals, as part of a story or beside it. */
const anyMember = fc
  .record({
    stage: fc.constantFrom(null, ...removalStages),
    certainty: fc.constantFrom<Certainty>(...certainties),
    receiving: fc.subarray(codes, { minLength: 1 }),
    names: fc.subarray(['Bloomberg', 'Reuters', 'official:Government of Serbia']),
    part: fc.constantFrom(...parts),
    hour: fc.integer({ min: 0, max: 90 }),
    eventDate: fc.constantFrom(null, '2026-01-10', '2026-01-11'),
  })
  .map(
    ({ stage, certainty, receiving, names, part, hour, eventDate }): Omit<StoryMember, 'articleId'> => ({
      publisher: null,
      url: null,
      title: 'A title',
      published: new Date(Date.parse('2026-01-12T00:00:00Z') + hour * 3_600_000).toISOString(),
      form: 'news',
      part,
      reading: readingOf({
        stage,
        certainty,
        eventDate,
        countries: { banned: [], receiving, nationality: [], mentioned: [] },
        matters: receiving.map((code) => ({ id: `removals/${code}`, stage, countries: [code] })),
        originators: names.map(originator),
      }),
      joined: { how: 'joined', score: 1, reasons: [] },
      dated: 'told',
    }),
  );

const anyMembers = fc
  .array(anyMember, { minLength: 1, maxLength: 7 })
  .map((members) => members.map((member, index): StoryMember => ({ ...member, articleId: `a${index}` })));

function fold(members: readonly StoryMember[]) {
  return foldStory(
    's1',
    members,
    null,
    { facts: emptyLedger, countries: shippedCountries },
    '2026-01-20T00:00:00.000Z',
  );
}

describe('any story', () => {
  it('is the same in any order of arrival', () => {
    const shuffled = anyMembers.chain((members) =>
      fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
    );
    fc.assert(
      fc.property(shuffled, ([members, other]) => {
        expect({ ...fold(other), members: [] }).toEqual({ ...fold(members), members: [] });
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('is never surer than its surest evidence, but for reports that confirm each other', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const evidence = members.filter(({ part }) => part === 'evidence');
        const counted = evidence.length > 0 ? evidence : members;
        const surest = Math.max(...counted.map(({ reading }) => certaintyRank[reading.certainty]));
        const { certainty, originators } = fold(members);
        const rank = certaintyRank[certainty];
        expect(rank <= surest || (certainty === 'confirmed' && originators.length >= 2)).toBe(true);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('invents nothing: countries, stage, originators and day are told by a member, and the day is not after it', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const story = fold(members);
        const told = members.map(({ reading }) => reading);
        const named = new Set(told.flatMap(({ countries }) => countries.receiving));
        expect(story.countries.receiving.filter((code) => !named.has(code))).toEqual([]);
        expect(told.map(({ stage }) => stage)).toContain(story.stage);
        const origins = told.flatMap(({ originators }) => originators.map(({ name }) => name));
        expect(story.originators.filter(({ name }) => !origins.includes(name))).toEqual([]);
        const first = members.map(({ published }) => published.slice(0, 10)).toSorted();
        expect(story.date <= (first.at(-1) ?? '')).toBe(true);
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});
