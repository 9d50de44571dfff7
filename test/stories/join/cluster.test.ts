import { describe, expect, it } from 'vitest';
import { emptyReading } from '../../../bench/empty-reading.ts';
import { article, clusterer, placeAll, removal, ruling } from './fixtures.ts';

const storm = `A storm tore roofs off houses in the harbour town of Marlow on Tuesday night and left four thousand homes
without power. The mayor opened two schools as shelters and asked people to stay off the coastal road until Thursday.`;
const stormAgain = `Four thousand homes in Marlow stayed dark on Wednesday after a storm ripped roofs from houses. Two schools
serve as shelters, the mayor said, and the coastal road stays shut.`;
const stormNext = `Roofs flew off houses when a storm hit Marlow on Sunday. Thousands of homes have no power, and the mayor has
opened schools as shelters while the coastal road is closed.`;
const strike = `Bus drivers in Ellington will strike for three days next week over night shifts, their union said after talks
with the city company ended without an offer. Trams and ferries are to run as usual.`;

describe('joining by words', () => {
  it('puts two reports of one event together and another event apart', () => {
    const found = placeAll(clusterer({ allForms: true }), [
      [article('a', 'Storm cuts power to 4,000 homes in Marlow', storm), emptyReading],
      [article('b', 'Ellington bus drivers to strike for three days', strike), emptyReading],
      [article('c', 'Marlow storm: thousands of homes without power', stormAgain), emptyReading],
    ]);
    expect(found['a']).toBe(found['c']);
    expect(found['b']).not.toBe(found['a']);
  });

  it('says why in words', () => {
    const joined = clusterer();
    joined.place(article('a', 'Storm cuts power to 4,000 homes in Marlow', storm), emptyReading);
    joined.assign('a', 's1');
    const placed = joined.place(
      article('c', 'Marlow storm: thousands of homes without power', stormAgain),
      emptyReading,
    );
    expect(placed.storyId).toBe('s1');
    expect(placed.joined.reasons.join('\n')).toMatch(/likeness .* of all words[\s\S]*published within a day/);
  });

  it('does not join the same words three weeks later', () => {
    const later = article('c', 'Marlow storm: thousands of homes without power', stormAgain, {
      publishedAt: '2026-03-31T12:00:00.000Z',
    });
    const found = placeAll(clusterer(), [
      [article('a', 'Storm cuts power to 4,000 homes in Marlow', storm), emptyReading],
      [later, emptyReading],
    ]);
    expect(found['c']).not.toBe(found['a']);
  });

  it('is not led by an undated report from one dated story to another, months apart', () => {
    const undated = { dated: 'arrival' as const };
    const found = placeAll(clusterer({ allForms: true }), [
      [article('u', 'Storm cuts power to thousands of homes in Marlow', stormAgain, undated), emptyReading],
      [article('a', 'Storm cuts power to 4,000 homes in Marlow', storm), emptyReading],
      [
        article('b', 'Thousands of homes in Marlow without power after storm', stormNext, {
          publishedAt: '2026-09-30T12:00:00.000Z',
        }),
        emptyReading,
      ],
    ]);
    expect(found['a']).toBe(found['u']);
    expect(found['b']).not.toBe(found['a']);
  });
});

describe('joining by structure', () => {
  it.each([
    ['RW', 'UG', 'Rwanda', 'Uganda'],
    ['NE', 'NG', 'Niger', 'Nigeria'],
    ['CD', 'CG', 'DR Congo', 'Republic of the Congo'],
    ['GN', 'GQ', 'Guinea', 'Equatorial Guinea'],
    ['SD', 'SS', 'Sudan', 'South Sudan'],
    ['DM', 'DO', 'Dominica', 'Dominican Republic'],
  ])('keeps %s and %s apart when told in the same words', (a, b, nameA, nameB) => {
    const title = (name: string) => `${name} agrees to accept deportees from the United States in new deal`;
    const found = placeAll(clusterer(), [
      [article('a', title(nameA)), removal(a, 'agreed')],
      [article('b', title(nameB)), removal(b, 'agreed')],
    ]);
    expect(found['a']).not.toBe(found['b']);
  });

  it('joins a French report of the same deal', () => {
    const text = 'Le gouvernement a annoncé mardi un accord pour accueillir des personnes expulsées des États-Unis.';
    const found = placeAll(clusterer(), [
      [article('a', 'Rwanda strikes deal to take deportees', storm), removal('RW', 'agreed')],
      [article('b', 'Kigali dit oui aux expulsés américains', text, { language: 'fr' }), removal('RW', 'agreed')],
    ]);
    expect(found['b']).toBe(found['a']);
  });

  it('keeps a denial within seven days in the story, and opens another for the first flight months later', () => {
    const found = placeAll(clusterer(), [
      [article('a', 'US asks Guinea to host deportees, agency says', ''), removal('GN', 'approached')],
      [
        article('b', 'Conakry turns Washington down', '', { publishedAt: '2026-03-14T12:00:00.000Z' }),
        removal('GN', 'refused'),
      ],
      [
        article('c', 'First deportees land in Conakry', '', { publishedAt: '2026-06-14T12:00:00.000Z' }),
        removal('GN', 'operational'),
      ],
    ]);
    expect(found['b']).toBe(found['a']);
    expect(found['c']).not.toBe(found['a']);
  });

  it('keeps a block and the stay of it apart, whatever the words', () => {
    const found = placeAll(clusterer(), [
      [article('a', 'District court blocks third-country removals'), ruling('d-mass', 'injunction')],
      [article('b', 'Appeals court lifts block on third-country removals'), ruling('ca1', 'stayed')],
    ]);
    expect(found['b']).not.toBe(found['a']);
  });

  it('keeps numbered flights apart', () => {
    const flight = (n: number) => removal('SZ', 'operational', { ordinals: [{ of: 'flight', n }] });
    const found = placeAll(clusterer(), [
      [article('a', 'Deportation flight lands in Eswatini'), flight(1)],
      [article('b', 'Deportation flight lands in Eswatini'), flight(2)],
    ]);
    expect(found['b']).not.toBe(found['a']);
  });
});

describe('forms, copies and versions', () => {
  it('never lets an opinion open a story; it joins as context', () => {
    const joined = clusterer();
    const opinion = { ...removal('RW', 'agreed'), form: 'opinion' as const };
    const alone = joined.place(article('a', 'Why Rwanda should think twice'), opinion);
    expect(alone).toMatchObject({ storyId: null, opens: false });
    joined.place(article('b', 'Rwanda strikes deal to take deportees'), removal('RW', 'agreed'));
    joined.assign('b', 's1');
    const placed = joined.place(article('c', 'Why Rwanda should think twice about the deal'), opinion);
    expect(placed).toMatchObject({ storyId: 's1', part: 'context' });
  });

  it('tells a copy under another title and date, and a newer version of a page', () => {
    const joined = clusterer();
    const page = { canonicalUrl: 'https://news.example.com/storm' };
    joined.place(article('a', 'Storm cuts power in Marlow', storm, page), emptyReading);
    joined.assign('a', 's1');
    const copy = article('b', 'Coast town in the dark', storm, { publishedAt: '2025-03-10T12:00:00.000Z' });
    expect(joined.place(copy, emptyReading)).toMatchObject({ storyId: 's1', copyOf: 'a', part: 'copy' });
    const edited = article('c', 'Storm cuts power in Marlow (updated)', stormAgain, page);
    expect(joined.place(edited, emptyReading)).toMatchObject({ storyId: 's1', editionOf: 'a', part: 'edition' });
  });
});

describe('the window', () => {
  it('comes back from storage as it was', () => {
    const joined = clusterer();
    joined.restore(article('a', 'Storm cuts power to 4,000 homes in Marlow', storm), emptyReading, 's7');
    const placed = joined.place(
      article('c', 'Marlow storm: thousands of homes without power', stormAgain),
      emptyReading,
    );
    expect(placed.storyId).toBe('s7');
  });

  it('forgets what is old, dated or not, and all trace of it', () => {
    const joined = clusterer();
    const told = { publishedAt: '2026-03-01T00:00:00.000Z' };
    joined.restore(article('a', 'Storm cuts power in Marlow', storm, told), removal('RW', 'agreed'), 's1');
    joined.restore(article('b', 'Strike in Ellington', strike, { ...told, dated: 'arrival' }), emptyReading, 's2');
    expect(joined.evict('2026-03-05T00:00:00.000Z')).toBe(2);
    expect(joined.size()).toEqual({ articles: 0, stories: 0, terms: 0 });
  });
});

describe('mending', () => {
  it('merges young twins when a later article shows that they are one', () => {
    const joined = clusterer();
    joined.restore(article('a', 'Rwanda strikes deal', storm), removal('RW', 'agreed'), 's1');
    joined.restore(article('b', 'Kigali will take deportees', strike), removal('RW', 'agreed'), 's2');
    joined.assign('b', 's2');
    expect(joined.repair()).toMatchObject([{ kind: 'merge', into: 's1', from: 's2' }]);
  });

  it('splits off a member that tells of another country', () => {
    const joined = clusterer();
    joined.restore(article('a', 'Rwanda strikes deal', storm), removal('RW', 'agreed'), 's1');
    joined.restore(article('b', 'Rwanda agrees', storm), removal('RW', 'agreed'), 's1');
    joined.restore(article('c', 'Uganda agrees', storm), removal('UG', 'agreed'), 's1');
    joined.assign('c', 's1');
    const [repair] = joined.repair();
    expect(repair).toMatchObject({ kind: 'split', story: 's1', articles: ['c'] });
  });

  it('gives the same stories whatever the order of arrival', () => {
    const given = [
      [article('a', 'Storm cuts power to 4,000 homes in Marlow', storm), emptyReading],
      [article('b', 'Rwanda strikes deal to take deportees', 'Kigali said so.'), removal('RW', 'agreed')],
      [article('c', 'Marlow storm: thousands of homes without power', stormAgain), emptyReading],
      [article('d', 'Kigali confirms agreement with Washington', ''), removal('RW', 'agreed')],
      [article('e', 'Uganda strikes deal to take deportees', 'Kampala said so.'), removal('UG', 'agreed')],
    ] as const;
    const groups = (found: Record<string, string | null>) =>
      given.map(([one]) => given.findIndex(([other]) => found[other.id] === found[one.id]));
    const expected = groups(placeAll(clusterer(), given));
    expect(expected).toEqual([0, 1, 0, 1, 4]);
    for (let turn = 1; turn < given.length; turn++) {
      const turned = [...given.slice(turn), ...given.slice(0, turn)];
      expect(groups(placeAll(clusterer(), turned))).toEqual(expected);
      expect(groups(placeAll(clusterer(), turned.toReversed()))).toEqual(expected);
    }
  });
});

describe('context that comes early', () => {
  it('waits, and is adopted by the story it comments on', () => {
    const joined = clusterer();
    const opinion = { ...removal('RW', 'agreed'), form: 'opinion' as const };
    joined.place(article('a', 'Why Rwanda should think twice about the deal'), opinion);
    expect(joined.adopt()).toEqual([]);
    joined.place(article('b', 'Uganda strikes deal to take deportees'), removal('UG', 'agreed'));
    joined.assign('b', 's1');
    expect(joined.adopt()).toEqual([]);
    joined.place(article('c', 'Rwanda strikes deal to take deportees'), removal('RW', 'agreed'));
    joined.assign('c', 's2');
    expect(joined.adopt()).toMatchObject([{ article: { id: 'a' }, storyId: 's2', joined: { how: 'repaired' } }]);
    expect(joined.storyOf('a')).toBe('s2');
    expect(joined.adopt()).toEqual([]);
  });
});
