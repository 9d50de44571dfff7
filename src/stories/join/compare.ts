import { clashOf } from './clash.ts';
import { opposed } from './opposites.ts';
import { shared } from './sets.ts';
import type { Act, Structure } from './structure.ts';
import type { Item } from './window.ts';
import { actWords, countryWords, daysApart } from './words.ts';

/** What structure alone says of two articles or stories. `unknown` where a side tells too little. */
export interface Verdict {
  verdict: 'same' | 'different' | 'unknown';
  reasons: readonly string[];
  /** What an unknown verdict is worth beside words, in log-odds; against joining when negative. */
  lean: number;
  /** A veto that no likeness outweighs: other countries, opposite headlines. */
  hard: boolean;
}

export const silent: Verdict = { verdict: 'unknown', reasons: [], lean: 0, hard: false };

const bound: Verdict = { verdict: 'same', reasons: ['a copy or newer version'], lean: 0, hard: false };

/** Within these days an answer belongs to its act; other acts are told within fewer. */
const soonDays = 4;
const softDays = 1.5;
const longText = 8;

const answers: ReadonlySet<Act> = new Set<Act>(['ask', 'deal', 'denial']);

/** Whether two acts may be one development: the same act, or a request, deal or denial of it. */
export function actsAgree(a: Act, b: Act): boolean {
  return a === b || (answers.has(a) && answers.has(b));
}

/** Days between two developments: by the day of the event where both tell it, else by publication; NaN when unknown. */
export function gapDays(a: Item, b: Item): number {
  const events = Math.abs(a.structure.eventDay - b.structure.eventDay);
  const told = Math.abs(a.time - b.time) / 86_400_000;
  if (Number.isNaN(events)) return told;
  return Number.isNaN(told) ? events : Math.min(events, told);
}

/** One court within a day and a half, or one case: an article that names no court may still name the case. */
function commonCourt(a: Structure, b: Structure, gap: number): string | null {
  const court = shared(a.courts, b.courts)[0];
  const matters = shared(a.matters, b.matters).filter((id) => id.startsWith('court/'));
  const named = shared(a.cases, b.cases)[0] ?? matters[0];
  if (named !== undefined && (court !== undefined || a.courts.length === 0 || b.courts.length === 0)) {
    return `the same court case (${named})`;
  }
  return court !== undefined && gap <= softDays ? `the same court (${court})` : null;
}

/** What ends for one or two countries does not end for the lists as a whole. */
function ofOneCountry({ banned }: Structure): boolean {
  return banned.length > 0 && banned.length <= 2;
}

/** What both tell alike, beside time and act; null when nothing that decides. */
function commonGround(a: Structure, b: Structure, gap: number): string | null {
  if (a.family !== b.family) return null;
  if (a.family === 'removals') {
    const both = shared(a.receiving, b.receiving);
    return both.length > 0 ? `the same countries (${countryWords(both)})` : null;
  }
  if (a.family === 'court') return commonCourt(a, b, gap);
  if (a.family === 'ban')
    return a.act !== 'end' || ofOneCountry(a) === ofOneCountry(b) ? 'the entry restrictions' : null;
  return shared(a.matters, b.matters).length > 0 ? `the same measure (${shared(a.matters, b.matters)[0]})` : null;
}

/** What partial agreement or conflict is worth beside words, in log-odds. */
const leans = {
  undated: 3,
  noAct: 1.5,
  caseOfDay: 2.5,
  orderAndEffect: -0.5,
  late: 0.5,
  dealAndArrival: 2,
  sameCourt: 1,
  otherCourt: -1,
  softClash: -2.5,
  opposite: -8,
  mixedFamilies: -2,
};
function unknown(reason: string, lean: number): Verdict {
  return { verdict: 'unknown', reasons: [reason], lean, hard: false };
}

function different(reason: string, hard: boolean): Verdict {
  return { verdict: 'different', reasons: [reason], lean: 0, hard };
}

/** Readers may take one step of one day for another: in longer texts such a clash is weighed, not final. */
function mayBeMisread(x: Item, y: Item, gap: number): boolean {
  return x.vector.words >= longText && y.vector.words >= longText && gap <= softDays;
}

function softActs(a: Structure, b: Structure, ground: string | null): number {
  const acts = [a.act, b.act];
  if (a.family === 'court') return ground === null ? leans.softClash : leans.sameCourt;
  if (acts.includes('deal') && acts.includes('arrival') && ground !== null) return leans.dealAndArrival;
  if (acts.includes('order') && acts.includes('effect')) return leans.orderAndEffect;
  // Whose entry is suspended and whose suspension ends is told by the words that all share.
  if (acts.includes('end') && (acts.includes('order') || acts.includes('effect'))) return leans.opposite;
  return leans.softClash;
}

function byActs(x: Item, y: Item, gap: number): Verdict {
  const a = x.structure;
  const b = y.structure;
  const ground = commonGround(a, b, gap);
  if (a.act === null || b.act === null) {
    if (ground !== null) {
      return unknown(ground, a.family === 'court' && gap <= softDays ? leans.caseOfDay : leans.noAct);
    }
    const matter = shared(a.matters, b.matters)[0];
    const comment = !x.news || !y.news || (a.act === null && b.act === null);
    if (matter !== undefined && comment) return unknown(`the same matter (${matter})`, leans.noAct);
    if (a.family === b.family) return silent;
    return unknown(`${a.family} on one side, ${b.family} on the other`, leans.mixedFamilies);
  }
  if (a.family !== b.family) {
    const reason = `different matters: ${a.family} and ${b.family}`;
    return different(reason, false);
  }
  if (!actsAgree(a.act, b.act)) {
    const reason = `different steps: ${actWords[a.act]} and ${actWords[b.act]}`;
    return mayBeMisread(x, y, gap) ? unknown(reason, softActs(a, b, ground)) : different(reason, false);
  }
  if (ground === null) return silent;
  const told = a.act === b.act ? actWords[a.act] : `${actWords[a.act]}, beside ${actWords[b.act]}`;
  const step = `${ground}, the same step (${told})`;
  if (Number.isNaN(gap)) return unknown(`${step}, one of them undated`, leans.undated);
  const when = gap < 1 ? 'the same day' : daysApart(gap);
  if (gap > soonDays && !answers.has(a.act)) return unknown(`${step}, ${when}`, leans.late);
  return { verdict: 'same', reasons: [`${step}, ${when}`], lean: 0, hard: false };
}

/** Two articles by their structure. Vetoes speak only where both sides tell something. */
export function compareItems(x: Item, y: Item): Verdict {
  if (x.bound === y.id || y.bound === x.id) return bound;
  const against = opposed(x, y);
  if (against !== null) return different(against, true);
  if (x.structure.family === null || y.structure.family === null) return silent;
  const gap = gapDays(x, y);
  const clash = clashOf(x, y, gap);
  if (clash === null) return byActs(x, y, gap);
  if (clash.kind !== 'court' || !mayBeMisread(x, y, gap)) return different(clash.reason, clash.kind === 'country');
  return unknown(clash.reason, leans.otherCourt);
}

const membersLooked = 8;
/** What a veto of one pair among others that agree weighs, in log-odds. */
const vetoLean = -5;

/** Two groups of articles by the structure of their members: the majority of telling pairs decides. */
export function compareStories(a: readonly Item[], b: readonly Item[]): Verdict {
  const found: Verdict[] = [];
  for (const x of a.slice(-membersLooked)) for (const y of b.slice(-membersLooked)) found.push(compareItems(x, y));
  const telling = found.filter((verdict) => verdict !== silent);
  if (telling.length === 0) return silent;
  const same = telling.filter(({ verdict }) => verdict === 'same');
  const vetoes = telling.filter(({ verdict }) => verdict === 'different');
  const hard = vetoes.find((verdict) => verdict.hard);
  if (hard && vetoes.length >= same.length) return hard;
  if (vetoes[0] && vetoes.length >= same.length && vetoes.length * 2 >= telling.length) return vetoes[0];
  if (same[0] && same.length > vetoes.length) return same[0];
  const lean =
    telling.reduce((sum, one) => sum + (one.verdict === 'different' ? vetoLean : one.lean), 0) / telling.length;
  const strongest = telling.reduce((best, one) => (Math.abs(one.lean) > Math.abs(best.lean) ? one : best));
  return { verdict: 'unknown', reasons: strongest.reasons, lean, hard: false };
}
