import type { Stage } from '../../core/reading.ts';
import { isCorrectionTitle } from '../correction-title.ts';
import { asksBeforeCourt, isCircumstance } from './acts.ts';
import { isContradicted, isOpen } from './contrary.ts';
import { readCourt } from './court-stage.ts';
import type { Frame } from './frame.ts';
import { readRemoval, removalActOf } from './removal-stage.ts';
import type { StageReading } from './types.ts';
import { after, before, type CueHit, has, hits, type Unit } from './units.ts';

/** Whether the title by itself tells a step of a removal or a ban, and no court's act. */
export function titleTellsStep(units: readonly Unit[], frame: Frame): boolean {
  const title = units[0];
  if (title === undefined || frame.court) return false;
  if (has(title, 'court')) return frame.subject === 'removal' && asksBeforeCourt(title);
  if (frame.subject === 'removal') return removalActOf(title) !== null;
  return frame.subject === 'ban' && banActOf(title) !== null;
}

/** `lifts travel ban`: the ban is what is lifted, though the word for it alone would tell one imposed. */
function liftsBan(unit: Unit): boolean {
  const lifted = hits(unit, 'lift').some((hit) => after(unit, 'ban', hit.to, 2) && !before(unit, 'wish', hit.from, 12));
  const takenOff = hits(unit, 'takes').some((hit) => after(unit, 'off-ban', hit.to, 12));
  return (lifted || takenOff) && !has(unit, 'negation');
}

/** `the ban on Chadians ends`, `ban lifted`: what ends stands near. */
function endsBan(unit: Unit): boolean {
  const ofBan = ({ from, to }: CueHit): boolean =>
    after(unit, 'ban', to, 5) ||
    before(unit, 'ban', from, 8) ||
    hits(unit, 'ban').some((ban) => ban.from < to && from < ban.to);
  return hits(unit, 'lift').some(
    (hit) =>
      ofBan(hit) &&
      !before(unit, 'negation', hit.from, 4) &&
      !before(unit, 'modal', hit.from, 4) &&
      !before(unit, 'wish', hit.from, 12),
  );
}

/**
 * Told as done: `will add` and `promising a proclamation` are still to come, `not on any new travel ban` is not told, and
 * `visas under the proclamation` do not sign it.
 */
function toldAsDone(unit: Unit, cue: string): boolean {
  return hits(unit, cue).some(
    (hit) => !before(unit, 'future', hit.from, 3) && !before(unit, 'negation', hit.from, 4) && !isUnderOrder(unit, hit),
  );
}

function isUnderOrder(unit: Unit, hit: CueHit): boolean {
  return hits(unit, 'under-order').some(({ from, to }) => from <= hit.from && hit.to <= to);
}

/** Whether the headline tells an end that is still to come: `to be taken off the list in January`. */
export function promisesEnd([title, lead]: readonly Unit[]): boolean {
  if (title === undefined || title.index >= 0) return false;
  if (has(title, 'to-lift') || (lead !== undefined && has(lead, 'to-lift'))) return true;
  return [...hits(title, 'lift'), ...hits(title, 'takes')].some(({ from }) => before(title, 'future', from, 3));
}

/** `barred though the ban was eased`: what holds on is told, no step. */
function tellsConceded(unit: Unit): boolean {
  return hits(unit, 'concession').some(({ to }) => after(unit, 'lift', to, 12) || after(unit, 'modify', to, 12));
}

function banActOf(unit: Unit): Stage | null {
  if (has(unit, 'undecided') || tellsConceded(unit)) return null;
  const sign = toldAsDone(unit, 'ban-sign');
  if (has(unit, 'ban-consider') && !has(unit, 'ban-signed')) return 'considered';
  if (liftsBan(unit)) return 'lifted';
  if (has(unit, 'effective') && !has(unit, 'ban-signed')) return 'effective';
  if (has(unit, 'extend')) return 'extended';
  if (hits(unit, 'modify').some(({ from }) => !isCircumstance(unit, from))) return 'modified';
  if (endsBan(unit) && !sign) return 'lifted';
  if (sign) return 'signed';
  const tells = hits(unit, 'ban-sign').some((hit) => !isUnderOrder(unit, hit));
  return tells && has(unit, 'ban') && !has(unit, 'negation') ? 'announced' : null;
}

function readBan(units: readonly Unit[]): Stage | null {
  for (const unit of units.slice(0, 6)) {
    const stage = banActOf(unit);
    // What is lifted for some, or remains for others, is changed.
    const isPart = has(unit, 'for-some') || units.slice(0, 4).some((other) => has(other, 'remains'));
    if (stage === 'lifted' && isPart) return 'modified';
    if (stage !== null) return stage;
  }
  return null;
}

function readVisa(units: readonly Unit[]): Stage | null {
  const top = units.slice(0, 3);
  const [title, lead] = units;
  if (title !== undefined && has(title, 'ban-consider')) return 'considered';
  if (top.slice(0, 2).some((unit) => has(unit, 'ended'))) return 'lifted';
  if (title !== undefined && has(title, 'lift') && !has(title, 'negation')) return 'lifted';
  const begun = (title && has(title, 'effective-today')) || (lead && has(lead, 'effective-past'));
  if (title !== undefined && has(title, 'effective') && begun) return 'effective';
  if (top.slice(0, 2).some((unit) => has(unit, 'extend') && !has(unit, 'negation'))) return 'extended';
  if (top.some((unit) => has(unit, 'us-instrument') && toldAsDone(unit, 'ban-signed'))) return 'signed';
  const reported = top.slice(0, 2).some((unit) => has(unit, 'visa-report'));
  const official = top.slice(0, 2).some((unit) => has(unit, 'visa-official') && has(unit, 'us'));
  // `US suspends visas …`: who decides it is told to do it.
  const acts = (unit: Unit) => has(unit, 'us') && !has(unit, 'negation');
  const paused = title !== undefined && acts(title) && has(title, 'pauses');
  const added = top.slice(0, 2).some((unit) => acts(unit) && toldAsDone(unit, 'ban-sign'));
  if (official || paused || added) return 'announced';
  return reported ? 'considered' : null;
}

function isCorrected({ index, tokens }: Unit): boolean {
  return index < 0 && isCorrectionTitle(tokens.text);
}

const asked: ReadonlySet<Stage | null> = new Set(['considered', 'approached', 'in-talks']);

/** `Correction: Examplia did not sign`: what the text retells did not happen. */
function takesBack(title: Unit | undefined): boolean {
  return title !== undefined && has(title, 'negation', 'deny');
}

/** The stage of the main development: from the title where it tells, else from the first sentences. */
export function readStage(units: readonly Unit[], frame: Frame): StageReading {
  const told = units.filter((unit) => !unit.background && !isCorrected(unit));
  const reading = readUnder(frame, told);
  const title = told.find(({ index }) => index < 0);
  if (title === undefined && !frame.court && takesBack(units[0]) && !asked.has(reading.stage))
    return { stage: null, policy: null };
  if (reading.stage === null || title === undefined || !isContradicted(title, told[1], reading.stage, frame))
    return reading;
  const rest = readUnder(frame, told.slice(1));
  return isOpen(rest.stage) && rest.stage !== reading.stage ? rest : { stage: null, policy: null };
}

function readUnder(frame: Frame, told: readonly Unit[]): StageReading {
  if (frame.court) return readCourt(told);
  switch (frame.subject) {
    case 'removal':
      return { stage: readRemoval(told), policy: null };
    case 'ban':
      return { stage: readBan(told), policy: null };
    case 'visa':
    case 'parole':
      return { stage: readVisa(told), policy: null };
    default:
      return { stage: null, policy: null };
  }
}
