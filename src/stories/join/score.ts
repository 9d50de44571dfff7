import { type Feature, logOdds } from './logistic.ts';
import { type Comparer, gapOf, pairFeatures, regimeOf } from './similarity.ts';
import type { Model, Regime } from './types.ts';
import type { Item, Window } from './window.ts';

/** How an article stands to the members of a story. */
export const linkFeatures: readonly Feature[] = [
  ['max', -2, 0, 2],
  ['mean', -2, 0, 2],
  ['least', -2, 0],
  ['size', 1.3, 1.8, 2.5],
  ['sameOutlet'],
  ['gap', 0.6, 1.6],
  ['span', 1.1, 3],
  ['length', 0.5, 1.5, 2.5],
];

/** The same, and how well the best other story fits. */
export const storyFeatures: readonly Feature[] = [...linkFeatures, ['others', -2, 0, 2]];

/** One story as a home for an article. */
export interface Candidate {
  story: string;
  regime: Regime;
  /** Log-odds that the article tells what the story tells. */
  score: number;
  values: Float64Array;
  /** The member it is most like, and how much. */
  nearest: Item;
  nearestOdds: number;
}

const noOthers = -8;

/** Values of `storyFeatures` from those of `linkFeatures`: the same array, which has a place for it. */
export function withOthers(values: Float64Array, others: number): Float64Array {
  values[linkFeatures.length] = Math.max(noOthers, others);
  return values;
}

const storiesLooked = 8;
const membersLooked = 10;

/** Compares one loaded article with others, each once. */
export interface Scorer {
  load(item: Item): void;
  /** Log-odds that the loaded article and `other` tell the same. */
  odds(other: Item): number;
}

export function createScorer(model: Model, comparer: Comparer): Scorer {
  let loaded: Item | null = null;
  let serial = 0;
  return {
    load(item) {
      if (loaded === item) return;
      loaded = item;
      serial++;
      comparer.load(item);
    },
    odds(other) {
      const { scored } = other;
      if (scored.serial === serial) return scored.odds;
      if (!loaded) throw new Error('odds() before load()');
      scored.odds = logOdds(pairFeatures, comparer.compare(other), model.pair[regimeOf(loaded, other)]);
      scored.serial = serial;
      return scored.odds;
    },
  };
}

interface Gathered {
  nearest: Item;
  odds: number;
}

/** Compares an item with members of one story: the newest few and those already found alike. */
export function storyValues(
  scorer: Scorer,
  item: Item,
  members: ReadonlySet<Item>,
): { values: Float64Array; nearest: Item; odds: number } | null {
  let count = 0;
  let looked = 0;
  let skip = members.size - membersLooked - 1;
  let sum = 0;
  let max = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let nearest: Item | null = null;
  let outlet = 0;
  let gap = 8;
  let span = 0;
  for (const member of members) {
    if (member.id === item.id) continue;
    count++;
    if (skip-- > 0) continue;
    looked++;
    const odds = scorer.odds(member);
    sum += odds;
    if (odds > max) {
      max = odds;
      nearest = member;
    }
    if (odds < least) least = odds;
    const away = gapOf(item, member);
    if (away < gap) gap = away;
    if (away > span) span = away;
    if (item.outlet !== null && item.outlet === member.outlet) outlet = 1;
  }
  if (!nearest) return null;
  const values = Float64Array.of(
    max,
    sum / looked,
    least,
    Math.log2(1 + count),
    outlet,
    gap,
    span,
    Math.min(item.vector.words, nearest.vector.words) / 100,
    noOthers,
  );
  return { values, nearest, odds: max };
}

/** The stories an item may belong to, best first. `permitted` leaves members out of account (a veto). */
export function rankStories(model: Model, window: Window, scorer: Scorer, item: Item, days: number): Candidate[] {
  scorer.load(item);
  const found = new Map<string, Gathered>();
  for (const other of window.similar(item, days)) {
    if (other.story === null) continue;
    const odds = scorer.odds(other);
    const best = found.get(other.story);
    if (!best || odds > best.odds) found.set(other.story, { nearest: other, odds });
  }
  const ordered = [...found].sort((a, b) => b[1].odds - a[1].odds || (a[0] < b[0] ? -1 : 1)).slice(0, storiesLooked);
  const candidates: Candidate[] = [];
  for (const [i, [story]] of ordered.entries()) {
    const told = storyValues(scorer, item, window.members(story));
    if (!told) continue;
    const regime = regimeOf(item, told.nearest);
    const others = (i === 0 ? ordered[1] : ordered[0])?.[1].odds ?? noOthers;
    const values = withOthers(told.values, others);
    const score = logOdds(storyFeatures, values, model.story[regime]);
    candidates.push({ story, regime, score, values, nearest: told.nearest, nearestOdds: told.odds });
  }
  return candidates.sort((a, b) => b.score - a.score || (a.story < b.story ? -1 : 1));
}
