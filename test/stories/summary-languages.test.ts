import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPhrases } from '../../src/config/phrases.ts';
import { phraseLanguages } from '../../src/core/phrases.ts';
import {
  banStages,
  type Comment,
  certainties,
  courtStages,
  removalStages,
  type Stage,
  topics,
} from '../../src/core/reading.ts';
import { laterClaim, limitedClaim } from '../../src/stories/extract/claims.ts';
import { type SummarySource, summarise } from '../../src/stories/summary.ts';
import { measureWords } from '../../src/stories/summary-names.ts';
import { shippedCountries } from '../fakes/services.ts';
import { memberOf, originator } from '../fakes/stories.ts';

const phrases = loadPhrases(readFileSync('config/phrases.yaml', 'utf8'), 'config/phrases.yaml', shippedCountries);

/** Two of them hold an “and”, two stand with an article. */
const places = [[], ['RW'], ['BA', 'IR'], ['GH', 'TT', 'CD', 'GB', 'HN']] as const;
const tellers = [
  [],
  ['Reuters'],
  ['official:Government of Bosnia and Herzegovina', 'Examiner'],
  ['official:US District Court, D. Mass.', 'official:White House', 'Prensa', 'Le Jour'],
] as const;
const stages = [...new Set<Stage>([...banStages, ...removalStages, ...courtStages])];
const courts = [[], ['scotus'], ['ca9'], ['d-mass']] as const;
const comments: readonly (readonly Comment[])[] = [
  [],
  [{ who: 'White House', said: 'denied', quote: 'q' }],
  [
    { who: 'State Department', said: 'no-comment', quote: 'q' },
    { who: 'ICE', said: 'no-comment', quote: 'q' },
  ],
];
const matters = ['ban/RW', 'removals/RW', 'court/a-v-b', 'visa/other', 'parole/other', ...Object.keys(measureWords)];
const nine = { kind: 'people', value: 9, unit: 'people', quote: 'nine people' } as const;
const twelve = { kind: 'countries', value: 12, unit: 'countries', quote: '12 countries' } as const;

/** Turns through a list, so that every value meets many others without all of them meeting all. */
const nth = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

function sourceOf(matter: string | null, stage: Stage | null, at: number): SummarySource {
  const [disputed, isWithdrawn] = [at % 5 === 3, at % 7 === 5];
  const certainty = disputed ? 'disputed' : nth(certainties, at);
  const codes = [...nth(places, at)];
  const roles = { receiving: codes, banned: codes, nationality: codes, mentioned: [] };
  const member = memberOf(
    {
      stage,
      certainty,
      countries: roles,
      courts: [...nth(courts, at)],
      matters: matter === null ? [] : [{ id: matter, stage, countries: codes }],
      originators: nth(tellers, at >> 1).map((name) => originator(name)),
      quantities: at % 3 === 0 ? [nine, twelve] : [],
      claims: [laterClaim, limitedClaim].filter((_, n) => (at >> n) % 3 === 1).map((each) => ({ ...each, quote: 'q' })),
      ...(isWithdrawn ? { correction: { field: 'retraction', from: null, to: null, quote: 'q' } } : {}),
    },
    { publisher: 'Reuters' },
  );
  const claim = memberOf({ ...member.reading, stage: 'agreed', certainty: 'reported' }, { publisher: 'Prensa' });
  return {
    members: disputed ? [member, claim] : [member],
    certainty,
    disputed,
    stage,
    topics: [nth(topics, at)],
    matters: matter === null ? [] : [{ id: matter, stage, countries: codes }],
    countries: roles,
    comments: nth(comments, at),
    effective: at % 2 === 0 ? null : '2026-12-01',
  };
}

/** Every sentence that can be told of a story, each with what it was made from. */
function everySentence(): Map<string, string> {
  const told = new Map<string, string>();
  for (const matter of [...matters, null]) {
    for (const stage of [...stages, null]) {
      for (let at = 0; at < 30; at += 1) {
        const { headline, summary, unknown } = summarise(sourceOf(matter, stage, at), shippedCountries);
        const isBorrowed = /^(?:Withdrawn: )?Title of /.test(headline);
        for (const words of [...(isBorrowed ? [] : [headline]), summary, unknown])
          told.set(words, `${matter ?? 'no matter'} ${stage ?? 'no stage'} #${at}`);
      }
    }
  }
  return told;
}

/** Words of the templates that are no words of the other languages. */
const english =
  /(?<![\p{L}\p{N}-])(the|of|is|are|be|was|has|have|and|or|to|from|for|with|by|in effect|its?|they|that|who|which|US|court|courts|signed|ruling|order|says?|told|known|not|will|others?|reported|disputed|confirmed|official|withdrawn|removals?|deportees|countries)(?![\p{L}\p{N}-])/iu;

const sentences = everySentence();

describe.each(phraseLanguages)('what a story says in %s', (language) => {
  it('is told wholly, whatever its step, countries, court, tellers and comments', () => {
    expect(sentences.size).toBeGreaterThan(2_000);
    const left = new Map<string, string>();
    for (const [words, from] of sentences) {
      const found = english.exec(phrases.text(words, language));
      if (found) left.set(`${from}: ${words}`, phrases.text(words, language));
    }
    expect([...left].slice(0, 12)).toEqual([]);
  });

  it('tells what a story is about whose step is not understood and whose outlets write no English', () => {
    for (const topic of topics) {
      const source = { ...sourceOf('removals/RW', null, 1), topics: [topic], disputed: false };
      const members = source.members.map((member) => ({ ...member, language: 'fr' }));
      const { headline } = summarise({ ...source, members }, shippedCountries);
      expect(headline).toMatch(/^News on .*: Rwanda$/);
      expect(english.test(phrases.text(headline, language))).toBe(false);
    }
  });

  it('names every country', () => {
    const left = shippedCountries.all.filter(({ name }) => {
      const words = `US asks ${name} and Chad to take deportees from other countries`;
      return phrases.text(words, language) === words;
    });
    expect(left.map(({ name }) => name)).toEqual([]);
  });

  it('leaves what outlets write, though it begins like ours', () => {
    for (const headline of [
      'US lifts Cuba sanctions',
      'Court blocks the sale of a stadium',
      'US and Rwanda in talks on minerals',
      'Rwanda agrees to take deportees from the US, officials say',
      'US considers a visa bond for football fans',
      'Supreme Court takes case on birthright',
      'Withdrawn: what we know of Rwanda',
      'People deported from the US arrive in chains',
      'Ghana denies it took money, according to Reuters.',
    ])
      expect(phrases.text(headline, language)).toBe(headline);
  });
});
