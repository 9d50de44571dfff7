import type { Stage } from '../../core/reading.ts';
import { type Act, actsOf, isElsewhere, removalActs } from './acts.ts';
import { after, before, has, hits, type Unit } from './units.ts';

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
      // `governments which agree to accept`: whoever they are.
      !before(unit, 'not-act', hit.from, 3) &&
      // `not among countries asked to take them`.
      !before(unit, 'ask', hit.from, 6),
  );
}

const money = /[$€]\s?\d|\b(?:dollars|million|millones|millions|milhões|milion|dólares)\b|مليون|милион|miliona/iu;

/** `paid Examplia $2m to take deportees`: what was paid is disclosed; when anybody agreed is not told. */
export function tellsMoney(unit: Unit): boolean {
  return has(unit, 'pays') && money.test(unit.tokens.text);
}

function isAnswer(act: Act): boolean {
  return act.kind === 'refuse' || act.kind === 'deny';
}

/** Which act of removals a unit tells, by the name of its cue; null when none. */
export function removalActOf(unit: Unit): string | null {
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
  // `denies it, then confirms`: the last word counts.
  const answers = has(unit, 'then-yes') ? [] : acts.filter((act) => act.kind !== 'refuse' || act.hit.from < signed);
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
  const answers = acts.filter(isAnswer);
  // `denies that it will take them` says no twice, not yes.
  const isYes = ({ kind, hit }: Act): boolean =>
    ['sign', 'arrive', 'agree'].includes(kind) &&
    answers.every(
      (no) => hit.from < no.hit.from || unit.mentions.some(({ from }) => from >= no.hit.to && from < hit.from),
    );
  return answers.length > 0 && acts.some(isYes);
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

/** The stage of a removal deal, from the first units; null when none is told plainly. */
export function readRemoval(all: readonly Unit[]): Stage | null {
  const units = all.filter((unit) => !isElsewhere(unit));
  const [title] = units;
  if (title !== undefined && tellsTwo(title)) return null;
  const stage = mainStage(units);
  // Who lands to refuel and leaves again is not taken in.
  const isTransit = units.slice(0, 4).some((unit) => has(unit, 'transit-only'));
  const isPaid = title !== undefined && tellsMoney(title) && !has(title, 'agree', 'sign');
  // What was paid and when is disclosed: told as a payment (see paymentClaim), no step taken now.
  if (isPaid && stage === 'agreed') return 'in-talks';
  return isTransit && (stage === 'agreed' || stage === 'signed' || stage === 'operational') ? null : stage;
}

function mainStage(units: readonly Unit[]): Stage | null {
  const [title, lead] = units;
  let first: string | null = null;
  for (const unit of units.slice(0, 6)) {
    first = removalActOf(unit);
    // Further down `he refuses` may be said of anybody.
    if ((first === 'refuse' || first === 'deny') && unit.index > 1 && unit.mentions.length === 0) first = null;
    if (first !== null) break;
  }
  if (first === null) return units.slice(0, 2).some(arrivedBefore) ? 'operational' : null;
  const leadAct = lead === undefined ? null : removalActOf(lead);
  const second =
    units[2] === undefined || title === undefined || removalActOf(title) !== null ? null : removalActOf(units[2]);
  // `Examplia accepts ten deportees`, who landed on Wednesday.
  if (first === 'agree' && leadAct === 'arrive' && lead !== undefined && !tellsAgreement(lead)) return 'operational';
  const unsigned = units.slice(0, 3).some((unit) => deniesSigning(unit) || has(unit, 'to-be-signed'));
  if (first === 'agree' && !unsigned && (leadAct === 'sign' || hasMemorandum(units))) return 'signed';
  const answer = [leadAct, second].find((act) => act === 'refuse' || act === 'deny');
  if ((first === 'ask' || first === 'talks') && title !== undefined && answer) return removalStage[answer] ?? null;
  return first === 'sign' && title !== undefined && has(title, 'to-be-signed')
    ? 'agreed'
    : (removalStage[first] ?? null);
}
