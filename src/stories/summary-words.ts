import type { Stage } from '../core/reading.ts';
import { stageWords } from '../core/story-words.ts';

/**
 * How a step is told. `{C}` stands for its countries, `{S}` for what a court case or measure is about (`{T}` for the same
 * as a known one), `{K}` for the court; `agree|agrees` is for many and for one.
 */
export interface StepWords {
  headline: string;
  clause: string;
  /** What the step leaves open. */
  unknown: string;
}

const removalSteps: Readonly<Partial<Record<Stage, StepWords>>> = {
  approached: {
    headline: 'US asks {C} to take deportees from other countries',
    clause: 'the US has approached {C} about taking in deportees who are not its own citizens',
    unknown: 'No agreement is known',
  },
  'in-talks': {
    headline: 'US and {C} in talks on taking deportees',
    clause: 'the US is in talks with {C} on taking in deportees from other countries',
    unknown: 'No agreement is known',
  },
  agreed: {
    headline: '{C} agree|agrees to take deportees from the US',
    clause: '{C} have|has agreed to take in people whom the US deports',
    unknown: 'When people will arrive is not known',
  },
  signed: {
    headline: '{C} sign|signs arrangement with the US on deportees',
    clause: '{C} have|has signed an arrangement on taking in people whom the US deports',
    unknown: 'When people will arrive is not known',
  },
  operational: {
    headline: 'People deported from the US arrive in {C}',
    clause: 'people deported by the US have arrived in {C}',
    unknown: 'What comes next for them is not known',
  },
  denied: {
    headline: '{C} deny|denies claims about US deportees',
    clause: '{C} deny|denies claims about taking in people whom the US deports',
    unknown: 'No agreement is known',
  },
  refused: {
    headline: '{C} refuse|refuses to take deportees from the US',
    clause: '{C} have|has refused to take in people whom the US deports',
    unknown: 'No agreement is known',
  },
  suspended: {
    headline: 'Removals from the US to {C}, or plans for them, suspended',
    clause: 'removals from the US to {C}, or plans for them, are suspended',
    unknown: 'No date for their return is known',
  },
  blocked: {
    headline: 'Court blocks removals from the US to {C}',
    clause: '{K} has blocked removals from the US to {C}',
    unknown: 'What follows the order is not known',
  },
  'block-lifted': {
    headline: 'Court lets removals from the US to {C} go on',
    clause: '{K} has lifted a block on removals from the US to {C}',
    unknown: 'When removals go on is not known',
  },
};

const measureSteps: Readonly<Partial<Record<Stage, StepWords>>> = {
  considered: {
    headline: 'US considers {S}',
    clause: 'the US is considering {S}',
    unknown: 'No decision is known',
  },
  announced: {
    headline: 'US announces {S}',
    clause: 'the US has announced {S}',
    unknown: 'What comes after it is not known',
  },
  signed: {
    headline: '{S} signed',
    clause: 'the order for {S} has been signed',
    unknown: 'What comes after it is not known',
  },
  effective: {
    headline: '{S} in effect',
    clause: '{S} is in effect',
    unknown: 'What comes after it is not known',
  },
  modified: {
    headline: 'US changes {T}',
    clause: 'the US has modified {T}',
    unknown: 'What comes after it is not known',
  },
  extended: {
    headline: 'US extends {T}',
    clause: 'the US has extended {T}',
    unknown: 'What comes after it is not known',
  },
  blocked: {
    headline: 'Court blocks {T}',
    clause: '{K} has blocked {T}',
    unknown: 'What follows the order is not known',
  },
  'block-lifted': {
    headline: 'Court lets {T} go on',
    clause: '{K} has lifted a block on {T}',
    unknown: 'No final ruling is known',
  },
  lifted: {
    headline: 'US lifts {T}',
    clause: '{T} has been lifted',
    unknown: 'What replaces it is not known',
  },
};

/** Protection is the measure here: what a court stops, or the US considers, is a step against it as often as for it. */
const protectionSteps: Readonly<Partial<Record<Stage, StepWords>>> = {
  considered: {
    headline: 'US considers a change to {S}',
    clause: 'the US is considering a change to {S}',
    unknown: 'No decision is known',
  },
  announced: {
    headline: 'US announces a step on {S}',
    clause: 'the US has announced a step on {S}',
    unknown: 'What follows is not known',
  },
  signed: {
    headline: 'A step on {S} signed',
    clause: 'a step on {S} has been signed',
    unknown: 'What follows is not known',
  },
  effective: {
    headline: 'A step on {S} in effect',
    clause: 'a step on {S} is in effect',
    unknown: 'What follows is not known',
  },
  blocked: {
    headline: 'Court blocks a government step on {S}',
    clause: '{K} has blocked a government step on {S}',
    unknown: 'What follows the order is not known',
  },
  'block-lifted': {
    headline: 'Court lets a government step on {S} go on',
    clause: '{K} has lifted a block on a government step on {S}',
    unknown: 'No final ruling is known',
  },
  lifted: {
    headline: 'US ends {S}',
    clause: 'the US is ending {S}',
    unknown: 'What replaces it is not known',
  },
};

/** An end that was told before its day. */
const endToCome: StepWords = {
  headline: 'US to end {T}',
  clause: 'the US will end {T}',
  unknown: 'What replaces it is not known',
};

const courtSteps: Readonly<Partial<Record<Stage, StepWords>>> = {
  filed: { headline: 'Lawsuit filed over {S}', clause: 'a lawsuit over {S} was filed', unknown: 'No ruling is known' },
  argued: {
    headline: 'Court hears case on {S}',
    clause: 'a case on {S} is being argued in {K}',
    unknown: 'No ruling is known',
  },
  tro: {
    headline: 'Court pauses {S} with a temporary order',
    clause: '{K} has issued a temporary restraining order against {S}',
    unknown: 'What the court does next is not known',
  },
  injunction: {
    headline: 'Court issues injunction against {S}',
    clause: '{K} has issued an injunction against {S}',
    unknown: 'What follows the ruling is not known',
  },
  ruled: {
    headline: 'Court rules on {S}',
    clause: '{K} has ruled on {S}',
    unknown: 'What follows the ruling is not known',
  },
  stayed: {
    headline: 'Court stays order on {S}',
    clause: '{K} has stayed a lower order on {S}',
    unknown: 'No final ruling is known',
  },
  appealed: {
    headline: 'Ruling on {S} appealed',
    clause: 'a ruling on {S} has been appealed',
    unknown: 'No ruling on the appeal is known',
  },
  affirmed: {
    headline: 'Appeals court upholds ruling on {S}',
    clause: '{K} has affirmed a ruling on {S}',
    unknown: 'What follows the ruling is not known',
  },
  reversed: {
    headline: 'Court reverses ruling on {S}',
    clause: '{K} has reversed a ruling on {S}',
    unknown: 'What follows the ruling is not known',
  },
  vacated: {
    headline: 'Court sets aside {S}',
    clause: '{K} has vacated {S}',
    unknown: 'What follows the ruling is not known',
  },
  remanded: {
    headline: 'Case on {S} sent back to lower court',
    clause: '{K} has remanded a case on {S}',
    unknown: 'No final ruling is known',
  },
  'cert-granted': {
    headline: 'Supreme Court takes case on {S}',
    clause: '{K} has granted review of a case on {S}',
    unknown: 'No ruling is known',
  },
};

/** What is told of a step beside it: that it takes effect later, that an order covers some people or parts only. */
export interface StepTerms {
  isToCome: boolean;
  isInPart: boolean;
}

const limitable: ReadonlySet<Stage> = new Set<Stage>(['tro', 'injunction', 'vacated', 'blocked']);

/** The words for a stage of a matter's kind, or undefined for a stage that the kind does not have. */
export function stepWords(kind: string, stage: Stage, { isToCome, isInPart }: StepTerms): StepWords | undefined {
  if (isToCome && stage === 'lifted') return endToCome;
  const words = wholeStep(kind, stage);
  if (words === undefined || !isInPart || !limitable.has(stage)) return words;
  return { ...words, headline: `${words.headline} in part`, clause: `${words.clause} in part` };
}

/** A stage by its name, or by what is still to come of it. */
export function stepName(stage: Stage, { isToCome }: StepTerms): string {
  return isToCome && stage === 'lifted' ? 'to be lifted' : stageWords(stage);
}

function wholeStep(kind: string, stage: Stage): StepWords | undefined {
  if (kind === 'parole' && protectionSteps[stage]) return protectionSteps[stage];
  const own = kind === 'removals' ? removalSteps : kind === 'court' ? courtSteps : measureSteps;
  return own[stage] ?? courtSteps[stage] ?? measureSteps[stage] ?? removalSteps[stage];
}
