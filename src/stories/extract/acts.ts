import { before, type CueHit, has, hits, type Unit } from './units.ts';

/** What a body or government does about removals, as one phrase tells it. */
export const removalActs = ['refuse', 'deny', 'suspend', 'arrive', 'sign', 'agree', 'ask', 'talks', 'not-act'] as const;
export const courtActs = [
  'no-stay',
  'no-block',
  'no-power',
  'calendar',
  'hear',
  'affirm',
  'reverse',
  'cert',
  'stay',
  'block',
  'vacate',
  'tro',
  'bring-back',
  'plea',
  'remand',
  'appeal-act',
  'file',
  'rule',
  'sitting',
  'pauses',
] as const;

/** One act told in a unit. */
export interface Act {
  kind: string;
  hit: CueHit;
  /** After `after`, `despite`, `under`: told as circumstance. */
  subordinate: boolean;
  negated: boolean;
  /** `may`, `could`, `would`: not done. */
  modal: boolean;
}

/** Whether token `at` stands where the unit tells circumstances: `after …`, `Under visa limits, …`. */
export function isCircumstance(unit: Unit, at: number): boolean {
  const subordinates = hits(unit, 'subordinate');
  const leading = subordinates.find((hit) => hit.from === 0);
  if (leading !== undefined) {
    const end = unit.breaks.findIndex((broken, token) => broken && token > leading.to);
    if (end > 0 && at < end) return true;
  }
  const later = subordinates.find((hit) => hit.from > 2);
  return later !== undefined && at >= later.from;
}

/** A cue that stands before `at` in the same clause, at most `reach` tokens away. */
function governs(unit: Unit, cue: string, at: number, reach: number): boolean {
  return hits(unit, cue).some(
    (hit) => hit.to <= at && at - hit.to < reach && !unit.breaks.slice(hit.to, at + 1).includes(true),
  );
}

/** The acts of a unit in order; of phrases that overlap, the longest counts. */
export function actsOf(unit: Unit, kinds: readonly string[]): Act[] {
  const found = kinds
    .flatMap((kind) => hits(unit, kind).map((hit) => ({ kind, hit })))
    .sort((a, b) => b.hit.to - b.hit.from - (a.hit.to - a.hit.from) || a.hit.from - b.hit.from);
  const kept: { kind: string; hit: CueHit }[] = [];
  for (const one of found) {
    if (!kept.some(({ hit }) => overlaps(hit, one.hit))) kept.push(one);
  }
  return kept
    .sort((a, b) => a.hit.from - b.hit.from)
    .map(({ kind, hit }) => ({
      kind,
      hit,
      subordinate: isCircumstance(unit, hit.from),
      // `no people deported by the United States had arrived`.
      negated: governs(unit, 'negation', hit.from, kind === 'arrive' ? 9 : 6),
      modal: governs(unit, 'modal', hit.from, 4) || (kind === 'arrive' && before(unit, 'future', hit.from, 2)),
    }));
}

function overlaps(a: CueHit, b: CueHit): boolean {
  return a.from < b.to && b.from < a.to && !(a.from === b.from && a.to === b.to);
}

const removalCues = ['move', 'move-weak', 'people', 'host', 'deported'] as const;

/** A sentence that names a court, no country and nobody who is moved is about something else: a teaser, a list of links. */
export function isElsewhere(unit: Unit): boolean {
  return has(unit, 'court') && unit.mentions.length === 0 && !has(unit, ...removalCues);
}

/** `asks Examplia to accept …`, told before any court is named: a court after it is another matter. */
export function asksBeforeCourt(title: Unit): boolean {
  const court = hits(title, 'court')[0]?.from ?? Number.POSITIVE_INFINITY;
  const ask = actsOf(title, ['ask', 'talks']).find((act) => !act.subordinate && act.hit.from < court);
  if (ask === undefined) return false;
  return (
    court === Number.POSITIVE_INFINITY || hits(title, 'host').some(({ from }) => from > ask.hit.from && from < court)
  );
}
