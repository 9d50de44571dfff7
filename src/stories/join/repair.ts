import { compareItems, compareStories } from './compare.ts';
import { acrossLanguages, datesApart } from './decide.ts';
import { logOdds } from './logistic.ts';
import { weightInWords } from './reasons.ts';
import { linkFeatures, type Scorer, storyValues } from './score.ts';
import { regimeOf } from './similarity.ts';
import type { Model, Regime, Repair } from './types.ts';
import type { Item, Window } from './window.ts';

const membersLooked = 6;
/** Older members found their neighbours when they came themselves. */
const newestLooked = 2;
const neighboursLooked = 6;
/** Days within which the same structure may make one story. */
const keyedDays = 7;

interface Linkage {
  score: number;
  regime: Regime;
}

/** Average linkage: how well the members of one story fit the other, as mean log-odds. */
function linkage(model: Model, scorer: Scorer, from: readonly Item[], into: ReadonlySet<Item>): Linkage | null {
  let sum = 0;
  let count = 0;
  const seen: Record<Regime, number> = { full: 0, bare: 0, undated: 0 };
  for (const item of from.slice(-membersLooked)) {
    scorer.load(item);
    const told = storyValues(scorer, item, into);
    if (!told) continue;
    const regime = regimeOf(item, told.nearest);
    sum += logOdds(linkFeatures, told.values, model.link[regime]);
    count++;
    seen[regime]++;
  }
  if (count === 0) return null;
  const regime = (Object.keys(seen) as Regime[]).reduce((a, b) => (seen[b] > seen[a] ? b : a));
  return { score: sum / count, regime };
}

/** Stories that a story's newest members resemble in words or structure. */
function neighbours(window: Window, members: readonly Item[], own: string, days: number): string[] {
  const counts = new Map<string, number>();
  const count = (story: string | null, by: number) => {
    if (story !== null && story !== own) counts.set(story, (counts.get(story) ?? 0) + by);
  };
  for (const item of members.slice(-newestLooked)) {
    for (const [rank, other] of window.similar(item, days).entries()) count(other.story, 1 / (1 + rank));
    for (const other of window.keyed(item, keyedDays)) count(other.story, 0.5);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, neighboursLooked)
    .map(([story]) => story);
}

/** What was split off once is not merged back: repair must come to an end. */
function partedFrom(members: Iterable<Item>, story: string): boolean {
  for (const { left } of members) if (left?.has(story)) return true;
  return false;
}

function mergeProposal(deps: RepairDeps, story: string): Repair | null {
  const { model, window, scorer, days } = deps;
  const own = window.members(story);
  const members = [...own];
  let best: { into: string; score: number; reasons: readonly string[] } | null = null;
  for (const other of neighbours(window, members, story, days)) {
    const theirs = window.members(other);
    if (partedFrom(members, other) || partedFrom(theirs, story) || datesApart(members, theirs, keyedDays)) continue;
    const structure = compareStories(members, [...theirs]);
    if (structure.verdict === 'different') continue;
    if (structure.verdict === 'same') {
      const score = 8;
      if (!best || score > best.score) best = { into: other, score, reasons: structure.reasons };
      continue;
    }
    const small = own.size <= theirs.size ? members : [...theirs];
    const large = own.size <= theirs.size ? theirs : own;
    const link = linkage(model, scorer, small, large);
    if (!link) continue;
    const score = acrossLanguages(members[0] as Item, theirs, link.score, structure) + structure.lean;
    if (score < model.mergeAt[link.regime]) continue;
    if (!best || score > best.score) {
      const reasons = [...structure.reasons, `taken together, their members speak ${weightInWords(score)}`];
      best = { into: other, score, reasons };
    }
  }
  if (!best) return null;
  const [into, from] = elder(window, story, best.into);
  return { kind: 'merge', into, from, score: best.score, reasons: best.reasons };
}

function firstOrder(window: Window, story: string): number {
  let first = Number.POSITIVE_INFINITY;
  for (const item of window.members(story)) first = Math.min(first, item.order);
  return first;
}

/** The story that stays is the larger one, then the one that opened first. */
function elder(window: Window, a: string, b: string): readonly [string, string] {
  const sizes = window.members(a).size - window.members(b).size;
  if (sizes !== 0) return sizes > 0 ? [a, b] : [b, a];
  return firstOrder(window, a) <= firstOrder(window, b) ? [a, b] : [b, a];
}

/** The member that structure speaks against most; the newest of equals. */
function vetoed(members: readonly Item[]): { item: Item; reasons: readonly string[] } | null {
  if (members.every(({ structure, vector }) => structure.family === null && vector.words >= 4)) return null;
  let worst: { item: Item; reasons: readonly string[]; share: number } | null = null;
  for (const item of members) {
    if (item.bound !== null) continue;
    const rest = members.filter((other) => other !== item && other.bound !== item.id);
    if (rest.length === 0 || compareStories([item], rest).verdict !== 'different') continue;
    const verdicts = rest.map((other) => compareItems(item, other)).filter(({ verdict }) => verdict !== 'unknown');
    const vetoes = verdicts.filter(({ verdict }) => verdict === 'different');
    const share = vetoes.length / Math.max(1, verdicts.length);
    if (!worst || share > worst.share || (share === worst.share && item.order > worst.item.order)) {
      worst = { item, share, reasons: vetoes[0]?.reasons ?? [] };
    }
  }
  return worst;
}

/** A member of three or more whose words fit the others too badly. */
function misfit(deps: RepairDeps, members: readonly Item[]): { item: Item; score: number } | null {
  const { model, scorer } = deps;
  for (const item of members) {
    const rest = members.filter((other) => other !== item && other.bound !== item.id);
    if (item.bound !== null || rest.length < 2) continue;
    const structure = compareStories([item], rest);
    if (structure.verdict === 'same') continue;
    scorer.load(item);
    const told = storyValues(scorer, item, new Set(rest));
    if (!told) continue;
    const regime = regimeOf(item, told.nearest);
    const words = logOdds(linkFeatures, told.values, model.link[regime]);
    const score = acrossLanguages(item, new Set(rest), words, structure) + structure.lean;
    if (score < model.splitAt[regime]) return { item, score };
  }
  return null;
}

/** Members looked at when a story is checked for wrong joins: the newest of a large one. */
const membersChecked = 24;

function splitProposal(deps: RepairDeps, story: string): Repair | null {
  const members = [...deps.window.members(story)].slice(-membersChecked);
  if (members.length < 2) return null;
  const other = vetoed(members);
  if (other) return { kind: 'split', story, articles: [other.item.id], score: -8, reasons: other.reasons };
  const odd = misfit(deps, members);
  if (!odd) return null;
  const reasons = ['its words fit the other members badly'];
  return { kind: 'split', story, articles: [odd.item.id], score: odd.score, reasons };
}

/** How well an article fits a group, by words and structure; null when structure forbids it. */
function fit(deps: RepairDeps, item: Item, members: ReadonlySet<Item>): number | null {
  const others = [...members].filter((other) => other !== item && other.bound !== item.id);
  const structure = compareStories([item], others);
  if (structure.verdict === 'different' || others.length === 0) return null;
  deps.scorer.load(item);
  const told = storyValues(deps.scorer, item, new Set(others));
  if (!told) return null;
  const words = logOdds(linkFeatures, told.values, deps.model.link[regimeOf(item, told.nearest)]);
  return (
    acrossLanguages(item, new Set(others), words, structure) + structure.lean + (structure.verdict === 'same' ? 6 : 0)
  );
}

/** An undated article may have come before the story it belongs to: it leaves when this one fits it better. */
function strayProposal(deps: RepairDeps, story: string): Repair | null {
  const { window, days } = deps;
  const members = window.members(story);
  for (const member of [...members].slice(-2)) {
    for (const item of [...window.keyed(member, keyedDays), ...window.similar(member, days)]) {
      if (item.story === null || item.story === story || item.bound !== null || !Number.isNaN(item.time)) continue;
      if (window.members(item.story).size < 2) continue;
      const here = fit(deps, item, members);
      if (here === null) continue;
      const there = fit(deps, item, window.members(item.story)) ?? -8;
      if (here < there + 1) continue;
      const reasons = ['an undated article that fits another story better'];
      return { kind: 'split', story: item.story, articles: [item.id], score: there, reasons };
    }
  }
  return null;
}

export interface RepairDeps {
  model: Model;
  window: Window;
  scorer: Scorer;
  days: number;
}

/** One proposal for each of the given stories at most; stories already in a proposal are left for the next call. */
export function proposeRepairs(deps: RepairDeps, stories: Iterable<string>): Repair[] {
  const repairs: Repair[] = [];
  const busy = new Set<string>();
  for (const story of stories) {
    if (busy.has(story) || deps.window.members(story).size === 0) continue;
    const repair = splitProposal(deps, story) ?? mergeProposal(deps, story) ?? strayProposal(deps, story);
    if (!repair) continue;
    const touched = repair.kind === 'merge' ? [repair.into, repair.from] : [repair.story];
    if (touched.some((id) => busy.has(id))) continue;
    for (const id of touched) busy.add(id);
    repairs.push(repair);
  }
  return repairs;
}
