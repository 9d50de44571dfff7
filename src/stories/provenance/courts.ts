import type { CountryCode } from '../../core/country.ts';
import type { Legal } from '../extract/reading-data.ts';
import { createPhraseMatcher, spanText } from '../phrases.ts';
import { gapText, type Unit } from './unit.ts';
import { after, before, type CourtLevel, type Hit, hits } from './vocabulary.ts';

/** A court that acts in a title or sentence. */
export interface CourtAct {
  level: CourtLevel;
  /** A bare `court` or `judges`, which may be of any level. */
  vague: boolean;
  /** Of another country's court: which, and what the text calls it. */
  foreign: { country: CountryCode; name: string } | null;
  evidence: string;
  at: number;
}

const vagueWords = new Set(['court', 'a court', 'us court', 'judges', 'tribunal', 'cour', 'corte', 'sud', 'محكمه']);

function actBeside(unit: Unit, court: Hit): Hit | undefined {
  if (unit.index === -1 && /^\s*:/.test(unit.tokens.text.slice(unit.tokens.ends[court.to - 1] ?? 0))) return court;
  return after(unit.marks, 'courtActs', court.to, 12) ?? before(unit.marks, 'courtActs', court.from, 6);
}

/** `after the justices ruled`, `after the justices stayed a judge's order`: it is the background of something else. */
function isBackground(unit: Unit, court: Hit): boolean {
  const found = before(unit.marks, 'subordinate', court.from, 5);
  return found !== undefined && found.from > 0 && !/[,;:—–]/.test(gapText(unit.tokens, found.to - 1, court.from));
}

const asking = new Set(
  'ask asks asked asking urge urges urged petitioned pide pidio piden solicito demande demandent pede pediu trazi zatrazila zatrazio'.split(
    ' ',
  ),
);

/** `asked the First Circuit to put the ruling on hold`: somebody wants it of the court. */
function isAsked({ tokens }: Unit, court: Hit): boolean {
  return tokens.words.slice(Math.max(0, court.from - 3), court.from).some((word) => asking.has(word));
}

const ofPlace = /^\s+(?:(?:of|in|de|du|da|do|u|në|i|e|في)(?:\s+(?:the|la|le|el))?\s+)?$/i;

/** `Examplia's High Court`, `a court in Examplia`. */
function foreignCourt(unit: Unit, court: Hit): CourtAct['foreign'] {
  const owner = unit.mentions.find(
    ({ from, to }) =>
      (to <= court.from && /^(?:['’]s?)?\s+$/.test(gapText(unit.tokens, to - 1, court.from))) ||
      (from >= court.to && ofPlace.test(gapText(unit.tokens, court.to - 1, from))),
  );
  if (owner === undefined || owner.kind === 'weak' || owner.code.includes('|')) return null;
  return { country: owner.code, name: spanText(unit.tokens, court.from, court.to) };
}

/** The first court of a title or sentence that does something, if one does. */
export function readCourtAct(unit: Unit): CourtAct | null {
  const courts = hits(unit.marks, 'court');
  for (const court of courts) {
    const act = actBeside(unit, court);
    if (act === undefined || isBackground(unit, court) || isAsked(unit, court)) continue;
    const from = Math.min(court.from, act.from);
    return {
      level: court.name as CourtLevel,
      vague: vagueWords.has(unit.tokens.words.slice(court.from, court.to).join(' ')),
      foreign: foreignCourt(unit, court),
      evidence: spanText(unit.tokens, from, Math.max(court.to, act.to)),
      at: from,
    };
  }
  return null;
}

const generic: Readonly<Record<CourtLevel, string>> = { supreme: 'scotus', appeals: 'ca', district: 'district' };

function levelOf(id: string): CourtLevel {
  if (id === 'scotus') return 'supreme';
  return /^ca(?:\d+|dc)?$/.test(id) ? 'appeals' : 'district';
}

/** Which court of a level an article means: named in it, or known from the case it names. */
export type CourtResolver = (level: CourtLevel, units: readonly Unit[]) => string;

/** Builds the resolver from the courts and cases of `config/reading/legal.yaml`. Answers a court id. */
export function createCourtResolver(legal: Legal, places: Readonly<Record<string, readonly string[]>>): CourtResolver {
  const seats = createPhraseMatcher(
    Object.entries(places).flatMap(([id, list]) => list.map((phrase) => [phrase, id] as const)),
  );
  const names = createPhraseMatcher(
    legal.courts.flatMap((court) => court.names.map((name) => [name, court.id] as const)),
  );
  const cases = createPhraseMatcher(
    legal.cases.flatMap((one) => one.captions.map((caption) => [caption, one] as const)),
  );
  const subjects = createPhraseMatcher(
    Object.entries(legal.subjects).flatMap(([id, list]) => list.map((phrase) => [phrase, id] as const)),
  );
  return (level, units) => {
    if (level === 'supreme') return generic.supreme;
    const fits = (id: string): boolean => levelOf(id) === level && id !== generic[level];
    for (const unit of units) {
      const found = [...names(unit.tokens), ...seats(unit.tokens)].find((match) => fits(match.value));
      if (found !== undefined) return found.value;
    }
    for (const unit of units) {
      const found = cases(unit.tokens)[0]?.value.courts.find(fits);
      if (found !== undefined) return found;
    }
    const about = new Set(units.flatMap((unit) => subjects(unit.tokens).map((match) => match.value)));
    const implied = legal.cases.find(
      (one) => one.subject !== undefined && about.has(one.subject) && one.courts.some(fits),
    );
    return implied?.courts.find(fits) ?? generic[level];
  };
}
