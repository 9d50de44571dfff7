import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../src/core/ledger.ts';
import { concerns, mergeTimeline } from '../../src/core/timeline.ts';
import { story } from '../fakes/samples.ts';

function step(matter: string, stage: string, date: string): TimelineEvent {
  return {
    date,
    matter,
    kind: 'removal',
    stage,
    certainty: 'official',
    countries: [matter.slice(-2)],
    title: `${matter} ${stage}`,
    source: { title: 'A record', url: null },
    story: null,
  };
}

// An article about a request that retells the travel ban of the same week.
const asked = story('s1', {
  date: '2025-06-05',
  stage: 'approached',
  matters: [
    { id: 'removals/RS', stage: 'approached', countries: ['RS'] },
    { id: 'ban/LA', stage: 'signed', countries: ['LA'] },
  ],
  countries: { banned: ['LA'], receiving: ['RS'], nationality: ['VE'], mentioned: ['AL'] },
});

describe('ledger and stories in one line', () => {
  it('links a story to the step that it tells, not to one that it retells', () => {
    const events = mergeTimeline(
      [step('ban/LA', 'signed', '2025-06-04'), step('removals/RS', 'approached', '2025-06-05')],
      [asked],
    );
    expect(events.map(({ matter, story }) => [matter, story])).toEqual([
      ['ban/LA', null],
      ['removals/RS', 's1'],
    ]);
  });

  it('gives a story its own line, with its own countries, when the ledger has no such step', () => {
    const events = mergeTimeline([step('ban/LA', 'signed', '2025-06-04')], [asked]);
    expect(events.map(({ matter, story, countries }) => [matter, story, countries])).toEqual([
      ['ban/LA', null, ['LA']],
      ['removals/RS', 's1', ['RS']],
    ]);
  });

  it('links one proclamation’s story to the steps of all its countries', () => {
    const codes = ['LA', 'TD'];
    const signed = story('s2', {
      date: '2025-06-05',
      matters: codes.map((code) => ({ id: `ban/${code}`, stage: 'signed', countries: [code] })),
    });
    const events = mergeTimeline(
      codes.map((code) => step(`ban/${code}`, 'signed', '2025-06-04')),
      [signed],
    );
    expect(events.map(({ story }) => story)).toEqual(['s2', 's2']);
  });

  it('knows whom a story concerns', () => {
    expect(['RS', 'VE', 'LA', 'AL'].filter((code) => concerns(asked, code))).toEqual(['RS', 'VE']);
    expect(concerns(story('s3'), 'LA')).toBe(true);
  });
});
