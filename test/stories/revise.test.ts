import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/core/reading.ts';
import type { Change, Story, StoryMember } from '../../src/core/story.ts';
import { foldStory } from '../../src/stories/fold.ts';
import { shippedCountries } from '../fakes/services.ts';
import { emptyLedger, memberOf, originator } from '../fakes/stories.ts';

const context = { facts: emptyLedger, countries: shippedCountries };

function changesAfter(first: StoryMember, ...next: StoryMember[]): readonly Change[] {
  const before: Story = foldStory('s1', [first], null, context, '2026-01-12T00:00:00.000Z');
  return foldStory('s1', [first, ...next], before, context, '2026-01-13T00:00:00.000Z').changes;
}

const cap = (value: number): Partial<Reading> => ({
  quantities: [{ kind: 'cap', value, unit: 'people', quote: `up to ${value}` }],
});

describe('what changed in a story', () => {
  it('opens it', () => {
    expect(foldStory('s1', [memberOf()], null, context, '2026-01-12T00:00:00.000Z').changes).toEqual(['opened']);
  });

  it('is only one more outlet when the same is told again', () => {
    const reading = { originators: [originator('Bloomberg')] };
    expect(changesAfter(memberOf(reading), memberOf(reading))).toEqual(['outlet']);
  });

  it('is nothing when context joins', () => {
    expect(changesAfter(memberOf(), memberOf({}, { part: 'context' }))).toEqual([]);
  });

  it('is the stage and the certainty when an official says more', () => {
    const changes = changesAfter(memberOf(), memberOf({ certainty: 'official', stage: 'agreed' }));
    expect(changes).toEqual(expect.arrayContaining(['certainty', 'stage']));
  });

  it('is a country when one more is asked', () => {
    const two = { banned: [], receiving: ['RS', 'XK'], nationality: [], mentioned: [] };
    expect(changesAfter(memberOf(), memberOf({ countries: two }))).toContain('country');
  });

  it('is no country when one more nationality is named', () => {
    const people = { banned: [], receiving: ['RS'], nationality: ['VE'], mentioned: [] };
    expect(changesAfter(memberOf(), memberOf({ countries: people }))).not.toContain('country');
  });

  it('is a number when the figure told becomes another, not when it is first told', () => {
    expect(changesAfter(memberOf(), memberOf(cap(250)))).not.toContain('number');
    expect(changesAfter(memberOf(cap(250)), memberOf(cap(350)))).not.toContain('number');
    expect(changesAfter(memberOf(cap(250)), memberOf(cap(350)), memberOf(cap(350)))).toContain('number');
  });

  it('is an official response when a body that was silent answers, and a denial when it denies', () => {
    const silent = { who: 'the White House', said: 'no-comment' as const, quote: 'no comment' };
    const answer = { who: 'the White House', said: 'confirmed' as const, quote: 'we did' };
    const denial = { who: 'the ministry', said: 'denied' as const, quote: 'no such talks' };
    expect(changesAfter(memberOf({ comments: [silent] }), memberOf({ comments: [answer] }))).toContain(
      'official-response',
    );
    expect(changesAfter(memberOf(), memberOf({ comments: [silent] }))).not.toContain('official-response');
    expect(changesAfter(memberOf(), memberOf({ certainty: 'disputed', comments: [denial] }))).toContain('denial');
  });

  it.each([
    ['stage', 'correction'],
    ['retraction', 'retraction'],
  ] as const)('is due when an outlet publishes a correction of the %s, even if the state stays', (field, change) => {
    const first = memberOf();
    const correction = { field, from: null, to: null, quote: 'Correction: it was otherwise.' };
    const edition = memberOf({ correction }, { part: 'edition', of: first.articleId });
    expect(changesAfter(first, edition)).toEqual([change]);
  });

  it('is a correction when an edited page tells less than before, even without a word about it', () => {
    const first = memberOf({ stage: 'signed' });
    const edition = memberOf({ stage: 'agreed' }, { part: 'edition', of: first.articleId });
    expect(changesAfter(first, memberOf({ certainty: 'official', stage: 'agreed' }), edition)).toContain('correction');
    const onward = memberOf({ stage: 'operational' }, { part: 'edition', of: first.articleId });
    expect(changesAfter(first, onward)).toEqual(['stage']);
  });

  it('is no correction when a name was misspelt, or when it was told before', () => {
    const correction = { field: 'name', from: 'a', to: 'b', quote: 'We misspelt a name.' };
    const first = memberOf();
    expect(changesAfter(first, memberOf({ correction }, { part: 'edition', of: first.articleId }))).toEqual([
      'wording',
    ]);
    const known = { ...correction, field: 'number' };
    expect(changesAfter(memberOf({ correction: known }), memberOf({ correction: known }))).toEqual(['outlet']);
  });
});
