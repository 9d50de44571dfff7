import { clashOf } from './clash.ts';
import { opposed } from './opposites.ts';
import { shared } from './sets.ts';
import type { Act, Structure } from './structure.ts';
import type { Item } from './window.ts';

/** What structure alone says of two articles or stories. `unknown` where a side tells too little. */
export interface Verdict {
  verdict: 'same' | 'different' | 'unknown';
  reasons: readonly string[];
  /** What an unknown verdict is worth beside words, in log-odds; against joining when negative. */
  lean: number;
}

export const silent: Verdict = { verdict: 'unknown', reasons: [], lean: 0 };

const bound: Verdict = { verdict: 'same', reasons: ['a copy or newer version'], lean: 0 };

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

function list(values: readonly (string | number)[]): string {
  return values.slice(0, 6).join(', ') + (values.length > 6 ? ', …' : '');
}

/** What both tell alike, beside time and act; null when nothing that decides. */
function commonGround(a: Structure, b: Structure): string | null {
  if (a.family !== b.family) return null;
  if (a.family === 'removals') {
    const both = shared(a.receiving, b.receiving);
    return both.length > 0 ? `the same countries (${list(both)})` : null;
  }
  if (a.family === 'court') {
    const named = [...shared(a.cases, b.cases), ...shared(a.matters, b.matters)];
    return shared(a.courts, b.courts).length > 0 && named.length > 0 ? `the same court and matter (${named[0]})` : null;
  }
  if (a.family === 'ban') return 'the entry restrictions';
  return shared(a.matters, b.matters).length > 0 ? `the same measure (${shared(a.matters, b.matters)[0]})` : null;
}

const leans = { undated: 3, noAct: 1.5, mixedActs: 2, softClash: -2.5, mixedFamilies: -2 };

function unknown(reason: string, lean: number): Verdict {
  return { verdict: 'unknown', reasons: [reason], lean };
}

/** A different act, in longer texts of the same day about the same countries, may be the same step told otherwise. */
function softened(a: Item, b: Item, gap: number): boolean {
  if (a.vector.words < 20 || b.vector.words < 20 || !(gap <= 1.5)) return false;
  const [x, y] = [a.structure, b.structure];
  if (x.family !== y.family) return false;
  return x.family !== 'court' || x.act === 'hearing' || y.act === 'hearing';
}

/** Two articles by their structure. Vetoes speak only where both sides tell something. */
export function compareItems(x: Item, y: Item): Verdict {
  if (x.bound === y.id || y.bound === x.id) return bound;
  const a = x.structure;
  const b = y.structure;
  const against = opposed(x, y);
  if (against !== null) return { verdict: 'different', reasons: [against], lean: 0 };
  if (a.family === null || b.family === null) return silent;
  const gap = gapDays(x, y);
  const clash = clashOf(x, y, gap);
  if (clash) return { verdict: 'different', reasons: [clash], lean: 0 };
  const ground = commonGround(a, b);
  if (a.act === null || b.act === null) {
    if (a.family !== b.family) return unknown(`${a.family} on one side, ${b.family} on the other`, leans.mixedFamilies);
    return ground === null ? silent : unknown(ground, leans.noAct);
  }
  if (a.family !== b.family || !actsAgree(a.act, b.act)) {
    const reason =
      a.family === b.family
        ? `different acts: ${a.act} and ${b.act}`
        : `different matters: ${a.family} and ${b.family}`;
    if (!softened(x, y, gap)) return { verdict: 'different', reasons: [reason], lean: 0 };
    return unknown(reason, ground !== null && a.family === 'removals' ? leans.mixedActs : leans.softClash);
  }
  if (ground === null) return silent;
  if (Number.isNaN(gap)) return unknown(`${ground}, the same step (${a.act}), one of them undated`, leans.undated);
  const when = gap < 1 ? 'the same day' : `${Math.round(gap)} days apart`;
  return { verdict: 'same', reasons: [`${ground}, the same step (${a.act}), ${when}`], lean: 0 };
}

const membersLooked = 8;

/** Two groups of articles by the structure of their members: the majority of telling pairs decides. */
export function compareStories(a: readonly Item[], b: readonly Item[]): Verdict {
  let same: Verdict | null = null;
  let veto: Verdict | null = null;
  let leaning = silent;
  let sames = 0;
  let vetoes = 0;
  let pairs = 0;
  let lean = 0;
  for (const x of a.slice(-membersLooked)) {
    for (const y of b.slice(-membersLooked)) {
      const found = compareItems(x, y);
      pairs++;
      if (found.verdict === 'same') {
        sames++;
        same ??= found;
      } else if (found.verdict === 'different') {
        vetoes++;
        veto ??= found;
      }
      lean += found.lean;
      if (Math.abs(found.lean) > Math.abs(leaning.lean)) leaning = found;
    }
  }
  if (veto && vetoes >= sames) return veto;
  return same ?? (pairs > 0 && leaning !== silent ? { ...leaning, lean: lean / pairs } : silent);
}
