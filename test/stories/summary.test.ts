import { describe, expect, it } from 'vitest';
import type { Story, StoryMember } from '../../src/core/story.ts';
import { certaintyWords, stageWords } from '../../src/core/story-words.ts';
import { foldStory } from '../../src/stories/fold.ts';
import { memberOf as toMember } from '../../src/stories/member.ts';
import { originatorWords } from '../../src/stories/summary-names.ts';
import { corpusPresent, goldReading, type Row, readRows } from '../fakes/devcorpus.ts';
import { savedText, shippedReader } from '../fakes/pipeline.ts';
import { shippedCountries } from '../fakes/services.ts';
import { emptyLedger, memberOf, originator } from '../fakes/stories.ts';

const context = { facts: emptyLedger, countries: shippedCountries };
const now = '2026-01-12T12:00:00.000Z';

function fold(members: readonly StoryMember[]) {
  return foldStory('s1', members, null, context, now);
}

describe('a story in words', () => {
  it('names certainty, stage, countries, originator and what is not known', () => {
    const story = fold([memberOf({ originators: [originator('Bloomberg')] })]);
    expect(story.headline).toBe('US asks Serbia to take deportees from other countries');
    expect(story.summary).toMatch(/^Reported, approached: the US has approached Serbia .* according to Bloomberg\./);
    expect(story.unknown).toBe('No agreement is known.');
  });

  it('says who did not comment, without making it a denial', () => {
    const comments = [
      { who: 'the White House', said: 'no-comment' as const, quote: 'did not comment' },
      { who: 'State Department', said: 'no-comment' as const, quote: 'did not comment' },
      { who: 'Serbia: foreign ministry', said: 'no-comment' as const, quote: 'did not reply' },
    ];
    const story = fold([memberOf({ comments })]);
    expect(story.unknown).toBe(
      'No agreement is known; no comment came from the White House, the State Department or Serbia’s foreign ministry.',
    );
    expect(story.disputed).toBe(false);
  });

  it('names for a step only those who tell it', () => {
    const story = fold([
      memberOf({ stage: 'agreed', originators: [originator('Reuters')] }),
      memberOf({ stage: 'agreed', originators: [originator('CBS News')] }),
      memberOf({ stage: 'in-talks', originators: [originator('Bloomberg')] }),
    ]);
    expect(story.stage).toBe('agreed');
    expect(story.summary).toMatch(/according to Reuters and CBS News\.$/);
    expect(story.originators.map(({ name }) => name)).toContain('Bloomberg');
  });

  it('tells a denial and what it denies, each with its own source', () => {
    const government = originator('official:Government of Serbia');
    const claim = memberOf({ stage: 'agreed', originators: [originator('CBS News')] });
    const denial = memberOf({
      stage: 'denied',
      certainty: 'official',
      originators: [government, originator('CBS News')],
    });
    const story = fold([claim, denial]);
    expect(story.disputed).toBe(true);
    expect(story.summary).toBe(
      'Official, denied: Serbia denies claims about taking in people whom the US deports, according to the government of Serbia. CBS News says that Serbia has agreed to take in people whom the US deports.',
    );
    expect(story.unknown).toBe('Whether there is a deal is not settled.');
  });

  it('marks a story withdrawn when those it rests on took it back, and says who did when others stand', () => {
    const field = { field: 'retraction', from: null, to: null, quote: 'This story has been withdrawn.' };
    const told = memberOf({ originators: [originator('The Example')] }, { publisher: 'Example' });
    const taken = memberOf({ stage: null, correction: field }, { publisher: 'Example' });
    const carried = memberOf({ originators: [originator('Example')] }, { publisher: 'Gazette' });
    const own = memberOf({ originators: [originator('Reuters')] }, { publisher: 'Reuters' });
    expect(fold([told, taken, carried]).headline).toMatch(/^Withdrawn: US asks Serbia/);
    const stands = fold([told, taken, own]);
    expect(stands.headline).toMatch(/^US asks Serbia/);
    expect(stands.summary).toMatch(/Example has withdrawn its report\.$/);
  });

  it('says who denies a report that is disputed', () => {
    const comments = [{ who: 'Serbia: foreign ministry', said: 'denied' as const, quote: 'denied it' }];
    const story = fold([memberOf({ certainty: 'disputed', comments })]);
    expect(story.summary).toMatch(/Serbia’s foreign ministry denies it\.$/);
  });

  it('gives a number as the article writes it, or not at all', () => {
    const written = (value: number, quote: string) =>
      fold([memberOf({ stage: 'agreed', quantities: [{ kind: 'cap', value, unit: 'people', quote }] })]).summary;
    expect(written(250, 'up to 250 people')).toContain('The cap told is 250.');
    expect(written(9, 'nine people')).toContain('The cap told is nine.');
    expect(written(12, 'a dozen people')).not.toMatch(/cap told/);
  });

  it('tells a number of people only of people who arrived, and only when two outlets of many agree', () => {
    const people = (stage: 'operational' | 'approached', value: number) =>
      memberOf({ stage, quantities: [{ kind: 'people', value, unit: 'people', quote: `${value} people` }] });
    expect(fold([people('operational', 8)]).summary).toContain('The number of people told is 8.');
    expect(fold([people('approached', 8)]).summary).not.toContain('8');
    const many = [8, 7, 6].map((value) => people('operational', value));
    expect(fold(many).summary).not.toContain('number of people');
  });

  it('counts the countries of a long list only when the figure covers all that are named', () => {
    const ban = (value: number) =>
      fold([
        memberOf({
          topics: ['travel-ban'],
          stage: 'signed',
          matters: [{ id: 'ban/TD', stage: 'signed', countries: ['TD'] }],
          countries: { banned: ['CU', 'LA', 'TD', 'YE'], receiving: [], nationality: [], mentioned: [] },
          quantities: [{ kind: 'countries', value, unit: 'countries', quote: `${value} countries` }],
        }),
      ]).headline;
    expect(ban(12)).toBe('An entry suspension for nationals of 12 countries signed');
    expect(ban(2)).toBe('An entry suspension for nationals of Cuba, Laos and other countries signed');
  });

  it('says of an end told before its day that it is to come, and of the day', () => {
    const lifted = (effectiveDate: string | null) =>
      fold([
        memberOf({
          topics: ['travel-ban'],
          stage: 'lifted',
          matters: [{ id: 'ban/TD', stage: 'lifted', countries: ['TD'] }],
          countries: { banned: ['TD'], receiving: [], nationality: [], mentioned: [] },
          quantities: [{ kind: 'countries', value: 19, unit: 'countries', quote: 'one of 19 countries' }],
          effectiveDate,
        }),
      ]);
    expect(lifted('2027-11-01')).toMatchObject({
      headline: 'US to end the entry suspension for nationals of Chad',
      effective: '2027-11-01',
    });
    expect(lifted('2026-01-01')).toMatchObject({
      headline: 'US lifts the entry suspension for nationals of Chad',
      effective: null,
    });
    expect(lifted(null).effective).toBeNull();
  });

  it.each([
    ['visa/visa-bond', 'visa-policy', 'extended', 'US extends the visa bond for nationals of Nepal'],
    ['visa/visa-policy', 'visa-policy', 'announced', 'US announces a visa restriction for nationals of Nepal'],
    ['parole/tps', 'parole-and-tps', 'lifted', 'US ends temporary protected status for nationals of Nepal'],
    [
      'parole/tps',
      'parole-and-tps',
      'blocked',
      'Court blocks a government step on temporary protected status for nationals of Nepal',
    ],
    [
      'court/scotus-tps',
      'parole-and-tps',
      'injunction',
      'Court issues injunction against government steps on protection from removal for nationals of Nepal',
    ],
  ] as const)('calls a measure what it is: %s, %s, %s', (id, topic, stage, headline) => {
    const countries = { banned: [], receiving: [], nationality: ['NP'], mentioned: [] };
    expect(
      fold([memberOf({ topics: [topic], stage, matters: [{ id, stage, countries: ['NP'] }], countries })]).headline,
    ).toBe(headline);
  });

  it('is in English when no article is', () => {
    const story = fold([
      memberOf({ stage: null, matters: [], topics: ['travel-ban'] }, { language: 'fr', title: 'Un titre en français' }),
    ]);
    expect(story.headline).toBe('News on an entry suspension');
  });
});

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function runs(text: string, length: number): ReadonlySet<string> {
  const all = words(text);
  return new Set(all.slice(length - 1).map((_, start) => all.slice(start, start + length).join(' ')));
}

/** Capitalised words that are neither a sentence's first nor the names that structure gives. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![.:!?] |^)\b\p{Lu}[\p{L}-]+/gu)].map(([name]) => name);
}

describe.skipIf(!corpusPresent)('every summary of the development corpus (absent: not run)', () => {
  const rows = corpusPresent ? readRows().filter((row) => row.story !== null) : [];
  const stories = [...new Set(rows.map((row) => row.story ?? ''))];

  it.each(stories)('%s: copies no twelve words, and holds no name or number that no article holds', (id) => {
    const own = rows.filter((row) => row.story === id);
    const none = { copied: [], names: [], figures: [] };
    expect(faultsOf(fold(own.map(memberFrom)), own)).toEqual(none);
    expect(faultsOf(fold(own.map(readMember)), own)).toEqual(none);
  });

  it.each(stories)('%s: names its certainty and stage', (id) => {
    const story = fold(rows.filter((row) => row.story === id).map(memberFrom));
    expect(story.summary).toContain(certaintyWords[story.certainty]);
    expect(story.summary.toLowerCase()).toContain(story.stage ? stageWords(story.stage) : ':');
    expect(story.unknown).not.toBe('');
    expect(story.headline.length).toBeLessThan(140);
  });
});

function faultsOf(story: Story, own: readonly Row[]) {
  const told = [story.headline, story.summary, story.unknown].join(' ');
  const articles = own.map((row) => `${row.title}\n${row.text}`);
  const copied = new Set(articles.flatMap((article) => [...runs(article, 12)]));
  const countries = Object.values(story.countries).flat();
  const given = [
    ...countries.map((code) => shippedCountries.name(code)),
    ...story.comments.map(({ who }) => who),
    ...story.originators.map(({ name }) => originatorWords(name)),
    ...articles,
    'US Supreme Court Reported Confirmed Official Disputed',
  ].join(' ');
  const known = new Set(words(given));
  return {
    copied: [...runs(told, 12)].filter((run) => copied.has(run)),
    names: namesIn(told).filter((name) => !words(name).every((word) => known.has(word))),
    figures: (told.match(/\d+/g) ?? []).filter((figure) => !known.has(figure)),
  };
}

/** As the shipped reader reads it. */
function readMember(row: Row): StoryMember {
  const { id, url, title, html, language } = row;
  const published = new Date(row.truePublished).toISOString();
  const raw = {
    ...savedText(id, '', published),
    url,
    title,
    html,
    language,
    publisher: row.outlet,
    publishedAt: published,
  };
  const { article, reading } = shippedReader(raw);
  const joined = { how: 'joined' as const, score: 1, reasons: [] };
  return toMember(article, reading, { storyId: null, opens: true, part: 'evidence', joined });
}

function memberFrom(row: Row): StoryMember {
  return memberOf(goldReading(row), {
    articleId: row.id,
    publisher: row.outlet,
    title: row.title,
    language: row.language,
    published: new Date(row.truePublished).toISOString(),
    part: row.syndicatedFrom ? 'copy' : row.versionOf ? 'edition' : 'evidence',
    ...(row.versionOf || row.syndicatedFrom ? { of: row.versionOf ?? row.syndicatedFrom ?? '' } : {}),
  });
}
