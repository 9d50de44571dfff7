import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import type { RawArticle } from '../../src/core/article.ts';
import { savedText, shippedFacts, takeIn } from '../fakes/pipeline.ts';

const Group = z.strictObject({
  /** `certainty: headline` of every story that the articles end in. */
  alerts: z.array(z.string()),
  articles: z.array(z.strictObject({ by: z.string(), day: z.string(), t: z.string(), x: z.string() })),
});

const groups = ['alerts', 'alerts-longer'].flatMap((name) => {
  const text = readFileSync(new URL(`../fixtures/reading/${name}.yaml`, import.meta.url), 'utf8');
  return z.array(Group).parse(parse(text));
});

function articleOf({ by, day, t, x }: z.infer<typeof Group>['articles'][number], at: number): RawArticle {
  const published = `${day}T12:0${at}:00.000Z`;
  return { ...savedText(`${by} ${at}`, x, published), publisher: by, title: t, publishedAt: published };
}

describe('alerts claim what their articles tell', () => {
  it.each(groups.map((group) => [group.articles[0]?.t ?? '', group] as const))('%s', async (_, group) => {
    const { stories } = await takeIn(group.articles.map(articleOf), shippedFacts());
    expect(stories.map(({ certainty, headline }) => `${certainty}: ${headline}`).toSorted()).toEqual(group.alerts);
  });
});
