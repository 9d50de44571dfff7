import type { Topic } from '../../core/reading.ts';
import { actsOf, asksBeforeCourt, courtActs, isCircumstance, isElsewhere, removalActs } from './acts.ts';
import { after, has, hits, type Unit } from './units.ts';

export type Subject = 'removal' | 'ban' | 'visa' | 'parole';

/** What the article is about, and whether a court acts in it. */
export interface Frame {
  subject: Subject | null;
  /** A court's act is the development. */
  court: boolean;
  /** The words of a US body or about the US stand near the top. */
  american: boolean;
}

/** Weight of a unit by its place: what the title and the first sentences say is the development. */
function weight(index: number): number {
  const weights = [3, 2, 1, 0.7, 0.5];
  return weights[index + 1] ?? 0.15;
}

const subjectCues: readonly (readonly [Subject, readonly string[], number])[] = [
  ['removal', ['move'], 1],
  ['ban', ['ban'], 1],
  ['visa', ['visa-pause', 'visa-other'], 1.4],
  ['parole', ['parole'], 0.9],
  ['removal', ['move-weak'], 0.6],
];

/** A cue that only tells circumstances counts for less. */
function strengthOf(unit: Unit, cues: readonly string[]): number {
  const bans = cues.includes('visa-other') ? hits(unit, 'ban') : [];
  // A `visa restriction list` is a list of those whom the ban holds.
  const found = cues
    .flatMap((cue) => hits(unit, cue))
    .filter((hit) => !bans.some((ban) => ban.from <= hit.from && hit.to <= ban.to));
  if (found.length === 0) return 0;
  return unit.index < 1 && found.every((hit) => isCircumstance(unit, hit.from)) ? 0.6 : 1;
}

function subjectScores(units: readonly Unit[]): Map<Subject, number> {
  const scores = new Map<Subject, number>();
  for (const unit of units.slice(0, 14)) {
    for (const [subject, cues, factor] of subjectCues) {
      if (subject === 'removal' && has(unit, 'off-list') && has(unit, 'ban')) continue;
      const strength = strengthOf(unit, cues) * factor;
      if (strength > 0) scores.set(subject, (scores.get(subject) ?? 0) + strength * weight(unit.index));
    }
  }
  for (const unit of units.slice(0, 3)) {
    if (tellsTransfer(unit)) scores.set('removal', (scores.get('removal') ?? 0) + 0.8 * weight(unit.index));
  }
  return scores;
}

/** People flown or sent to a country: a removal, whatever it is called. */
function tellsTransfer(unit: Unit): boolean {
  if (!has(unit, 'arrive') || !has(unit, 'toward')) return false;
  const people = has(unit, 'people') || unit.mentions.some((mention) => mention.kind === 'people');
  return people && unit.mentions.length > 0;
}

function subjectOf(units: readonly Unit[]): Subject | null {
  const ranked = [...subjectScores(units)].sort((a, b) => b[1] - a[1]);
  const best = ranked[0];
  return best !== undefined && best[1] >= 0.7 ? best[0] : null;
}

/** A court in the main clause of the unit, doing something. */
function courtInMainClause(unit: Unit): boolean {
  if (hits(unit, 'file').some((hit) => !isCircumstance(unit, hit.from))) return true;
  const body = hits(unit, 'court').some((hit) => !isCircumstance(unit, hit.from));
  return body && actsOf(unit, courtActs).some((act) => !act.subordinate);
}

/** `Court: …`, `US judge says …`. */
function namesCourtFirst(title: Unit): boolean {
  return hits(title, 'court').some((hit) => hit.from < 4 && !isCircumstance(title, hit.from));
}

function decidedElsewhere(unit: Unit): boolean {
  return actsOf(unit, removalActs).some(
    (act) => !act.subordinate && ['arrive', 'refuse', 'sign', 'agree'].includes(act.kind),
  );
}

/** A court that the headline names as more than a circumstance: not `after a court's order`. */
function namesCourt(title: Unit): boolean {
  return hits(title, 'court').some((hit) => !isCircumstance(title, hit.from));
}

function courtActsIn(units: readonly Unit[]): boolean {
  const [title, ...sentences] = units;
  if (title === undefined) return false;
  if (has(title, 'court') && asksBeforeCourt(title)) return false;
  if (courtInMainClause(title)) return true;
  const [first] = sentences;
  if (first !== undefined && namesCourtFirst(title) && has(first, 'court')) return true;
  if (has(title, 'vacate') && sentences.slice(0, 4).some(courtInMainClause)) return true;
  if (decidedElsewhere(title)) return false;
  // A step in the title is not undone by a court that a line under it names for another matter.
  if (first !== undefined && isElsewhere(first) && asksBeforeCourt(title)) return false;
  return sentences.slice(0, namesCourt(title) ? 6 : 1).some(courtInMainClause);
}

/** Another country's scheme names its own sender at the top, and the United States only further down. */
function isAmerican(units: readonly Unit[], subject: Subject): boolean {
  const top = units.slice(0, 3);
  if (top.some((unit) => has(unit, 'us'))) return true;
  if (top.some((unit) => has(unit, 'sender-other') || namesSender(unit))) return false;
  if (units.some((unit) => has(unit, 'us'))) return true;
  // Only the United States gives a status by these names.
  if (subject === 'parole') return true;
  const foreign = units[0]?.mentions.length !== 0 && !units.some((unit) => has(unit, 'us-instrument'));
  return subject === 'removal' || subject === 'ban' || !foreign;
}

/** `Kenya deports four Turkish nationals`: a country that itself sends people away. */
function namesSender(unit: Unit): boolean {
  return unit.mentions.some((mention) => after(unit, 'sends', mention.to, 3));
}

const subjectOfTopic: Readonly<Partial<Record<Topic, Subject>>> = {
  'third-country-removal': 'removal',
  'visa-policy': 'visa',
  'parole-and-tps': 'parole',
};

/** Reads what the article is about from its title and first sentences; where they do not tell, from its topics: a ban is always named. */
export function readFrame(units: readonly Unit[], topics: readonly Topic[] = []): Frame {
  const subject = subjectOf(units) ?? topics.flatMap((topic) => subjectOfTopic[topic] ?? [])[0] ?? null;
  return {
    subject,
    court: courtActsIn(units),
    american: subject !== null && isAmerican(units, subject),
  };
}
