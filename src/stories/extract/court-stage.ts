import type { Stage } from '../../core/reading.ts';
import { type Act, actsOf, courtActs, isCircumstance } from './acts.ts';
import type { StageReading } from './types.ts';
import { after, before, has, hits, type Unit } from './units.ts';

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
  // What is owed to one person stops no removals.
  'bring-back': 'ruled',
  remand: 'remanded',
  'appeal-act': 'appealed',
  file: 'filed',
  rule: 'ruled',
  sitting: 'argued',
};
const policyStage: Readonly<Record<string, Stage>> = {
  stay: 'block-lifted',
  reverse: 'block-lifted',
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

/** `won't let them deport`, `won't block it`: the court leaves things as they are. */
function undone(act: Act | undefined): Act | null {
  if (act === undefined) return null;
  if (!act.negated) return act;
  return { ...act, kind: act.kind === 'stay' || act.kind === 'block' ? `no-${act.kind}` : 'rule' };
}

/** `throws out the suit`, `strikes down part of the ban`: a ruling, but no end of what the case is about. */
function bounded(unit: Unit, act: Act | null): Act | null {
  if (act === null || !['vacate', 'reverse', 'block', 'affirm'].includes(act.kind)) return act;
  const { to } = act.hit;
  const isCase = after(unit, 'case-object', to, 4) && !after(unit, 'court-object', to, 4);
  const isPart = has(unit, 'partly') || (act.kind !== 'block' && after(unit, 'in-part', to, 2));
  return isCase || isPart ? { ...act, kind: 'no-block' } : act;
}

/** Which act of a unit is the court's: special acts first, then what is told first. */
function courtActOf(unit: Unit): Act | null {
  return bounded(unit, mainCourtAct(unit));
}

function mainCourtAct(unit: Unit): Act | null {
  // `a request to block` is what somebody wants of the court.
  const asked = hits(unit, 'asks-court');
  const wished = ({ hit }: Act): boolean => asked.some(({ to }) => hit.from >= to && hit.from - to < 2);
  const told = actsOf(unit, courtActs).filter((act) => !act.subordinate && act.kind !== 'plea' && !wished(act));
  if (told.length === 0 && asked[0] !== undefined) {
    return { kind: 'file', hit: asked[0], subordinate: false, negated: false, modal: false };
  }
  const ruling = undoesRuling(unit) ?? pausesRuling(unit);
  if (ruling !== null) return ruling;
  const acts = told.filter((act) => !weakActs.has(act.kind));
  const special = acts.find((act) => act.kind.startsWith('no-'));
  if (special !== undefined) return special;
  const stay = acts.find((act) => act.kind === 'stay' && !act.negated);
  const calendar = acts.find((act) => act.kind === 'calendar' || act.kind === 'cert' || act.kind === 'hear');
  if (calendar !== undefined && stay === undefined) return calendar;
  const first = acts.find((act) => !act.negated);
  // `vacates` blocks too: the word that says more is believed.
  const exact = first && acts.find((act) => act.kind !== 'block' && !act.negated && act.hit.from === first.hit.from);
  return exact ?? first ?? undone(told.find((act) => act.kind !== 'pauses'));
}

const scheduling = new Set(['calendar', 'cert', 'hear']);

/** `to decide whether …`: the lead tells that the case was taken up. */
function takenUp(act: Act, lead: Unit): Act | null {
  return act.kind === 'calendar' ? (actsOf(lead, courtActs).find(({ kind }) => kind === 'cert') ?? null) : null;
}

/** A court that takes up a case may let the policy go on in the same order; `rules on …` leaves open what it ruled. */
function moreInLead(act: Act, lead: Unit | undefined): Act | null {
  if (lead === undefined) return null;
  if (scheduling.has(act.kind)) return pausesRuling(lead) ?? takenUp(act, lead);
  // `lets the ban stand`: whether an order was lifted or none was given, the lead tells.
  if (act.kind === 'stay') return has(lead, 'no-block') && !pausesRuling(lead) ? courtActOf(lead) : null;
  if (act.kind !== 'rule' || !has(lead, 'court')) return null;
  const told = courtActOf(lead);
  return told === null || weakActs.has(told.kind) || scheduling.has(told.kind) ? null : told;
}

/** What a court did, from the title or the first sentence that tells it. */
export function readCourt(units: readonly Unit[]): StageReading {
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
