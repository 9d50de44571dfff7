import { describe, expect, it } from 'vitest';
import type { Story } from '../../src/core/story.ts';
import { createClusterer } from '../../src/stories/join/cluster.ts';
import { corpusPresent, goldArticle, goldReading, type Row, readJson, readRows } from '../fakes/devcorpus.ts';
import { shippedModel, shippedReader } from '../fakes/pipeline.ts';
import { type Expected, replay, type Said } from '../fakes/replay.ts';
import { scriptedClusterer } from '../fakes/stories.ts';

function eventsOf(said: readonly Said[]) {
  return said.map(({ step, story, kind }) => ({ step, story, kind }));
}

const words: Readonly<Record<string, string>> = { 'new stage': 'stage', 'new certainty': 'certainty' };

function expectReasons(said: readonly Said[], expected: Expected): void {
  for (const event of expected.events) {
    const reasons = said.find(({ step }) => step === event.step)?.reasons ?? [];
    const due = (event.reasons ?? []).map((reason) => words[reason] ?? reason);
    expect(reasons, `step ${event.step}`).toEqual(expect.arrayContaining(due));
  }
}

function expectFinal(stories: readonly Story[], nameOf: (story: Story) => string | null, expected: Expected): void {
  for (const final of expected.final) {
    const story = stories.find((one) => nameOf(one) === final.story);
    expect(story?.outlets.length, final.story).toBe(final.sources);
    expect(story?.originators.map(({ name }) => name).toSorted(), final.story).toEqual(final.originators.toSorted());
    expect(story?.certainty, final.story).toBe(final.certainty);
  }
}

describe.skipIf(!corpusPresent)('the replay of the development corpus (absent: not run)', () => {
  it('is told exactly as its policy expects when reading and joining are perfect', async () => {
    const expected = readJson('expected.json') as Expected;
    // An aggregator's titles end in the outlet's name, which is taken off before reading.
    const titles = (row: Row) => [row.title, row.title.replace(` - ${row.outlet}`, '')];
    const byTitle = new Map(
      readRows().flatMap((row) => titles(row).map((title): [string, Row] => [`${title}|${row.url}`, row])),
    );
    const rowOf = (article: { title: string | null; url: string | null }): Row => {
      const row = byTitle.get(`${article.title}|${article.url}`);
      if (!row) throw new Error(`no row for ${article.title}`);
      return row;
    };
    const clusterer = scriptedClusterer(
      (article) => rowOf(article).story,
      (article) => (article.title.startsWith('Opinion') || rowOf(article).roundup ? 'context' : 'evidence'),
    );
    const { said, stories, nameOf } = await replay((raw) => {
      const row = rowOf(raw);
      return { article: goldArticle(raw, row), reading: goldReading(row) };
    }, clusterer);
    expect(eventsOf(said)).toEqual(eventsOf(expected.events as Said[]));
    expectReasons(said, expected);
    expectFinal(stories, nameOf, expected);
  });

  it('is told exactly as its policy expects by the shipped reader and model', async () => {
    const expected = readJson('expected.json') as Expected;
    const { said, stories, nameOf } = await replay(shippedReader, createClusterer({ model: shippedModel }));
    expect(eventsOf(said)).toEqual(eventsOf(expected.events as Said[]));
    expectReasons(said, expected);
    expectFinal(stories, nameOf, expected);
  });
});
