import { spanText } from '../phrases.ts';
import {
  type Choice,
  type ChoiceInput,
  type Found,
  leadVoices,
  none,
  official,
  type Voice,
  withArticle,
} from './choice.ts';
import { type CourtAct, readCourtAct } from './courts.ts';
import type { Credit } from './credits.ts';
import { officialOf } from './spoken.ts';
import type { Unit } from './unit.ts';
import { after, before, hits } from './vocabulary.ts';

function presidentAct(unit: Unit): { evidence: string; at: number } | null {
  for (const name of hits(unit.marks, 'presidentNames')) {
    const act = after(unit.marks, 'presidentActs', name.to, 10) ?? before(unit.marks, 'presidentActs', name.from, 7);
    if (act === undefined) continue;
    const from = Math.min(name.from, act.from);
    return { evidence: spanText(unit.tokens, from, Math.max(name.to, act.to)), at: from };
  }
  return null;
}

/** A headline's `court` is the one that the text under it names. */
function sharpened(act: CourtAct | null, input: ChoiceInput): CourtAct | null {
  // `High Court` may be anybody's.
  const isOpen = act !== null && act.foreign === null && /\bhigh court\b/i.test(act.evidence);
  if (act === null || !(act.vague || isOpen)) return act;
  for (const { unit } of input.voices.slice(0, leadVoices)) {
    const named = readCourtAct(unit);
    if (named === null || named.vague || (!act.vague && named.foreign === null)) continue;
    if (act.foreign === null || named.foreign?.country === act.foreign.country)
      return { ...act, level: named.level, foreign: named.foreign };
  }
  return act;
}

/** `High Court of Examplia` for another country's, else what the American one is called. */
function courtOf({ level, foreign }: CourtAct, input: ChoiceInput): string {
  if (foreign === null) return input.courtName(level);
  const name = foreign.name.charAt(0).toUpperCase() + foreign.name.slice(1);
  return `${name} of ${withArticle(input.countryName(foreign.country))}`;
}

/** Bans are the president's act, rulings the court's, whoever else speaks beside them. */
function actOf(unit: Unit, input: ChoiceInput): Found | null {
  const court = input.topics.includes('court') ? sharpened(readCourtAct(unit), input) : null;
  if (court !== null) return { choice: official(courtOf(court, input), court.evidence), at: court.at };
  // Where a court stands in the same sentence, it does not act on the president's behalf.
  const judged = input.topics.includes('court') && hits(unit.marks, 'court').length > 0;
  const president = input.topics.includes('travel-ban') && !judged ? presidentAct(unit) : null;
  return president === null ? null : { choice: official('White House', president.evidence), at: president.at };
}

/** `Politico reported, citing the Financial Times`: the end of the chain has it. */
function sourceOf(credit: Credit, voice: Voice): Credit {
  const next = voice.credits.find(
    (other) => other.at > credit.at && before(voice.unit.marks, 'citing', other.at, 3) !== undefined,
  );
  return next === undefined ? credit : sourceOf(next, voice);
}

function newsroomOf(first: Credit, voice: Voice): Choice {
  const credit = sourceOf(first, voice);
  const told = voice.speakers.some(
    (speaker) => speaker.does !== 'say' && speaker.kind !== 'body' && speaker.at < credit.at,
  );
  return { kind: 'newsroom', originator: { name: credit.name, evidence: credit.evidence }, public: told };
}

/** `denies a report by the Example Post`: the newsroom told what is denied. */
function isDenied({ unit }: Voice, at: number, credit: Credit): boolean {
  const denial = hits(unit.marks, 'deny').find(({ from }) => from >= at);
  return denial !== undefined && denial.to <= credit.at && credit.at - denial.to < 4;
}

function choiceOf(voice: Voice, input: ChoiceInput): Choice | null {
  const credits = voice.credits.filter((credit) => !credit.past);
  const spoken = officialOf(voice, input);
  const main = credits.find((credit) => credit.main);
  if (main !== undefined && !(spoken?.choice.denies && isDenied(voice, spoken.at, main)))
    return newsroomOf(main, voice);
  const act = actOf(voice.unit, input);
  if (act !== null && (spoken === null || act.at <= spoken.at || input.topics.includes('court'))) return act.choice;
  if (spoken !== null) return spoken.choice;
  const credit = credits[0];
  return credit === undefined ? null : newsroomOf(credit, voice);
}

const lawmaker = /\b(Senator|Sen\.|Representative|Rep\.|Congressman|Congresswoman)\s+((?:\p{Lu}[\p{L}.'’-]+\s?){2,3})/u;

/** A lawmaker who tells it over her own name. */
function lawmakerOf(voices: readonly Voice[]): Choice | null {
  const lead = voices.slice(0, leadVoices + 2);
  if (
    !/\b(?:senator|lawmaker|congress\w*|democrat|republican|senador\w*|sénat\w*)\b/iu.test(
      lead[0]?.unit.tokens.text ?? '',
    )
  )
    return null;
  for (const { unit } of lead) {
    const found = lawmaker.exec(unit.tokens.text);
    if (found?.[2] === undefined) continue;
    const rank = (found[1] ?? '').replace('Sen.', 'Senator').replace('Rep.', 'Representative');
    const letter = lead.some((voice) => /\b(?:letter|carta|lettre|pismo)\b/iu.test(voice.unit.tokens.text));
    const name = `${rank} ${found[2].trim()}${letter ? ' (letter)' : ''}`;
    return { kind: 'person', originator: { name, evidence: found[0].trim() }, public: false };
  }
  return null;
}

function isBanOnly({ topics }: ChoiceInput): boolean {
  return topics.includes('travel-ban') && !topics.includes('third-country-removal') && !topics.includes('visa-policy');
}

function banOf(input: ChoiceInput): Choice | null {
  for (const { unit } of input.voices) {
    const act = presidentAct(unit);
    if (act !== null) return official('White House', act.evidence);
    const force = hits(unit.marks, 'banInForce')[0];
    if (force !== undefined) {
      return { ...official('White House', spanText(unit.tokens, force.from, force.to)), inForce: true };
    }
  }
  return null;
}

/** What a measure in force goes back to when nobody is credited. */
function fallback(input: ChoiceInput): Choice {
  if (input.topics.includes('travel-ban') && !input.topics.includes('third-country-removal'))
    return banOf(input) ?? none;
  if (!input.topics.includes('court')) return none;
  for (const { unit } of input.voices) {
    const court = sharpened(readCourtAct(unit), input);
    if (court !== null) return official(courtOf(court, input), court.evidence);
  }
  return none;
}

/** `Tripoli denies …` or `Rubio halts …` over `…, the Example Agency reported`: the agency has it; a word is public. */
function carriedBy(choice: Choice, input: ChoiceInput): Choice | null {
  const [title, first] = input.voices;
  const speaker = title?.speakers.find(({ kind, does }) => kind === 'country' || does === 'act');
  if (choice.kind !== 'official' || speaker === undefined) return null;
  const credit = first?.credits.find((one) => one.main && !one.past);
  // `Examplia denies Example Post report`: the newsroom told what is denied.
  const denied = speaker.does === 'deny' && title?.credits.some(({ name }) => name === credit?.name);
  if (credit === undefined || denied) return null;
  const originator = { name: credit.name, evidence: credit.evidence };
  return { kind: 'newsroom', originator, public: speaker.kind === 'country' };
}

/** `Officials confirm talks after Example Post report`: whom the lead names has it, not whom they answer. */
function isAnswered(choice: Choice, input: ChoiceInput): boolean {
  const [title, first] = input.voices;
  const answers = choice.kind === 'newsroom' && title?.credits.every(({ main }) => !main) === true;
  return answers && first !== undefined && choiceOf(first, input)?.kind === 'official';
}

/**
 * Whom an article credits for its central fact. Headline first, then its first sentences: a newsroom that governs
 * the sentence, an authority's act, an authority's word, a newsroom in the background.
 */
export function chooseOriginator(input: ChoiceInput): Choice {
  const person = lawmakerOf(input.voices);
  if (person !== null) return person;
  for (const [at, voice] of input.voices.entries()) {
    const choice = choiceOf(voice, input);
    if (at === 0 && choice !== null && isAnswered(choice, input)) continue;
    if (choice !== null) return at === 0 ? (carriedBy(choice, input) ?? choice) : choice;
    // A ban in force needs nobody's word: what others say of it further down is reaction.
    if (at === 2 && isBanOnly(input)) {
      const ban = banOf(input);
      if (ban !== null) return ban;
    }
  }
  return fallback(input);
}
