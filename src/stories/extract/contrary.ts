import type { Stage } from '../../core/reading.ts';
import { actsOf, removalActs } from './acts.ts';
import type { Frame } from './frame.ts';
import { before, type CueHit, has, hits, type Unit } from './units.ts';

/** Steps that say that people are taken or will be. */
const taking: ReadonlySet<Stage> = new Set(['agreed', 'signed', 'operational']);
/** Steps that a question or a doubt leaves open anyway. */
const open: ReadonlySet<Stage | null> = new Set(['considered', 'approached', 'in-talks', 'denied', 'refused']);
/** Steps that a joke, a hint or a thought of leaving do not make. */
const firm: ReadonlySet<Stage> = new Set([...taking, 'suspended', 'refused']);
const takingCues = ['agree', 'sign', 'arrive', 'host', 'deported'] as const;
const measureCues: Readonly<Partial<Record<Stage, string>>> = {
  extended: 'extend',
  modified: 'modify',
  lifted: 'lift',
  effective: 'effective',
};
const contraryCues = ['contrary', 'negation', 'deny', 'refuse', 'suspend'] as const;

/** Whether a step says of itself that nothing is settled, or nothing done. */
export function isOpen(stage: Stage | null): boolean {
  return open.has(stage);
}

/** `Examplia, not Samplia, signed`: what is denied is another country. */
function deniesCountry(unit: Unit, { from, to }: CueHit): boolean {
  return unit.breaks[from] === true && unit.mentions.some((mention) => mention.from === to);
}

/** `no explanation: people arrive`: what is said no to is another thing. */
function isElsewhere({ breaks }: Unit, no: CueHit, yes: CueHit): boolean {
  return no.to <= yes.from && breaks.slice(no.to, yes.from + 1).includes(true);
}

/** `signed nothing`, `halts the flights it had agreed to`: said no before the yes is out, or right behind it. */
function saysNoFirst(title: Unit): boolean {
  const yes = takingCues.flatMap((cue) => hits(title, cue)).sort((a, b) => a.from - b.from)[0];
  const { text, starts } = title.tokens;
  const stop = text.indexOf(';');
  const half = stop < 0 ? Number.POSITIVE_INFINITY : starts.findIndex((start) => start > stop);
  const end = yes?.to ?? half;
  return contraryCues.some((cue) =>
    hits(title, cue).some(
      (hit) =>
        hit.from <= end &&
        !title.breaks[hit.from === end ? end : -1] &&
        !deniesCountry(title, hit) &&
        !(cue === 'negation' && yes !== undefined && isElsewhere(title, hit, yes)),
    ),
  );
}

/** `has notified it that it is terminating the understanding`: the first sentence tells an end, whatever is said above. */
function endsIn(lead: Unit | undefined): boolean {
  if (lead === undefined) return false;
  const acts = actsOf(lead, removalActs).filter(
    ({ subordinate, negated, modal }) => !subordinate && !negated && !modal,
  );
  return acts.some(({ kind }) => kind === 'deny' || kind === 'suspend') && !acts.some(({ kind }) => kind === 'sign');
}

/** `arrive in Examplia, but are Examplians`: who comes home is not taken in. */
function tellsHomecoming(units: readonly Unit[]): boolean {
  const places = new Set(
    units.flatMap(({ mentions }) => mentions.flatMap(({ kind, code }) => (kind === 'people' ? [] : code))),
  );
  return units.some((unit) =>
    hits(unit, 'they-are').some(
      ({ from, to }) =>
        !before(unit, 'negation', from, 1) &&
        unit.mentions.some((one) => one.kind === 'people' && one.from === to && places.has(one.code)),
    ),
  );
}

/** Only steps of removals: a joke or a hint agrees to nothing, and who offers was not asked. */
function isRemovalContradicted(title: Unit, lead: Unit | undefined, stage: Stage): boolean {
  if ((stage === 'approached' || stage === 'in-talks') && has(title, 'host-offer')) return true;
  // What an unrecognised territory says is not said by the state that it is counted to.
  if (firm.has(stage) && has(title, 'hint', 'territory')) return true;
  if (stage === 'operational' && tellsHomecoming(lead === undefined ? [title] : [title, lead])) return true;
  return taking.has(stage) && (isQuestion(title) || saysNoFirst(title) || endsIn(lead));
}

/** Only steps of bans, visas and protection. */
function isMeasureContradicted(title: Unit, stage: Stage): boolean {
  // What a government hopes for is not what the US considers.
  if (isOpen(stage)) return stage === 'considered' && has(title, 'hope');
  if (isQuestion(title) || has(title, 'unsure', 'deny')) return true;
  // `still under suspension`, `asks for a way off the list`: nobody is taken off it.
  if ((stage === 'lifted' || stage === 'modified') && has(title, 'remains', 'wish')) return true;
  const cue = measureCues[stage];
  return cue !== undefined && hits(title, cue).some(({ from }) => before(title, 'negation', from, 4));
}

function isQuestion({ tokens }: Unit): boolean {
  return /[?؟]["'»”]?\s*$/u.test(tokens.text);
}

/**
 * Whether the headline, or the first sentence, speaks against the step that was read: then none is told, and the
 * outlet's own headline stands. Only steps outside courts, whose words say no as often as yes.
 */
export function isContradicted(title: Unit, lead: Unit | undefined, stage: Stage, frame: Frame): boolean {
  if (frame.court) return false;
  const isRemoval = frame.subject === 'removal';
  return isRemoval ? isRemovalContradicted(title, lead, stage) : isMeasureContradicted(title, stage);
}
