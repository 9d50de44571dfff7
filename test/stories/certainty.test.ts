import { describe, expect, it } from 'vitest';
import type { Certainty, Reading } from '../../src/core/reading.ts';
import type { StoryMember } from '../../src/core/story.ts';
import { originatorsOf, standingOf } from '../../src/stories/certainty.ts';
import { memberOf, originator } from '../fakes/stories.ts';

function told(certainty: Certainty, stage: Reading['stage'], more: Partial<Reading> = {}): StoryMember {
  return memberOf({ certainty, stage, ...more });
}

const denied = { who: 'the foreign ministry', said: 'denied' as const, quote: 'there is no such deal' };

describe('certainty of a story', () => {
  it('is the highest that its evidence tells', () => {
    const members = [told('official', 'agreed'), told('reported', 'signed')];
    expect(standingOf(members)).toMatchObject({ certainty: 'official', stage: 'agreed' });
  });

  it('takes the latest among official words', () => {
    expect(standingOf([told('official', 'agreed'), told('official', 'refused')]).stage).toBe('refused');
  });

  it('does not step back when an official article only retells an older step', () => {
    expect(standingOf([told('official', 'signed'), told('official', 'approached')]).stage).toBe('signed');
  });

  it('steps back when an article says that it corrects', () => {
    const correction = { field: 'stage', from: 'signed', to: 'agreed', quote: 'Correction: not signed' };
    expect(standingOf([told('official', 'signed'), told('official', 'agreed', { correction })]).stage).toBe('agreed');
  });

  it('keeps a denial that only an undated article comes after', () => {
    const agreed = { certainty: 'official', stage: 'agreed' } as const;
    const undated = memberOf(agreed, { dated: 'arrival', published: '2027-01-01T00:00:00.000Z' });
    expect(standingOf([told('official', 'agreed'), told('official', 'denied'), undated])).toMatchObject({
      stage: 'denied',
      disputed: true,
    });
    const dated = memberOf(agreed, { published: '2027-01-01T00:00:00.000Z' });
    expect(standingOf([told('official', 'denied'), dated])).toMatchObject({ stage: 'agreed', disputed: false });
  });

  it('is reported however many outlets carry one originator', () => {
    const members = [1, 2, 3, 4, 5].map(() =>
      told('reported', 'approached', { originators: [originator('Bloomberg')] }),
    );
    expect(standingOf(members).certainty).toBe('reported');
    expect(originatorsOf(members).map(({ name }) => name)).toEqual(['Bloomberg']);
  });

  it('is confirmed by two originators that know it independently', () => {
    const members = ['Bloomberg', 'Reuters'].map((name) =>
      told('reported', 'approached', { originators: [originator(name)] }),
    );
    expect(standingOf(members).certainty).toBe('confirmed');
  });

  it('is confirmed by those alone who tell its step, or a later one', () => {
    const by = (name: string, stage: Reading['stage']) => told('reported', stage, { originators: [originator(name)] });
    const rumour = [by('Reuters', 'agreed'), by('Reuters', 'agreed'), by('Bloomberg', 'approached')];
    expect(standingOf(rumour)).toMatchObject({ stage: 'agreed', certainty: 'reported' });
    const asked = [by('Bloomberg', 'approached'), by('Bloomberg', 'approached'), by('Reuters', 'agreed')];
    expect(standingOf(asked)).toMatchObject({ stage: 'approached', certainty: 'confirmed' });
  });

  it('counts The Wall Street Journal and Wall Street Journal once', () => {
    const members = ['The Wall Street Journal', 'Wall Street Journal'].map((name) =>
      told('reported', 'approached', { originators: [originator(name)] }),
    );
    expect(standingOf(members).certainty).toBe('reported');
    expect(originatorsOf(members)).toHaveLength(1);
  });

  it.each(['context', 'copy', 'edition'] as const)('is not raised by a member that is only %s', (part) => {
    const members = [
      told('reported', 'approached', { originators: [originator('Bloomberg')] }),
      memberOf({ certainty: 'official', stage: 'agreed', originators: [originator('Reuters')] }, { part }),
    ];
    expect(standingOf(members)).toMatchObject({ certainty: 'reported', stage: 'approached' });
    expect(originatorsOf(members)).toHaveLength(1);
  });

  it('reads an edited page as it is now, and still credits who said it first', () => {
    const first = told('reported', 'signed', { originators: [originator('Fox News')] });
    const edited = memberOf(
      { certainty: 'official', stage: 'agreed', originators: [originator('official:US State Department')] },
      { part: 'edition', of: first.articleId },
    );
    expect(standingOf([first, edited])).toMatchObject({ certainty: 'official', stage: 'agreed' });
    expect(originatorsOf([first, edited]).map(({ name }) => name)).toEqual([
      'Fox News',
      'official:US State Department',
    ]);
  });

  it('is disputed when a party able to know denies a report, and keeps the mark at a higher rank', () => {
    const report = told('reported', 'approached');
    expect(standingOf([report, told('disputed', 'denied', { comments: [denied] })])).toMatchObject({
      certainty: 'disputed',
      disputed: true,
    });
    expect(standingOf([report, told('official', 'denied', { comments: [denied] })])).toMatchObject({
      certainty: 'official',
      stage: 'denied',
      disputed: true,
    });
  });

  it('drops the mark when an official word after the denial confirms', () => {
    const members = [told('reported', 'agreed'), told('official', 'denied'), told('official', 'agreed')];
    expect(standingOf(members)).toMatchObject({ certainty: 'official', stage: 'agreed', disputed: false });
  });

  it('keeps a step when the government that told it denies something else later', () => {
    const own = { originators: [originator('official:Government of Montenegro')] };
    const presidency = { originators: [originator('official:Presidency of Montenegro')] };
    const members = [told('official', 'signed', own), told('official', 'denied', presidency)];
    expect(standingOf(members)).toMatchObject({ stage: 'signed', disputed: false });
    const other = { originators: [originator('official:White House')] };
    expect(standingOf([told('official', 'signed', other), told('official', 'denied', own)]).stage).toBe('denied');
  });

  it('does not call a story disputed that is itself a denial', () => {
    expect(standingOf([told('official', 'denied'), told('official', 'denied')]).disputed).toBe(false);
  });

  it('takes no certainty from an article that leads with another matter', () => {
    const ban = memberOf({
      certainty: 'official',
      stage: 'signed',
      matters: [
        { id: 'ban/TD', stage: 'signed', countries: ['TD'] },
        { id: 'removals/RS', stage: 'approached', countries: ['RS'] },
      ],
    });
    expect(standingOf([told('reported', 'approached'), told('reported', 'approached'), ban])).toMatchObject({
      certainty: 'reported',
      stage: 'approached',
    });
  });
});
