import { spanText, type Tokens } from '../phrases.ts';
import type { NewsroomFinder } from './newsrooms.ts';
import { gapText, type Unit } from './unit.ts';
import { after, before, hits } from './vocabulary.ts';

/** A newsroom that a title or sentence credits. */
export interface Credit {
  name: string;
  evidence: string;
  unit: number;
  /** Governs its sentence; otherwise it is the background of what somebody else says. */
  main: boolean;
  /** Credits an older report than the one told here. */
  past: boolean;
  /** Where the newsroom stands in its sentence, as a token index. */
  at: number;
}

const creditGap = 5;
const verbGap = 6;
const evidenceTokens = 9;

function evidenceOf(tokens: Tokens, from: number, to: number): string {
  return spanText(tokens, Math.max(0, from), Math.min(tokens.words.length, Math.max(to, from + 3)));
}

/** `Bloomberg: …` at the head of a headline, or `…: Bloomberg` at its end. */
function byColon(unit: Unit, from: number, to: number): boolean {
  if (unit.index !== -1) return false;
  const { tokens } = unit;
  if (from === 0 && to < tokens.words.length) return gapText(tokens, to - 1, to).includes(':');
  return to === tokens.words.length && /[:—–-]\s*$/.test(gapText(tokens, from - 1, from));
}

function creditSpan(unit: Unit, from: number, to: number): { from: number; to: number } | null {
  const lead = before(unit.marks, 'accord', from, creditGap);
  if (lead !== undefined) return { from: lead.from, to };
  const verb = after(unit.marks, 'report', to, verbGap);
  if (verb !== undefined) return { from, to: verb.to };
  const inverted = before(unit.marks, 'report', from, verbGap);
  if (inverted !== undefined) return { from: inverted.from, to };
  return byColon(unit, from, to) ? { from, to } : null;
}

const months =
  /\b(?:in|last|en|em|u|në|في)\s+(?:late |early |mid-)?(?:january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|aprilu|martu|maju|aprila)\b/i;

function isPast(unit: Unit, span: { from: number; to: number }): boolean {
  const near = hits(unit.marks, 'past').some((hit) => hit.from >= span.from - 3 && hit.from <= span.to + 4);
  if (near) return true;
  const { tokens } = unit;
  return months.test(spanText(tokens, span.from, Math.min(tokens.words.length, span.to + 4)));
}

/** `after Fox News reported`: a comma between them would begin a clause of its own. */
function subordinated(unit: Unit, at: number): boolean {
  const found = before(unit.marks, 'subordinate', at, 4);
  return found !== undefined && !/[,;:—–]/.test(gapText(unit.tokens, found.to - 1, at));
}

/** All newsrooms that a title or sentence credits. */
export function readCredits(unit: Unit, find: NewsroomFinder, publisher: string | null): Credit[] {
  const credits: Credit[] = [];
  for (const { name, from, to } of find(unit.tokens, publisher)) {
    const span = creditSpan(unit, from, to);
    if (span === null) continue;
    const below = subordinated(unit, span.from) || subordinated(unit, from);
    credits.push({
      name,
      evidence: evidenceOf(unit.tokens, span.from, Math.min(span.to, span.from + evidenceTokens + (to - from))),
      unit: unit.index,
      main: !below,
      past: unit.index !== -1 && isPast(unit, span),
      at: from,
    });
  }
  return credits;
}
