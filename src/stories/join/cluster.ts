import type { Article } from '../../core/article.ts';
import type { Reading } from '../../core/reading.ts';
import { isCorrectionTitle } from '../correction-title.ts';
import { createWaiting } from './adopt.ts';
import { decide } from './decide.ts';
import { proposeRepairs } from './repair.ts';
import { createScorer } from './score.ts';
import { createComparer } from './similarity.ts';
import { readStructure } from './structure.ts';
import type { Clusterer, ClustererOptions, Model, Repair } from './types.ts';
import { createVectoriser, type Vectorise } from './vector.ts';
import { createWindow, type Item } from './window.ts';

const dayLength = 86_400_000;
/** Days within which words alone may join, and within which structure does. */
const defaultDays = 3;
const defaultStructureDays = 7;

function toItem(article: Article, reading: Reading, vectorise: Vectorise, order: number): Item {
  const time = article.dated === 'arrival' ? Number.NaN : Date.parse(article.publishedAt);
  return {
    id: article.id,
    vector: vectorise(article),
    time,
    day: Math.floor(time / dayLength),
    arrived: Date.parse(article.arrivedAt),
    outlet: (article.publisherFamily ?? article.publisher)?.toLowerCase() ?? null,
    story: null,
    structure: readStructure(article, reading),
    news: reading.form === 'news',
    language: article.language,
    canonicalUrl: article.canonicalUrl,
    title: article.title,
    corrects: correctedCountries(article, reading),
    bound: null,
    scored: { serial: 0, odds: 0 },
    order,
  };
}

function correctedCountries({ title }: Article, { countries, correction }: Reading): readonly string[] | null {
  return correction !== null && isCorrectionTitle(title) ? Object.values(countries).flat() : null;
}

/** Joins articles into stories. Deterministic: the same calls give the same answers. */
export function createClusterer(deps: { model: Model; options?: ClustererOptions }): Clusterer {
  const { model, options = {} } = deps;
  const vectorise = createVectoriser(model);
  const window = createWindow();
  const comparer = createComparer();
  const days = options.windowDays ?? defaultDays;
  const structureDays = options.structureDays ?? defaultStructureDays;
  const scorer = createScorer(model, comparer);
  const shared = { model, window, comparer, scorer, days, structureDays, allForms: options.allForms ?? false };
  const dirty = new Set<string>();
  const changed = new Set<string>();
  const waiting = createWaiting(shared);
  let order = 0;

  function touch(story: string): void {
    dirty.add(story);
    changed.add(story);
  }

  function mergeStories(from: string, into: string): void {
    for (const item of window.members(from)) window.assign(item, into);
    dirty.add(into);
  }

  function splitStory(story: string, articles: readonly string[], fresh: string): void {
    for (const id of articles) {
      const item = window.get(id);
      if (!item) continue;
      window.assign(item, fresh);
      item.left = (item.left ?? new Set()).add(story);
    }
    dirty.add(story);
    dirty.add(fresh);
  }

  function applyRepair(repair: Repair, newStoryId?: string): void {
    if (repair.kind === 'merge') return mergeStories(repair.from, repair.into);
    if (newStoryId === undefined) throw new Error(`a split of story ${repair.story} needs an id for the new story`);
    splitStory(repair.story, repair.articles, newStoryId);
  }

  return {
    place(article, reading) {
      const before = window.remove(article.id);
      const item = toItem(article, reading, vectorise, order++);
      const earlier = before ?? (item.canonicalUrl === null ? undefined : window.byUrl(item.canonicalUrl));
      const placement = decide(shared, item, earlier);
      item.story = placement.storyId;
      // An edited page is no edition of another: it may leave the story that it no longer fits.
      const of = placement.editionOf ?? placement.copyOf ?? null;
      item.bound = of === item.id ? (before?.bound ?? null) : of;
      window.add(item);
      if (before) waiting.remove(before);
      if (item.story !== null) touch(item.story);
      else if (!placement.opens) waiting.add(item, article, reading);
      return placement;
    },
    assign(articleId, storyId) {
      const item = window.get(articleId);
      if (!item) return;
      // A story just opened was compared with all others when its article was placed.
      const opened = item.story === null && window.members(storyId).size === 0;
      if (item.story !== storyId) window.assign(item, storyId);
      if (!opened) dirty.add(storyId);
      changed.add(storyId);
      waiting.remove(item);
    },
    restore(article, reading, storyId) {
      const before = window.remove(article.id);
      if (before) waiting.remove(before);
      const item = { ...toItem(article, reading, vectorise, order++), story: storyId };
      window.add(item);
      if (storyId === null && reading.relevant && !item.news && !shared.allForms) waiting.add(item, article, reading);
    },
    storyOf: (articleId) => window.get(articleId)?.story ?? null,
    repair() {
      const stories = [...dirty];
      dirty.clear();
      return proposeRepairs(shared, stories);
    },
    adopt() {
      const stories = [...changed];
      changed.clear();
      return waiting.adopt(stories);
    },
    applyRepair,
    evict(before) {
      const limit = Date.parse(before);
      const old = [...window.items()].filter(({ time, arrived }) => (Number.isNaN(time) ? arrived : time) < limit);
      for (const item of old) {
        window.remove(item.id);
        waiting.remove(item);
      }
      return old.length;
    },
    remove(articleId) {
      const item = window.remove(articleId);
      if (item) waiting.remove(item);
    },
    size: () => window.size(),
  };
}
