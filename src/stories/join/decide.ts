import { compareItems, compareStories, silent, type Verdict } from './compare.ts';
import { sketchLikeness } from './copies.ts';
import { logOdds } from './logistic.ts';
import { joinReasons } from './reasons.ts';
import { type Candidate, rankStories, type Scorer, storyFeatures, storyValues, withOthers } from './score.ts';
import { type Comparer, regimeOf } from './similarity.ts';
import type { Model, Placement } from './types.ts';
import type { Item, Window } from './window.ts';

export interface DecideDeps {
  model: Model;
  window: Window;
  comparer: Comparer;
  scorer: Scorer;
  /** Days within which words join, and within which structure joins. */
  days: number;
  structureDays: number;
  allForms: boolean;
}

/** A body this alike is a copy, not a report of its own. */
const copyLikeness = 0.6;
/** Copies dated further apart than this: neither date is believed. */
const doubtfulGap = 8 * 86_400_000;
/** What full agreement of structure is worth beside words, in log-odds. */
const structureOdds = 6;

interface Choice extends Candidate {
  verdict: Verdict;
  total: number;
}

/** Stories that share structure with the item but were not found by words. */
function keyedCandidates(deps: DecideDeps, item: Item, byWords: readonly Candidate[]): Candidate[] {
  const known = new Set(byWords.map(({ story }) => story));
  const others = byWords.reduce((best, { nearestOdds }) => Math.max(best, nearestOdds), Number.NEGATIVE_INFINITY);
  const stories = new Set<string>();
  for (const other of deps.window.keyed(item, deps.structureDays)) {
    if (other.story !== null && !known.has(other.story)) stories.add(other.story);
  }
  const found: Candidate[] = [];
  deps.scorer.load(item);
  for (const story of stories) {
    const told = storyValues(deps.scorer, item, deps.window.members(story));
    if (!told) continue;
    const regime = regimeOf(item, told.nearest);
    const values = withOthers(told.values, others);
    const score = logOdds(storyFeatures, values, deps.model.story[regime]);
    found.push({ story, regime, score, values, nearest: told.nearest, nearestOdds: told.odds });
  }
  return found;
}

const neutralOdds = -1;

/** Words say nothing between two languages: structure alone decides there, where it was found on both sides. */
export function acrossLanguages(item: Item, members: ReadonlySet<Item>, score: number, structure: Verdict): number {
  if (structure === silent || item.language === 'und') return score;
  for (const member of members) if (member.language === item.language || member.language === 'und') return score;
  return Math.max(score, neutralOdds);
}

/** Whether all that is dated on one side is more than `days` from all that is dated on the other. */
export function datesApart(some: Iterable<Item>, others: ReadonlySet<Item>, days: number): boolean {
  let nearest = Number.POSITIVE_INFINITY;
  let dated = false;
  for (const { time } of some) {
    for (const other of others) {
      const gap = Math.abs(time - other.time);
      if (Number.isNaN(gap)) continue;
      dated = true;
      if (gap < nearest) nearest = gap;
    }
  }
  return dated && nearest > days * 86_400_000;
}

/** Every story that is not vetoed and scores enough, best first; and the vetoes met on the way. */
function choices(deps: DecideDeps, item: Item): { best: Choice | null; vetoes: string[] } {
  const byWords = rankStories(deps.model, deps.window, deps.scorer, item, deps.days);
  const byKey = keyedCandidates(deps, item, byWords);
  const vetoes: string[] = [];
  let best: Choice | null = null;
  for (const candidate of [...byWords, ...byKey]) {
    if (datesApart([item], deps.window.members(candidate.story), deps.structureDays)) continue;
    const verdict = compareStories([item], [...deps.window.members(candidate.story)]);
    candidate.score = acrossLanguages(item, deps.window.members(candidate.story), candidate.score, verdict);
    const enough = candidate.score >= deps.model.joinAt[candidate.regime];
    if (verdict.verdict === 'different') {
      if (enough) vetoes.push(...verdict.reasons);
      continue;
    }
    if (verdict.verdict === 'unknown' && candidate.score + verdict.lean < deps.model.joinAt[candidate.regime]) continue;
    const total = candidate.score + (verdict.verdict === 'same' ? structureOdds : verdict.lean);
    if (!best || total > best.total) best = { ...candidate, verdict, total };
  }
  return { best, vetoes };
}

/** An earlier article with nearly the same body, unless structure tells two developments in the same words. */
function findCopy(window: Window, item: Item): { of: Item; likeness: number } | null {
  let best: { of: Item; likeness: number } | null = null;
  for (const other of window.copies(item)) {
    if (other.story === null) continue;
    const likeness = sketchLikeness(item.vector.sketch, other.vector.sketch);
    if (likeness < copyLikeness || (best && likeness <= best.likeness)) continue;
    if (compareItems({ ...item, time: other.time }, other).verdict === 'different') continue;
    best = { of: other, likeness };
  }
  return best;
}

/** The report of its own outlet that an article corrects: the latest about one of its countries, or its matters. */
function findCorrected({ window }: DecideDeps, item: Item): Item | undefined {
  const { corrects } = item;
  if (corrects === null || item.outlet === null) return undefined;
  const isAbout = ({ receiving, banned, nationality, matters }: Item['structure']): boolean =>
    [...receiving, ...banned, ...nationality].some((code) => corrects.includes(code)) ||
    matters.some((matter) => item.structure.matters.includes(matter));
  return [...window.items()]
    .filter((other) => other.outlet === item.outlet && other.story !== null && other.news && other.id !== item.id)
    .filter((other) => !(other.time > item.time) && isAbout(other.structure))
    .sort((a, b) => b.time - a.time || b.order - a.order)[0];
}

function editionPlacement(item: Item, earlier: Item, story: string, reason: string): Placement {
  const reasons = [reason];
  const part = item.news ? 'edition' : 'context';
  return { storyId: story, opens: false, part, joined: { how: 'joined', score: 10, reasons }, editionOf: earlier.id };
}

/** Makes an article undated: its own date and the days reckoned from it are not to be believed. */
function doubt(item: Item): void {
  item.time = Number.NaN;
  item.day = Number.NaN;
  item.structure = { ...item.structure, eventDay: Number.NaN, effectiveDay: Number.NaN };
}

/** Where an article belongs, from what the window knows now. Changes nothing but dates that two copies tell apart. */
export function decide(deps: DecideDeps, item: Item, earlier: Item | undefined): Placement {
  if (earlier?.story) return editionPlacement(item, earlier, earlier.story, 'a newer version of the same page');
  const corrected = findCorrected(deps, item);
  if (corrected?.story)
    return editionPlacement(item, corrected, corrected.story, 'its outlet corrects an earlier report of its own');
  const copy = findCopy(deps.window, item);
  if (copy?.of.story) {
    const share = Math.round(copy.likeness * 100);
    if (Math.abs(item.time - copy.of.time) > doubtfulGap) {
      doubt(item);
      deps.window.remove(copy.of.id);
      doubt(copy.of);
      deps.window.add(copy.of);
    }
    const reasons = [`${share} % of its word runs stand in an earlier article (${copy.of.outlet ?? copy.of.id})`];
    const joined = { how: 'joined' as const, score: 9, reasons };
    return { storyId: copy.of.story, opens: false, part: item.news ? 'copy' : 'context', joined, copyOf: copy.of.id };
  }
  const { best, vetoes } = choices(deps, item);
  if (best) {
    const reasons = joinReasons(deps.comparer, item, best, vetoes);
    const joined = { how: 'joined' as const, score: Number(best.total.toFixed(2)), reasons };
    return { storyId: best.story, opens: false, part: item.news ? 'evidence' : 'context', joined };
  }
  const opens = deps.allForms || item.news;
  const reasons =
    vetoes.length > 0
      ? vetoes.map((veto) => `kept apart: ${veto}`)
      : ['no story like it had been told in the days before'];
  return { storyId: null, opens, part: opens ? 'evidence' : 'context', joined: { how: 'opened', score: 0, reasons } };
}
