import { describe, expect, it } from 'vitest';
import { bcubed, pairwise } from '../../../bench/score.ts';
import { sketchLikeness, sketchOf } from '../../../src/stories/join/copies.ts';
import { expand, type Feature, logOdds, weightCount } from '../../../src/stories/join/logistic.ts';
import { loadModel } from '../../../src/stories/join/model.ts';
import { createPostings } from '../../../src/stories/join/postings.ts';
import { stem, tokenise } from '../../../src/stories/join/text.ts';
import { createVectoriser } from '../../../src/stories/join/vector.ts';

describe('words', () => {
  it('brings forms of a verb together and reads number words', () => {
    expect(new Set(['block', 'blocks', 'blocked', 'blocking'].map(stem)).size).toBe(1);
    expect(tokenise('Five men', 10)[0]).toMatchObject({ term: '5', number: true });
  });

  it('knows words again however many it has seen', () => {
    const words = Array.from({ length: 40_000 }, (_, n) => `Word${n.toString(36)}x`);
    const first = words.map((word) => tokenise(word, 1)[0]);
    expect(new Set(first.map((token) => token?.term)).size).toBe(words.length);
    expect(words.map((word) => tokenise(word, 1)[0])).toEqual(first);
  });

  it('knows a capital that does not begin a sentence', () => {
    const tokens = tokenise('Officials met in Kigali. Talks ended.', 20);
    expect(tokens.filter(({ capital }) => capital).map(({ term }) => term)).toEqual(['kigali']);
  });
});

describe('the logistic model', () => {
  const features: readonly Feature[] = [['x', 0.5], ['y']];

  it('bends at its knots', () => {
    const weights = [1, 2, -4, 3];
    expect(weightCount(features)).toBe(weights.length);
    expect(logOdds(features, [0.25, 1], weights)).toBeCloseTo(1 + 0.5 + 3);
    expect(logOdds(features, [1, 0], weights)).toBeCloseTo(1 + 2 - 2);
  });

  it('is trained on the values it is asked with', () => {
    const expanded = new Float64Array(weightCount(features));
    expand(features, [0.75, 2], expanded);
    const weights = [0.3, -1, 2, 0.5];
    const sum = expanded.reduce((total, value, i) => total + value * (weights[i] ?? 0), 0);
    expect(sum).toBeCloseTo(logOdds(features, [0.75, 2], weights));
  });

  it('names the file when the model is missing', () => {
    expect(() => loadModel('no/such/folder')).toThrow(/terms\.json/);
  });
});

describe('copies', () => {
  const words = (n: number, from = 0) => Array.from({ length: n }, (_, i) => `word${from + i}`).join(' ');
  const sketch = (text: string) => sketchOf(tokenise(text, 400));

  it('are alike when a few words are added, and not when the text is another', () => {
    expect(sketchLikeness(sketch(words(120)), sketch(`${words(120)} and three more here`))).toBeGreaterThan(0.8);
    expect(sketchLikeness(sketch(words(120)), sketch(words(120, 500)))).toBe(0);
  });

  it('are not told from a few words', () => {
    expect(sketch('four words only here')).toHaveLength(0);
  });
});

describe('the index', () => {
  const vectorise = createVectoriser(loadModel('config/model'));
  const vector = vectorise({ title: 'Storm cuts power to homes in Marlow', text: '' });

  it('finds articles within the window, and undated ones always', () => {
    const index = createPostings();
    index.add(1, 100, vector);
    index.add(2, 108, vector);
    index.add(3, Number.NaN, vector);
    expect(new Set(index.candidates(vector, 100, 3))).toEqual(new Set([1, 3]));
    expect(new Set(index.candidates(vector, Number.NaN, 3))).toEqual(new Set([1, 2, 3]));
  });

  it('looks at a bounded number of articles however many share a word', () => {
    const index = createPostings();
    for (let slot = 0; slot < 5000; slot++) index.add(slot, 100, vector);
    const found = index.candidates(vector, 100, 3);
    expect(found).toHaveLength(32);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(5000 - 256);
  });

  it('is empty again when all is removed', () => {
    const index = createPostings();
    index.add(1, 100, vector);
    index.remove(1, 100, vector);
    expect(index.terms()).toBe(0);
    expect(index.candidates(vector, 100, 3)).toEqual([]);
  });
});

describe('scores', () => {
  it('are 1 for the same grouping under other names', () => {
    expect(bcubed(['a', 'a', 'b'], ['x', 'x', 'y']).f1).toBe(1);
    expect(pairwise(['a', 'a', 'b'], ['x', 'x', 'y']).f1).toBe(1);
  });

  it('know a wrong merge and a missed one', () => {
    expect(bcubed(['a', 'a', 'b', 'c'], ['x', 'x', 'x', 'y'])).toMatchObject({
      recall: 1,
      precision: (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4,
    });
    expect(pairwise(['a', 'a', 'a'], ['x', 'x', 'y'])).toMatchObject({ precision: 1, recall: 1 / 3 });
  });
});
