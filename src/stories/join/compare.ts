import type { Act, Structure } from './structure.ts';
import type { Item } from './window.ts';

/** What structure alone says of two articles or stories. `unknown` where a side tells too little. */
export interface Verdict {
  verdict: 'same' | 'different' | 'unknown';
  reasons: readonly string[];
  /** What an unknown verdict is still worth beside words, in log-odds. */
  lean: number;
}

export const silent: Verdict = { verdict: 'unknown', reasons: [], lean: 0 };

/** Days within which a confirmation, denial or refusal still belongs to the act it answers. */
const answerDays = 7;
/** What agreement is worth when one side has no date. */
const undatedLean = 3;

function different(reason: string): Verdict {
  return { verdict: 'different', reasons: [reason], lean: 0 };
}

function list(values: readonly (string | number)[]): string {
  return values.slice(0, 6).join(', ') + (values.length > 6 ? ', …' : '');
}

function shared<T>(a: readonly T[], b: readonly T[]): T[] {
  return a.filter((value) => b.includes(value));
}

function apart<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length > 0 && b.length > 0 && shared(a, b).length === 0;
}

const answers: ReadonlySet<Act> = new Set<Act>(['ask', 'deal', 'denial']);

/** Whether two acts may be one development: the same act, or a request, deal or denial of it. */
function actsAgree(a: Act, b: Act): boolean {
  return a === b || (answers.has(a) && answers.has(b));
}

/** Days between two developments: by the day of the event where both tell it, else by publication; NaN when unknown. */
function gapDays(a: Item, b: Item): number {
  const events = Math.abs(a.structure.eventDay - b.structure.eventDay);
  const told = Math.abs(a.time - b.time) / 86_400_000;
  if (Number.isNaN(events)) return told;
  return Number.isNaN(told) ? events : Math.min(events, told);
}

function ordinalClash(a: Structure, b: Structure): Verdict | null {
  for (const x of a.ordinals) {
    const same = b.ordinals.filter((y) => y.of === x.of);
    if (same.length > 0 && !same.some((y) => y.n === x.n)) {
      return different(`different ${x.of}: number ${x.n} and number ${same[0]?.n}`);
    }
  }
  return null;
}

function countryClash(a: Structure, b: Structure): Verdict | null {
  if (apart(a.receiving, b.receiving)) {
    return different(`different receiving countries: ${list(a.receiving)} and ${list(b.receiving)}`);
  }
  if (a.family !== 'ban' || b.family !== 'ban') return null;
  const few = Math.max(a.banned.length, b.banned.length) <= 2;
  if (few && apart(a.banned, b.banned)) {
    return different(`different countries under the ban: ${list(a.banned)} and ${list(b.banned)}`);
  }
  if (few && a.tier !== null && b.tier !== null && a.tier !== b.tier) {
    return different(`different tier: ${a.tier} and ${b.tier}`);
  }
  return null;
}

function courtClash(a: Structure, b: Structure): Verdict | null {
  if (a.family !== 'court' || b.family !== 'court') return null;
  if (apart(a.cases, b.cases)) return different(`different cases: ${list(a.cases)} and ${list(b.cases)}`);
  if (apart(a.courts, b.courts)) return different(`different courts: ${list(a.courts)} and ${list(b.courts)}`);
  return null;
}

function actClash(a: Structure, b: Structure): Verdict | null {
  if (a.act === null || b.act === null || a.family === null || b.family === null) return null;
  if (a.family !== b.family) return different(`different matters: ${a.family} and ${b.family}`);
  return actsAgree(a.act, b.act) ? null : different(`different acts: ${a.act} and ${b.act}`);
}

function peopleClash(a: Structure, b: Structure, gap: number): Verdict | null {
  if (a.act !== 'arrival' || b.act !== 'arrival' || !apart(a.people, b.people) || gap < 1) return null;
  return different(`different numbers of people: ${list(a.people)} and ${list(b.people)}`);
}

function timeClash(a: Item, b: Item, gap: number): Verdict | null {
  if (gap > answerDays) return different(`${Math.round(gap)} days apart`);
  const effect = Math.abs(a.structure.effectiveDay - b.structure.effectiveDay);
  return effect > 2 ? different('different days of taking effect') : null;
}

/** Where both tell an act: what, beside time, must agree for structure alone to join them. */
function agreement(a: Structure, b: Structure): string | null {
  if (a.family === 'removals') {
    const both = shared(a.receiving, b.receiving);
    return both.length > 0 ? `the same countries (${list(both)}) at the same step (${a.act})` : null;
  }
  if (a.family === 'court') {
    const court = shared(a.courts, b.courts);
    const cases = shared(a.cases, b.cases);
    if (court.length === 0 || (cases.length === 0 && a.cases.length + b.cases.length > 0)) return null;
    return `the same court (${list(court)}) doing the same (${a.act})`;
  }
  if (a.family === 'ban') return `the same step (${a.act}) of the entry restrictions`;
  return `the same step (${a.act}) of the same measure`;
}

/** Two articles by their structure. Vetoes speak only where both sides tell something. */
export function compareItems(x: Item, y: Item): Verdict {
  const a = x.structure;
  const b = y.structure;
  if (a.family === null || b.family === null) return silent;
  const gap = gapDays(x, y);
  const clash =
    countryClash(a, b) ??
    courtClash(a, b) ??
    actClash(a, b) ??
    ordinalClash(a, b) ??
    peopleClash(a, b, gap) ??
    timeClash(x, y, gap);
  if (clash) return clash;
  if (a.act === null || b.act === null) return silent;
  const reason = agreement(a, b);
  if (reason === null) return silent;
  if (Number.isNaN(gap)) return { verdict: 'unknown', reasons: [`${reason}, one of them undated`], lean: undatedLean };
  const when = gap < 1 ? 'the same day' : `${Math.round(gap)} days apart`;
  return { verdict: 'same', reasons: [`${reason}, ${when}`], lean: 0 };
}

const membersLooked = 8;

/** Two groups of articles by the structure of their members: the majority of telling pairs decides. */
export function compareStories(a: readonly Item[], b: readonly Item[]): Verdict {
  let same: Verdict | null = null;
  let veto: Verdict | null = null;
  let leaning = silent;
  let sames = 0;
  let vetoes = 0;
  for (const x of a.slice(-membersLooked)) {
    for (const y of b.slice(-membersLooked)) {
      const found = compareItems(x, y);
      if (found.verdict === 'same') {
        sames++;
        same ??= found;
      } else if (found.verdict === 'different') {
        vetoes++;
        veto ??= found;
      } else if (found.lean > leaning.lean) leaning = found;
    }
  }
  if (veto && vetoes >= sames) return veto;
  return same ?? leaning;
}
