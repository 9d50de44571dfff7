import type { CountryCode } from '../../core/country.ts';
import { createPhraseMatcher, longestMatches, type PhraseMatcher } from '../phrases.ts';
import type { Frame } from './frame.ts';
import type { Legal } from './reading-data.ts';
import { before, type CueHit, hits, type Unit } from './units.ts';

export interface CourtReading {
  /** Court slugs in order of appearance near the top: `scotus`, `ca1`, `d-mass`. */
  courts: readonly string[];
  /** Cases named by caption or docket number. */
  cases: readonly string[];
  /** The case that the court's act belongs to: named, or known from court and subject; null when neither tells. */
  main: string | null;
}

export type CourtReader = (units: readonly Unit[], frame: Frame) => CourtReading;

const generic = new Set(['district', 'ca']);
const top = 5;

function matcherOf(entries: readonly (readonly [string, readonly string[]])[]): PhraseMatcher<string> {
  return createPhraseMatcher(entries.flatMap(([id, phrases]) => phrases.map((phrase) => [phrase, id] as const)));
}

function foundIn(matcher: PhraseMatcher<string>, units: readonly Unit[]): string[] {
  return [...new Set(units.flatMap((unit) => longestMatches(matcher(unit.tokens)).map((match) => match.value)))];
}

/** Slugs of courts that other countries have too. */
const anywhere = new Set(['scotus', 'ca', 'district']);

/**
 * American courts: `the High Court of Eswatini` is another country's, and where such a one acts, `the court` is it
 * unless it is called American.
 */
function courtsIn(matcher: PhraseMatcher<string>, units: readonly Unit[], abroad: boolean): string[] {
  const isOurs = (unit: Unit, { value, from, to }: CueHit & { value: string }): boolean =>
    courtCountry(unit, { from, to }) === null &&
    !(abroad && anywhere.has(value) && !before(unit, 'us', from, 1) && unit.tokens.words[from] !== 'us');
  const found = units.flatMap((unit) => {
    const all = matcher(unit.tokens);
    // `federal judge in Seattle` is a federal judge and the court that sits there.
    const whole = all.filter(
      (one) => !all.some((two) => two.to - two.from > one.to - one.from && two.from <= one.from && one.to <= two.to),
    );
    return whole.flatMap((match) => (isOurs(unit, match) ? [match.value] : []));
  });
  return [...new Set(found)];
}

/** The country whose court a court's name is, or null: `Eswatini court`, `court in London`. */
function courtCountry(unit: Unit, court: CueHit): CountryCode | null {
  const owner = unit.mentions.find(
    (mention) =>
      mention.to === court.from ||
      (mention.to === court.from - 1 && unit.tokens.words[mention.to] === 's') ||
      (mention.from === court.to && unit.breaks[court.to] !== true && mention.kind !== 'people') ||
      (mention.from > court.to && mention.from - court.to < 3 && before(unit, 'court-of', mention.from, 2)),
  );
  return owner?.code ?? null;
}

/** The country of a foreign court that the title or the first sentence tells of. */
export function foreignCourt(units: readonly Unit[]): CountryCode | null {
  for (const unit of units.slice(0, 2)) {
    for (const hit of hits(unit, 'court-body')) {
      const country = courtCountry(unit, hit);
      if (country !== null) return country;
    }
  }
  return null;
}

const docketPattern = /\b(?:\d:)?\d{2}(?:-cv-|-civ-|A|-)\d{2,6}\b/g;

/** Builds the reader of courts and cases from `legal.yaml`. */
export function createCourtReader(legal: Legal): CourtReader {
  const courtMatcher = matcherOf(legal.courts.map((court) => [court.id, court.names]));
  const captionMatcher = matcherOf(legal.cases.map((one) => [one.id, one.captions]));
  const subjectMatcher = matcherOf(Object.entries(legal.subjects));
  const byDocket = new Map(legal.cases.flatMap((one) => one.dockets.map((docket) => [docket, one.id] as const)));
  return (units, frame) => {
    const told = units.filter((unit) => !unit.background);
    const lead = told.slice(0, top);
    const foreign = foreignCourt(lead);
    const named = courtsIn(courtMatcher, lead, foreign !== null);
    const precise = named.filter((court) => !generic.has(court));
    const courts = precise.length > 0 ? precise : named;
    const dockets = told.flatMap((unit) => unit.tokens.text.match(docketPattern) ?? []);
    const cases = [
      ...new Set([...foundIn(captionMatcher, told), ...dockets.flatMap((docket) => byDocket.get(docket) ?? [])]),
    ];
    if (!frame.court) return { courts, cases, main: null };
    if (foreign !== null) return { courts, cases, main: `${foreign.toLowerCase()}-${frame.subject ?? 'order'}` };
    const acting = courtsIn(courtMatcher, lead.slice(0, 2), false);
    const subjects = new Set(foundIn(subjectMatcher, lead));
    const implied = legal.cases.find(
      (one) =>
        one.subject !== undefined &&
        subjects.has(one.subject) &&
        (acting.length === 0 || acting.some((court) => one.courts.includes(court))),
    );
    const [leading] = foundIn(captionMatcher, lead);
    return { courts, cases, main: leading ?? implied?.id ?? cases[0] ?? null };
  };
}
