import { describe, expect, it } from 'vitest';
import { ClassifyLine } from '../../src/core/answers/story.ts';
import type { RawArticle } from '../../src/core/article.ts';
import { type ClassifyOptions, type ClassifyRow, classifyRows } from '../../src/stories/classify.ts';
import { article } from '../fakes/samples.ts';
import { readingOf, scriptedClusterer } from '../fakes/stories.ts';

const now = '2026-11-21T12:00:00.000Z';

function classify(rows: readonly ClassifyRow[], options: Partial<ClassifyOptions> = {}) {
  const seen: RawArticle[] = [];
  const clusterer = scriptedClusterer((one) => one.title.split(' ')[0] ?? null);
  const reader = (raw: RawArticle) => {
    seen.push(raw);
    const one = article(raw.id, { title: raw.title ?? '', publishedAt: raw.publishedAt ?? raw.arrivedAt });
    return { article: one, reading: readingOf({ relevant: raw.title !== 'noise' }) };
  };
  return { told: classifyRows(rows, { reader, clusterer }, { now, ...options }), seen, clusterer };
}

describe('classifying rows', () => {
  it('gives one line a row, in order, with stories shared by what belongs together', () => {
    const { told } = classify([
      { id: 'x', title: 'one a' },
      { id: 7, title: 'two' },
      { title: 'one b' },
      { title: 'noise' },
    ]);
    expect(told.map(({ id, story, relevant }) => [id, story, relevant])).toEqual([
      ['x', 's1', true],
      [7, 's2', true],
      [3, 's1', true],
      [4, null, false],
    ]);
    for (const line of told) ClassifyLine.parse(JSON.parse(JSON.stringify(line)));
  });

  it('clusters irrelevant rows too when asked', () => {
    expect(classify([{ title: 'noise' }], { all: true }).told[0]).toMatchObject({ relevant: false, story: 's1' });
  });

  it('gives final ids: a merge after the last row reaches the first', () => {
    const rows = [{ title: 'one' }, { title: 'two' }, { title: 'three' }];
    const clusterer = scriptedClusterer((one) => one.title);
    const reader = (raw: RawArticle) => {
      if (raw.title === 'three')
        clusterer.proposals.push({ kind: 'merge', into: 's1', from: 's2', score: 1, reasons: ['twins'] });
      return { article: article(raw.id, { title: raw.title ?? '' }), reading: readingOf() };
    };
    expect(classifyRows(rows, { reader, clusterer }, { now }).map(({ story }) => story)).toEqual(['s1', 's1', 's3']);
  });

  it('takes an undated row to arrive with the row before it', () => {
    const { seen } = classify([
      { title: 'a' },
      { title: 'b', published: '2026-01-12T08:00:00Z' },
      { title: 'c', published: null },
      { title: 'd', published: '2126-01-01' },
    ]);
    expect(seen.map(({ arrivedAt }) => arrivedAt)).toEqual(Array(4).fill('2026-01-12T08:00:00.000Z'));
    expect(seen.map(({ publishedAt }) => publishedAt?.slice(0, 4) ?? null)).toEqual([null, '2026', null, '2126']);
  });

  it('reads html before text unless told otherwise, and outlet as publisher', () => {
    const row = { html: '<p>h</p>', text: 't', outlet: 'The Example' };
    expect(classify([row]).seen[0]).toMatchObject({ html: '<p>h</p>', publisher: 'The Example' });
    expect(classify([row], { useText: true }).seen[0]).toMatchObject({ html: null, text: 't' });
    expect(classify([{ html: '<p>h</p>' }], { useText: true }).seen[0]).toMatchObject({ html: '<p>h</p>' });
  });

  it('takes rows of anything: missing, null, of another type', () => {
    const { told } = classify([{}, { id: null, title: 3, published: 'soon', html: [], text: {} }, { line: 9 }]);
    expect(told.map(({ id }) => id)).toEqual([1, 2, 9]);
  });
});
