import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/core/article.ts';
import type { LedgerFacts } from '../../src/core/ledger.ts';
import type { MatterState } from '../../src/core/reading.ts';
import type { DateHints, StoryMember } from '../../src/core/story.ts';
import { readDateHints, storyDay } from '../../src/stories/date.ts';
import { article } from '../fakes/samples.ts';
import { emptyLedger, memberOf, readingOf } from '../fakes/stories.ts';

const matters: readonly MatterState[] = [{ id: 'removals/RS', stage: 'approached', countries: ['RS'] }];
const none: DateHints = { weekday: null, month: null, before: null, after: null, earlier: [] };
const today = '2026-11-21T09:00:00Z';

function texts(...sentences: string[]): Article {
  return article('a', { title: 'A title', sentences: sentences.map((text) => ({ text, paragraph: 0 })) });
}

function undated(hints: Partial<DateHints>, eventDate: string | null = null): StoryMember {
  return memberOf({ eventDate }, { dated: 'arrival', published: today, hints: { ...none, ...hints } });
}

describe('what an undated text says of its day', () => {
  it('reads the weekday of the report, not that of a request for comment', () => {
    const asked = texts('The ministry did not respond to questions on Wednesday.');
    expect(readDateHints(asked, readingOf()).weekday).toBeNull();
    const report = texts('The US asked for it, the newspaper reported on Thursday.');
    expect(readDateHints(report, readingOf()).weekday).toBe(4);
  });

  it('reads the month, and the day that is still to come', () => {
    const hints = readDateHints(
      texts(
        'It came in early June 2025, just days after a signing.',
        'The measure is set to take effect on June 9, 2025.',
      ),
      readingOf(),
    );
    expect(hints).toMatchObject({ month: '2025-06', before: '2025-06-09' });
  });

  it('reads the month of an older report beside the name of its originator', () => {
    const earlier = [{ originator: 'The Example Journal', date: null, stage: null, countries: [] }];
    const hints = readDateHints(
      texts('The Example Journal wrote in April that others were asked.'),
      readingOf({ earlier }),
    );
    expect(hints.earlier).toEqual([{ originator: 'The Example Journal', month: 4 }]);
  });
});

describe('the day of a story', () => {
  it('is the day of arrival, marked as unknown, when nothing tells it', () => {
    expect(storyDay([undated({})], matters, emptyLedger)).toEqual({ day: '2026-11-21', precision: 'unknown' });
    const dated = memberOf({}, { published: '2026-11-20T09:00:00Z' });
    expect(storyDay([undated({}), dated], matters, emptyLedger)).toEqual({ day: '2026-11-20', precision: 'day' });
  });

  it('is the last such weekday before the day that is still to come', () => {
    const members = [undated({ weekday: 4 }), undated({ month: '2025-06', before: '2025-06-09' })];
    expect(storyDay(members, matters, emptyLedger)).toEqual({ day: '2025-06-05', precision: 'day' });
  });

  it('follows when the weekday changes', () => {
    const members = [undated({ weekday: 2 }), undated({ month: '2025-06', before: '2025-06-09' })];
    expect(storyDay(members, matters, emptyLedger).day).toBe('2025-06-03');
  });

  it('is known to the month when nothing tells the day, and to the day when the ledger does', () => {
    const members = [undated({ month: '2025-06' })];
    expect(storyDay(members, matters, emptyLedger)).toEqual({ day: '2025-06-01', precision: 'month' });
    const source = { title: 't', publisher: null, url: null };
    const step = { stage: 'approached', date: '2025-06-05', certainty: 'reported' as const, note: null, source };
    const ledger: LedgerFacts = { ...emptyLedger, steps: (id) => (id === 'removals/RS' ? [step] : []) };
    expect(storyDay(members, matters, ledger)).toEqual({ day: '2025-06-05', precision: 'day' });
  });

  it('is not a day of arrival that the texts rule out', () => {
    const members = [undated({ weekday: 4 }, '2026-11-19'), undated({ month: '2025-06', before: '2025-06-09' })];
    expect(storyDay(members, matters, emptyLedger).day).toBe('2025-06-05');
  });

  it('is the day that most articles tell', () => {
    const told = (eventDate: string) => memberOf({ eventDate }, { published: '2026-01-13T08:00:00Z' });
    const members = [told('2026-01-11'), told('2026-01-12'), told('2026-01-12')];
    expect(storyDay(members, matters, emptyLedger).day).toBe('2026-01-12');
  });

  it('is never after the first publication of something past', () => {
    const members = [memberOf({ eventDate: '2026-01-20' }, { published: '2026-01-12T08:00:00Z' })];
    expect(storyDay(members, matters, emptyLedger).day).toBe('2026-01-12');
  });

  it('is the first publication when no article tells a day', () => {
    const members = ['2026-01-13T08:00:00Z', '2026-01-12T22:00:00Z'].map((published) => memberOf({}, { published }));
    expect(storyDay(members, matters, emptyLedger).day).toBe('2026-01-12');
  });
});
