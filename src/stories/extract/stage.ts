import type { Stage } from '../../core/reading.ts';
import { type Act, actsOf, asksBeforeCourt, isCircumstance, isElsewhere, removalActs } from './acts.ts';
import { isContradicted, isOpen } from './contrary.ts';
import { readCourt } from './court-stage.ts';
import type { Frame } from './frame.ts';
import type { StageReading } from './types.ts';
import { after, before, type CueHit, has, hits, type Unit } from './units.ts';

const firstOrder = ['deny', 'refuse', 'suspend'] as const;
const removalStage: Readonly<Record<string, Stage>> = {
  deny: 'denied',
  refuse: 'refused',
  suspend: 'suspended',
  arrive: 'operational',
  sign: 'signed',
  agree: 'agreed',
  ask: 'approached',
  talks: 'in-talks',
};

/** `people deported from the US` describes; `deported nine people to Cameroon` tells. */
function toldDeparture(unit: Unit): boolean {
  return hits(unit, 'deported').some((hit) => {
    const target = unit.mentions.find(
      (mention) => mention.from > hit.to && mention.from - hit.to < 12 && destination(unit, mention.from),
    );
    return target !== undefined && !before(unit, 'modal', hit.from, 4) && !before(unit, 'negation', hit.from, 4);
  });
}

function destination(unit: Unit, at: number): boolean {
  return hits(unit, 'to').some((hit) => hit.to === at || hit.to === at - 1);
}

function hostPromise(unit: Unit): boolean {
  return hits(unit, 'host').some(
    (hit) =>
      before(unit, 'promise', hit.from, 3) &&
      !before(unit, 'negation', hit.from, 4) &&
      !before(unit, 'to-stop', hit.from, 2) &&
      !before(unit, 'paid', hit.from, 5) &&
      // `will continue to receive`: no new promise.
      !before(unit, 'goes-on', hit.from, 3) &&
      // `not among countries asked to take them`.
      !before(unit, 'ask', hit.from, 3),
  );
}

function isAnswer(act: Act): boolean {
  return act.kind === 'refuse' || act.kind === 'deny';
}

function removalActOf(unit: Unit): string | null {
  // What a court rejects or denies is no host's answer.
  const acts = actsOf(unit, removalActs).filter(
    (act) => !act.subordinate && !(isAnswer(act) && before(unit, 'court-body', act.hit.from, 3)),
  );
  // `would take more if asked`: nobody has asked.
  if (has(unit, 'if-asked')) return null;
  // `urges Examplia to stop taking …`: nobody asks it to take.
  if (acts.some(({ kind, hit }) => kind === 'ask' && after(unit, 'to-stop', hit.to, 4))) return null;
  // `signs a deal, rules out minors`: what comes after is its terms.
  const signed =
    acts.find((act) => act.kind === 'sign' && !act.modal && !act.negated)?.hit.from ?? unit.tokens.words.length;
  const answers = acts.filter((act) => act.kind !== 'refuse' || act.hit.from < signed);
  // `not asked`, the word for no right before it.
  if (acts.some(({ kind, hit }) => kind === 'ask' && before(unit, 'negation', hit.from, 1))) return 'deny';
  for (const kind of firstOrder) if (answers.some((act) => act.kind === kind && !act.modal)) return kind;
  const done = acts.filter((act) => !act.negated);
  const asks = done.find((act) => act.kind === 'ask' || act.kind === 'talks');
  const arrival = done.find((act) => act.kind === 'arrive' && !act.modal);
  if (arrival !== undefined && (asks === undefined || arrival.hit.from < asks.hit.from)) return 'arrive';
  if (asks === undefined && toldDeparture(unit)) return 'arrive';
  if (done.some((act) => act.kind === 'sign' && !act.modal)) return 'sign';
  const first = done.find((act) => ['ask', 'agree', 'talks'].includes(act.kind));
  if (first !== undefined) return first.kind === 'agree' && first.modal ? 'talks' : first.kind;
  if (hostPromise(unit)) return 'agree';
  return hits(unit, 'host').some((hit) => before(unit, 'modal', hit.from, 3)) && unit.mentions.length > 0
    ? 'talks'
    : null;
}

/** Whether the title by itself tells a step of a removal or a ban, and no court's act. */
export function titleTellsStep(units: readonly Unit[], frame: Frame): boolean {
  const title = units[0];
  if (title === undefined || frame.court) return false;
  if (has(title, 'court')) return frame.subject === 'removal' && asksBeforeCourt(title);
  if (frame.subject === 'removal') return removalActOf(title) !== null;
  return frame.subject === 'ban' && banActOf(title) !== null;
}

/** `no agreement has been signed`: papers that are spoken of are not signed. */
function deniesSigning(unit: Unit): boolean {
  return actsOf(unit, removalActs).some((act) => act.kind === 'sign' && act.negated);
}

/** `a memorandum would be signed next month`. */
function isToBeSigned(unit: Unit): boolean {
  return actsOf(unit, removalActs).some(
    ({ kind, modal, hit }) => kind === 'sign' && (modal || before(unit, 'promise', hit.from, 3)),
  );
}

/** A memorandum that exists is signed, unless it is said to be approved, drafted, still to be signed or not binding. */
function hasMemorandum(units: readonly Unit[]): boolean {
  const top = units.slice(0, 5);
  return top.some((unit) => has(unit, 'memo')) && !top.some((unit) => has(unit, 'memo-open') || isToBeSigned(unit));
}

/** `are held in a hotel after a flight landed`: they are there, though the arrival is told as circumstance. */
function arrivedBefore(unit: Unit): boolean {
  const acts = actsOf(unit, ['arrive']).filter(({ negated, modal }) => !negated && !modal);
  return acts.length > 0 && unit.mentions.length > 0 && !has(unit, 'court');
}

/** `Examplia signs, Samplia denies`. */
function tellsYesAndNo(unit: Unit): boolean {
  const acts = actsOf(unit, removalActs).filter(
    ({ subordinate, negated, modal }) => !subordinate && !negated && !modal,
  );
  return acts.some(({ kind }) => kind === 'sign' || kind === 'arrive') && acts.some(isAnswer);
}

/** `People arrive in Examplia; Samplia says no more`: two steps of two countries, neither of which is the other's. */
function tellsTwo(unit: Unit): boolean {
  const { tokens, mentions } = unit;
  const at = tokens.text.indexOf(';');
  const places = mentions.filter(({ kind }) => kind !== 'people');
  if (at < 0) return new Set(places.map(({ code }) => code)).size > 1 && tellsYesAndNo(unit);
  const isBefore = ({ from }: Unit['mentions'][number]): boolean => (tokens.starts[from] ?? 0) < at;
  const first = new Set(places.filter(isBefore).map(({ code }) => code));
  return first.size > 0 && places.some((mention) => !isBefore(mention) && !first.has(mention.code));
}

function tellsAgreement(unit: Unit): boolean {
  return actsOf(unit, removalActs).some(({ kind }) => kind === 'agree' || kind === 'sign');
}

function readRemoval(all: readonly Unit[]): Stage | null {
  const units = all.filter((unit) => !isElsewhere(unit));
  const [title, lead] = units;
  if (title !== undefined && tellsTwo(title)) return null;
  let first: string | null = null;
  for (const unit of units.slice(0, 6)) {
    first = removalActOf(unit);
    if (first !== null) break;
  }
  if (first === null) return units.slice(0, 2).some(arrivedBefore) ? 'operational' : null;
  const leadAct = lead === undefined ? null : removalActOf(lead);
  const second =
    units[2] === undefined || title === undefined || removalActOf(title) !== null ? null : removalActOf(units[2]);
  // `Examplia accepts ten deportees`, who landed on Wednesday.
  if (first === 'agree' && leadAct === 'arrive' && lead !== undefined && !tellsAgreement(lead)) return 'operational';
  const unsigned = units.slice(0, 3).some(deniesSigning);
  if (first === 'agree' && !unsigned && (leadAct === 'sign' || hasMemorandum(units))) return 'signed';
  const answer = [leadAct, second].find((act) => act === 'refuse' || act === 'deny');
  if ((first === 'ask' || first === 'talks') && title !== undefined && answer) return removalStage[answer] ?? null;
  return removalStage[first] ?? null;
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
    // What is lifted for some and remains for others is changed, unless the headline says for whom.
    if (stage === 'lifted' && units.some((other) => has(other, 'remains'))) return 'modified';
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

/** `Correction: Examplia has not agreed`: what the outlet takes back, not what anybody did. */
function isCorrected({ index, tokens }: Unit): boolean {
  return index < 0 && /^(?:correct|clarif|correcci|rectific|correç|ispravk|korrigj|تصحيح)/iu.test(tokens.text);
}

/** The stage of the main development: from the title where it tells, else from the first sentences. */
export function readStage(units: readonly Unit[], frame: Frame): StageReading {
  const told = units.filter((unit) => !unit.background && !isCorrected(unit));
  const reading = readUnder(frame, told);
  const title = told.find(({ index }) => index < 0);
  if (reading.stage === null || title === undefined || !isContradicted(title, reading.stage, frame)) return reading;
  const rest = readUnder(frame, told.slice(1));
  return isOpen(rest.stage) ? rest : { stage: null, policy: null };
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
