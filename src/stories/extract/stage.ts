import type { Stage } from '../../core/reading.ts';
import { type Act, actsOf, asksBeforeCourt, courtActs, isCircumstance, isElsewhere, removalActs } from './acts.ts';
import type { Frame } from './frame.ts';
import { after, before, has, hits, type Unit } from './units.ts';

/** The stage of the main development, and what a court's act does to the policy. */
export interface StageReading {
  stage: Stage | null;
  /** For court acts: the policy's own stage. */
  policy: Stage | null;
}

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
    (hit) => before(unit, 'promise', hit.from, 3) && !before(unit, 'negation', hit.from, 4),
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
  for (const kind of firstOrder) if (acts.some((act) => act.kind === kind && !act.modal)) return kind;
  const done = acts.filter((act) => !act.negated);
  const asks = done.find((act) => act.kind === 'ask' || act.kind === 'talks');
  const arrival = done.find((act) => act.kind === 'arrive' && !act.modal);
  if (arrival !== undefined && (asks === undefined || arrival.hit.from < asks.hit.from)) return 'arrive';
  if (asks === undefined && toldDeparture(unit)) return 'arrive';
  if (done.some((act) => act.kind === 'sign' && !act.modal)) return 'sign';
  const first = done.find((act) => ['ask', 'agree', 'talks'].includes(act.kind));
  if (first !== undefined) return first.kind === 'agree' && first.modal ? 'talks' : first.kind;
  return hostPromise(unit) ? 'agree' : null;
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

function readRemoval(all: readonly Unit[]): Stage | null {
  const units = all.filter((unit) => !isElsewhere(unit));
  const [title, lead] = units;
  let first: string | null = null;
  for (const unit of units.slice(0, 6)) {
    first = removalActOf(unit);
    if (first !== null) break;
  }
  if (first === null) return units.slice(0, 2).some(arrivedBefore) ? 'operational' : null;
  const leadAct = lead === undefined ? null : removalActOf(lead);
  const unsigned = units.slice(0, 3).some(deniesSigning);
  if (first === 'agree' && !unsigned && (leadAct === 'sign' || hasMemorandum(units))) return 'signed';
  if ((first === 'ask' || first === 'talks') && title !== undefined && (leadAct === 'refuse' || leadAct === 'deny')) {
    return removalStage[leadAct] ?? null;
  }
  return removalStage[first] ?? null;
}

/** `lifts travel ban`: the ban is what is lifted, though the word for it alone would tell one imposed. */
function liftsBan(unit: Unit): boolean {
  const lifted = hits(unit, 'lift').some((hit) => after(unit, 'ban', hit.to, 2));
  const takenOff = hits(unit, 'takes').some((hit) => after(unit, 'off-ban', hit.to, 12));
  return (lifted || takenOff) && !has(unit, 'negation');
}

/** Told as done: `will add` and `promising a proclamation` are still to come. */
function toldAsDone(unit: Unit, cue: string): boolean {
  return hits(unit, cue).some((hit) => !before(unit, 'future', hit.from, 3));
}

function banActOf(unit: Unit): Stage | null {
  const sign = toldAsDone(unit, 'ban-sign');
  if (has(unit, 'ban-consider') && !has(unit, 'ban-signed')) return 'considered';
  if (liftsBan(unit)) return 'lifted';
  if (has(unit, 'effective') && !has(unit, 'ban-signed')) return 'effective';
  if (has(unit, 'extend')) return 'extended';
  if (has(unit, 'modify')) return 'modified';
  if (has(unit, 'lift') && !sign) return 'lifted';
  return sign ? 'signed' : null;
}

function readBan(units: readonly Unit[]): Stage | null {
  for (const unit of units.slice(0, 6)) {
    const stage = banActOf(unit);
    if (stage !== null) return stage;
  }
  return 'announced';
}

function readVisa(units: readonly Unit[]): Stage | null {
  const top = units.slice(0, 3);
  const [title, lead] = units;
  if (title !== undefined && (has(title, 'ended') || (has(title, 'lift') && !has(title, 'negation')))) return 'lifted';
  const begun = (title && has(title, 'effective-today')) || (lead && has(lead, 'effective-past'));
  if (title !== undefined && has(title, 'effective') && begun) return 'effective';
  if (top.slice(0, 2).some((unit) => has(unit, 'extend') && !has(unit, 'negation'))) return 'extended';
  const reported = top.slice(0, 2).some((unit) => has(unit, 'visa-report'));
  const official = top.slice(0, 2).some((unit) => has(unit, 'visa-official'));
  return reported && !official ? 'considered' : 'announced';
}

const courtStage: Readonly<Record<string, Stage | null>> = {
  'no-stay': 'ruled',
  'no-block': 'ruled',
  'no-power': null,
  calendar: null,
  hear: 'argued',
  affirm: 'affirmed',
  reverse: 'reversed',
  cert: 'cert-granted',
  stay: 'stayed',
  block: 'injunction',
  vacate: 'vacated',
  tro: 'tro',
  remand: 'remanded',
  'appeal-act': 'appealed',
  file: 'filed',
  rule: 'ruled',
  sitting: 'argued',
};
const policyStage: Readonly<Record<string, Stage>> = {
  stay: 'block-lifted',
  reverse: 'block-lifted',
  'no-block': 'block-lifted',
  'no-stay': 'blocked',
  affirm: 'blocked',
  block: 'blocked',
  vacate: 'blocked',
  tro: 'blocked',
};

const weakActs = new Set(['rule', 'sitting', 'pauses']);

/** `pauses ruling`, `suspended the injunction`: what is stopped is another court's order, so the policy goes on. */
function pausesRuling(unit: Unit): Act | null {
  for (const hit of hits(unit, 'pauses')) {
    if (has(unit, 'no-stay') || isCircumstance(unit, hit.from) || before(unit, 'negation', hit.from, 4)) continue;
    if (before(unit, 'that', hit.from, 2)) continue;
    const object = hits(unit, 'court-object').find(({ from }) => from >= hit.to && from - hit.to < 8);
    const again = hits(unit, 'pauses').some(({ from }) => from >= hit.to && from < (object?.from ?? 0));
    if (object !== undefined && !again) {
      return { kind: 'stay', hit, subordinate: false, negated: false, modal: false };
    }
  }
  return null;
}

/** `overturns injunction`: the higher court's act, not the block it undoes. */
function undoesRuling(unit: Unit): Act | null {
  for (const hit of hits(unit, 'undoes')) {
    if (isCircumstance(unit, hit.from) || before(unit, 'negation', hit.from, 4)) continue;
    if (after(unit, 'undone', hit.to, 5))
      return { kind: 'reverse', hit, subordinate: false, negated: false, modal: false };
  }
  return null;
}

/** Which act of a unit is the court's: special acts first, then what is told first. */
function courtActOf(unit: Unit): Act | null {
  const told = actsOf(unit, courtActs).filter((act) => !act.subordinate);
  const ruling = undoesRuling(unit) ?? pausesRuling(unit);
  if (ruling !== null) return ruling;
  const acts = told.filter((act) => !weakActs.has(act.kind));
  const special = acts.find((act) => act.kind.startsWith('no-'));
  if (special !== undefined) return special;
  const stay = acts.find((act) => act.kind === 'stay' && !act.negated);
  const calendar = acts.find((act) => act.kind === 'calendar' || act.kind === 'cert' || act.kind === 'hear');
  if (calendar !== undefined && stay === undefined) return calendar;
  const first = acts.find((act) => !act.negated || act.kind === 'block');
  // `vacates` blocks too: the word that says more is believed.
  const exact = first && acts.find((act) => act.kind !== 'block' && !act.negated && act.hit.from === first.hit.from);
  return exact ?? first ?? told.find((act) => act.kind !== 'pauses') ?? null;
}

const scheduling = new Set(['calendar', 'cert', 'hear']);

/** A court that takes up a case may let the policy go on in the same order; `rules on …` leaves open what it ruled. */
function moreInLead(act: Act, lead: Unit | undefined): Act | null {
  if (lead === undefined) return null;
  if (scheduling.has(act.kind)) return pausesRuling(lead);
  if (act.kind !== 'rule' || !has(lead, 'court')) return null;
  const told = courtActOf(lead);
  return told === null || weakActs.has(told.kind) || scheduling.has(told.kind) ? null : told;
}

function readCourt(units: readonly Unit[]): StageReading {
  for (const unit of units.slice(0, 7)) {
    if (unit.index > 0 && !has(unit, 'court', 'pronoun')) continue;
    const act = courtActOf(unit);
    if (act === null) continue;
    const chosen = unit.index < 0 ? (moreInLead(act, units[1]) ?? act) : act;
    return { stage: courtStage[chosen.kind] ?? null, policy: policyStage[chosen.kind] ?? null };
  }
  const ruled = units.slice(0, 2).some((unit) => has(unit, 'ruling'));
  return { stage: ruled ? 'ruled' : null, policy: null };
}

/** The stage of the main development: from the title where it tells, else from the first sentences. */
export function readStage(units: readonly Unit[], frame: Frame): StageReading {
  const told = units.filter((unit) => !unit.background);
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
