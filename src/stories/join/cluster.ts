import type { Article } from '../../core/article.ts';
import type { Reading } from '../../core/story.ts';
import { compareStories } from './compare.ts';
import { proposeRepairs } from './repair.ts';
import { type Candidate, rankStories } from './score.ts';
import { createComparer } from './similarity.ts';
import { readStructure } from './structure.ts';
import type { Clusterer, ClustererOptions, Model, Placement } from './types.ts';
import { createVectoriser, type Vectorise } from './vector.ts';
import { createWindow, type Item } from './window.ts';

const dayLength = 86_400_000;

function toItem(article: Article, reading: Reading, vectorise: Vectorise, order: number): Item {
  const time = article.dated === 'arrival' ? Number.NaN : Date.parse(article.publishedAt);
  return {
    id: article.id,
    vector: vectorise(article),
    time,
    day: Math.floor(time / dayLength),
    outlet: (article.publisherFamily ?? article.publisher)?.toLowerCase() ?? null,
    story: null,
    structure: readStructure(article, reading),
    news: reading.form === 'news',
    canonicalUrl: article.canonicalUrl,
    title: article.title,
    order,
  };
}

/** Joins articles into stories. Deterministic: the same calls give the same answers. */
export function createClusterer(deps: { model: Model; options?: ClustererOptions }): Clusterer {
  const { model, options = {} } = deps;
  const days = options.windowDays ?? 3;
  const vectorise = createVectoriser(model);
  const window = createWindow();
  const comparer = createComparer();
  const dirty = new Set<string>();
  let order = 0;

  function keyedStories(item: Item): Candidate[] {
    return [];
  }

  function decide(item: Item): Placement {
    const opens = options.allForms === true || item.news;
    for (const candidate of [...keyedStories(item), ...rankStories(model, window, comparer, item, days)]) {
      const structure = compareStories([item], [...window.members(candidate.story)]);
      if (structure.verdict === 'different') continue;
      if (structure.verdict === 'unknown' && candidate.score < model.joinAt[candidate.regime]) continue;
      return {
        storyId: candidate.story,
        opens: false,
        part: item.news ? 'evidence' : 'context',
        joined: { how: 'joined', score: candidate.score, reasons: structure.reasons },
      };
    }
    return {
      storyId: null,
      opens,
      part: opens ? 'evidence' : 'context',
      joined: { how: 'opened', score: 0, reasons: [] },
    };
  }

  return {
    place(article, reading) {
      window.remove(article.id);
      const item = toItem(article, reading, vectorise, order++);
      const placement = decide(item);
      item.story = placement.storyId;
      window.add(item);
      if (item.story !== null) dirty.add(item.story);
      return placement;
    },
    assign(articleId, storyId) {
      const item = window.get(articleId);
      if (!item) return;
      if (item.story !== storyId) window.assign(item, storyId);
      dirty.add(storyId);
    },
    restore(article, reading, storyId) {
      window.remove(article.id);
      window.add({ ...toItem(article, reading, vectorise, order++), story: storyId });
    },
    storyOf: (articleId) => window.get(articleId)?.story ?? null,
    repair() {
      const stories = [...dirty];
      dirty.clear();
      return proposeRepairs({ model, window, comparer, days }, stories);
    },
    applyRepair(repair, newStoryId) {
      if (repair.kind === 'merge') {
        for (const item of [...window.members(repair.from)]) window.assign(item, repair.into);
        dirty.add(repair.into);
        return;
      }
      if (newStoryId === undefined) throw new Error(`a split of story ${repair.story} needs an id for the new story`);
      for (const id of repair.articles) {
        const item = window.get(id);
        if (item) window.assign(item, newStoryId);
      }
      dirty.add(repair.story);
      dirty.add(newStoryId);
    },
    evict(before) {
      const limit = Date.parse(before);
      const old = [...window.items()].filter((item) => item.time < limit);
      for (const item of old) window.remove(item.id);
      return old.length;
    },
    remove(articleId) {
      window.remove(articleId);
    },
    size: window.size,
  };
}
