import { describe, expect, it } from 'vitest';
import { createClusterer } from '../../../src/stories/join/cluster.ts';
import { loadModel } from '../../../src/stories/join/model.ts';
import { shippedReader } from '../../fakes/pipeline.ts';
import { agreed, asked, banned, type Frame, refused, twins } from '../near-twins.ts';

const model = loadModel('config/model');

function read({ language, title, lead }: Frame, code: string, name: string) {
  const [headline, text] = [title, lead].map((one) => one.replaceAll('{}', name)) as [string, string];
  const publishedAt = `2026-03-10T1${code.charCodeAt(1) % 10}:00:00.000Z`;
  const raw = { id: code, url: null, publisher: `Outlet ${code}`, sourceId: null, sourceKind: 'news' as const };
  const rest = { html: null, updatedAt: null, author: null, language, publishedAt, arrivedAt: publishedAt };
  return shippedReader({ ...raw, ...rest, title: headline, text });
}

/** Story by code after all were placed in the given order and mended until nothing is left to mend. */
function storiesOf(articles: readonly ReturnType<typeof read>[]): string[] {
  const clusterer = createClusterer({ model });
  let fresh = 0;
  const mend = () => {
    const repairs = clusterer.repair();
    for (const repair of repairs) clusterer.applyRepair(repair, `r${fresh++}`);
    return repairs.length > 0;
  };
  for (const { article, reading } of articles) {
    const placed = clusterer.place(article, reading);
    clusterer.assign(article.id, placed.storyId ?? `s${fresh++}`);
    mend();
  }
  for (let round = 0; round < 20 && mend(); round++);
  return articles.map(({ article }) => clusterer.storyOf(article.id) ?? '');
}

describe('near-twins of one day in the same words', () => {
  const frames = [...agreed, ...refused, ...asked, ...banned];

  it.each(frames)('stay apart in $language, $stage, in whatever order they come', (frame) => {
    const named = Object.entries(twins[frame.language] ?? {});
    const articles = named.map(([code, name]) => read(frame, code, name));
    expect(articles.flatMap(({ article, reading }) => (reading.relevant ? [] : [article.title]))).toEqual([]);
    for (const order of [articles, articles.toReversed()]) {
      expect(new Set(storiesOf(order)).size).toBe(named.length);
    }
  });
});
