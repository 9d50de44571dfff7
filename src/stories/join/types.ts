import type { Article } from '../../core/article.ts';
import type { Reading } from '../../core/reading.ts';
import type { Joined, StoryMember } from '../../core/story.ts';

/** Where one article belongs. The caller stores it and answers with `assign`. */
export interface Placement {
  /** The story it joins; null when it joins none. */
  storyId: string | null;
  /** True when it may open a story of its own (only when `storyId` is null). */
  opens: boolean;
  /** What it counts as in that story: `copy` and `edition` and `context` add no evidence. */
  part: StoryMember['part'];
  joined: Joined;
  /** The article that this one is a near-copy of (syndication, aggregator, another title). */
  copyOf?: string;
  /** The earlier version of the same page. */
  editionOf?: string;
}

/** A context article that found its story late. */
export interface Adoption {
  article: Article;
  reading: Reading;
  storyId: string;
  joined: Joined;
}

/** A proposal to mend what arrival order made wrong. Nothing changes until `applyRepair`. */
export type Repair =
  | { kind: 'merge'; into: string; from: string; score: number; reasons: readonly string[] }
  /** `articles` leave `story` for a new one of their own. */
  | { kind: 'split'; story: string; articles: readonly string[]; score: number; reasons: readonly string[] };

export interface ClustererOptions {
  /** Days between two articles within which words alone may join them. Default 3. */
  windowDays?: number;
  /** Days within which the same structure (act, countries, stage, court, number) joins. Default 7. */
  structureDays?: number;
  /** Cluster everything: every form may open a story (`classify --all`). Default false. */
  allForms?: boolean;
}

/**
 * The active window of articles and their stories, in memory. It never makes ids nor reads a clock:
 * times are the articles' own. Order of calls for one article: `place`, then `assign` if it has a story.
 */
export interface Clusterer {
  /** Finds the story of an article and indexes it. Placing an id again replaces the earlier version. */
  place(article: Article, reading: Reading): Placement;
  /** Says which story a placed article is in (opened, joined or moved). Unknown ids are ignored. */
  assign(articleId: string, storyId: string): void;
  /** Rebuilds the window from storage: indexes without deciding. Any order. */
  restore(article: Article, reading: Reading, storyId: string | null): void;
  /** Story of an article in the window, or null. */
  storyOf(articleId: string): string | null;
  /** Proposals since the last call: only stories that changed and their neighbours are looked at. */
  repair(): readonly Repair[];
  /**
   * Opinions, explainers and the like that came before the story they comment on, and that now have one: they are
   * assigned already. Only those near stories that changed since the last call are looked at.
   */
  adopt(): readonly Adoption[];
  /** Carries out a proposal in the window; `newStoryId` is needed for a split. */
  applyRepair(repair: Repair, newStoryId?: string): void;
  /** Forgets articles published before `before` (ISO 8601); answers how many. */
  evict(before: string): number;
  /** Takes one article out (withdrawn, erased). */
  remove(articleId: string): void;
  size(): { articles: number; stories: number; terms: number };
}

/** Learned figures, read from `config/model/*.json` by `loadModel(folder)` in ./model.ts. */
export interface Model {
  version: number;
  /** Documents behind `frequencies`. */
  documents: number;
  /** Term id (see ./text.ts) to number of documents that hold it; rarer terms are absent. */
  frequencies: ReadonlyMap<number, number>;
  /** Term id to the share of its occurrences (0 to 1) that are proper names. */
  properness: ReadonlyMap<number, number>;
  /** One article against another, by what is known of both. */
  pair: Readonly<Record<Regime, Weights>>;
  /** One article against a story. */
  story: Readonly<Record<Regime, Weights>>;
  /** The same without regard to other stories: for repair. */
  link: Readonly<Record<Regime, Weights>>;
  /** Log-odds from which a story is joined, two stories are merged, and below which a member is let go. */
  joinAt: Readonly<Record<Regime, number>>;
  mergeAt: Readonly<Record<Regime, number>>;
  splitAt: Readonly<Record<Regime, number>>;
}

/** `full`: text and date on both sides; `bare`: a side is only a headline; `undated`: a side has no date. */
export type Regime = 'full' | 'bare' | 'undated';

/** Log-odds of a feature vector: bias, and for each feature a weight and hinges at its knots. */
export type Weights = readonly number[];

/** `createClusterer` in ./cluster.ts. */
export type CreateClusterer = (deps: { model: Model; options?: ClustererOptions }) => Clusterer;
