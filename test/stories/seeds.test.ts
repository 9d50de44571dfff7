import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LedgerFacts } from '../../src/core/ledger.ts';
import { type Story, substantialChanges } from '../../src/core/story.ts';
import { storyJson } from '../../src/core/story-json.ts';
import { savedText, shippedFacts, takeIn } from '../fakes/pipeline.ts';
import { emptyLedger } from '../fakes/stories.ts';

const folder = '../shared/seeds';
const present = existsSync(folder);
const texts = present
  ? readdirSync(folder)
      .toSorted()
      .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }))
  : [];

/** Every order of the first n numbers. */
function orders(n: number): readonly (readonly number[])[] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) => Array.from({ length: n }, (_, at) => order.toSpliced(at, 0, n - 1)));
}

const all = orders(5);
/** All 120 orders when asked; twelve that begin and end with every article otherwise. */
const some = process.env['BORDERWIRE_HEAVY'] === '1' ? all : all.filter((_, index) => index % 10 === 3);

async function take(
  order: readonly number[],
  facts: LedgerFacts,
  change = (text: string) => text,
): Promise<readonly Story[]> {
  const articles = order.map((index) => texts[index]!);
  const saved = articles.map(({ name, text }) => savedText(name, change(text), '2026-11-21T12:00:00.000Z'));
  return (await takeIn(saved, facts)).stories;
}

function everyCountry(story: Story): readonly string[] {
  return [...Object.values(story.countries).flat(), ...story.earlier.flatMap(({ countries }) => countries)];
}

/** What reading alone must tell. */
function expectRead(stories: readonly Story[]): Story {
  expect(stories.map(({ members }) => members.length)).toEqual([5]);
  const story = stories[0]!;
  expect(story.originators.map(({ name }) => name)).toEqual(['Bloomberg']);
  expect(story.earlier.map(({ originator, date, countries }) => [originator, date, countries])).toEqual([
    ['The Wall Street Journal', '2025-04', ['MD', 'XK']],
  ]);
  expect(story).toMatchObject({ certainty: 'reported', disputed: false, stage: 'approached' });
  const said = story.comments.map(({ who, said }) => `${who} ${said}`);
  expect(said).toEqual(
    expect.arrayContaining([
      'White House no-comment',
      'State Department no-comment',
      'Serbia: foreign ministry no-comment',
    ]),
  );
  expect(story.comments.filter(({ said }) => said === 'confirmed' || said === 'denied')).toEqual([]);
  expect(story.countries.receiving).toEqual(['RS']);
  expect(story.matters[0]).toMatchObject({ id: 'removals/RS', stage: 'approached' });
  expect(story.matters.filter(({ id }) => id.startsWith('removals/')).map(({ id }) => id)).toEqual(['removals/RS']);
  expect(everyCountry(story)).not.toContain('BE');
  const outsideEarlier = Object.values(story.countries).flat();
  expect(outsideEarlier.filter((code) => code === 'XK' || code === 'MD')).toEqual([]);
  expect(story.conflicts.map(({ fact }) => fact)).toEqual(['programme']);
  return story;
}

describe.skipIf(!present)('the five seed articles (absent: not run)', () => {
  const facts = shippedFacts();

  it.each(some.map((order) => ({ order })))('make one story in the order $order', async ({ order }) => {
    const story = expectRead(await take(order, facts));
    expect(story.date).toBe('2025-06-05');
    const [conflict] = story.conflicts;
    expect(conflict?.values.map(({ value }) => value)).toContain('TPS');
    expect(conflict?.settled).toMatchObject({ value: 'CHNV parole', why: expect.stringContaining('Noem v. Doe') });
    const json = storyJson(story, facts);
    expect(json.instruments.map(({ instrument }) => instrument)).toEqual(['Proclamation 10949']);
    expect(json.instruments[0]?.countries).toContain('CG');
    expect(json.instruments[0]?.countries).not.toContain('CD');
    const later = json.followUps
      .filter(({ matter }) => matter === 'removals/XK')
      .map(({ stage, date }) => [stage, date]);
    expect(later).toEqual([
      ['agreed', '2025-06-11'],
      ['operational', '2025-12-11'],
    ]);
    expect(json.followUps.filter(({ matter }) => matter === 'removals/RS')).toEqual([]);
  });

  it('tell the same without a ledger, the programme left open', async () => {
    for (const order of some.slice(0, 3)) {
      const story = expectRead(await take(order, emptyLedger));
      expect(story.date.slice(0, 7)).toBe('2025-06');
      expect(story.conflicts[0]?.settled).toBeUndefined();
    }
  });

  it.each([['2025-07-15'], ['2025-10-10'], ['2026-11-20']])(
    'published again on %s, still cite the ruling of the month that they name',
    async (day) => {
      const items = texts.map(({ name, text }, at) => ({
        ...savedText(name, text, `${day}T12:00:00.000Z`),
        publishedAt: `${day}T0${at}:30:00.000Z`,
      }));
      const { stories } = await takeIn(items, facts);
      const why = stories[0]?.conflicts[0]?.settled?.why;
      expect(why).toMatch(/^Noem v\. Doe.*2025-05-30/);
    },
  );

  it('follow when the weekday, the country and the originator are changed', async () => {
    const change = (text: string): string =>
      text
        .replaceAll('Thursday', 'Tuesday')
        .replaceAll('Bloomberg', 'Reuters')
        .replaceAll(/Serbia(?=n)/g, 'Croatia')
        .replaceAll('Serbia', 'Croatia')
        .replaceAll('🇷🇸', '🇭🇷')
        .replaceAll('Belgrade', 'Zagreb');
    const stories = await take([0, 1, 2, 3, 4], emptyLedger, change);
    expect(stories).toHaveLength(1);
    expect(stories[0]?.originators.map(({ name }) => name)).toEqual(['Reuters']);
    expect(stories[0]?.countries.receiving).toEqual(['HR']);
    expect(stories[0]?.date).toBe('2025-06-03');
  });

  it.each([['undated'], ['dated']])(
    'are told once, %s, and grow by outlets without anything said anew',
    async (dates) => {
      for (const order of some.slice(0, 6)) {
        const items = order.map((index, at) => ({
          ...savedText(texts[index]!.name, texts[index]!.text, `2025-06-05T1${at}:00:00.000Z`),
          publisher: `Outlet ${index}`,
          publishedAt: dates === 'dated' ? `2025-06-05T0${at}:30:00.000Z` : null,
        }));
        const { revisions } = await takeIn(items, facts);
        const said = revisions.map(({ changes }) => changes.filter((change) => substantialChanges.has(change)));
        expect(said, order.join(' ')).toEqual([['opened'], [], [], [], []]);
        expect(revisions.map(({ outlets }) => outlets.length)).toEqual([1, 2, 3, 4, 5]);
      }
    },
  );
});
