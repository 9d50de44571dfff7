import { type Certainty, courtStages, type Originator, type Stage } from '../core/reading.ts';
import { certaintyRank, type StoryMember } from '../core/story.ts';
import { evidenceOf, familyOf, kindOf, mostTold, saysOf } from './evidence.ts';
import { paymentClaim } from './extract/claims.ts';
import { isSameOrigin } from './origins.ts';

/** How sure a story is and where its main development stands. */
export interface Standing {
  certainty: Certainty;
  /** A denial stands, whatever the rank. */
  disputed: boolean;
  stage: Stage | null;
  /** The member whose word this is; null when a story has no members. */
  lead: StoryMember | null;
}

/** What one member says of the story's own development. */
interface Word {
  member: StoryMember;
  certainty: Certainty;
  stage: Stage | null;
}

// A later article that tells a lower step is retelling the past, unless it corrects.
const ladders: readonly (readonly Stage[])[] = [
  ['approached', 'in-talks', 'agreed', 'signed', 'operational'],
  ['considered', 'announced', 'signed', 'effective'],
];

const denials: ReadonlySet<Stage | null> = new Set<Stage | null>(['denied', 'refused']);

/** The kind of matter that most evidence leads with: `removals`, `ban`, `court`; null without matters. */
export function mainKindOf(members: readonly StoryMember[]): string | null {
  return mostTold(evidenceOf(members), (member) => {
    const main = member.reading.matters[0];
    return main ? kindOf(main.id) : null;
  });
}

const courtEffects: ReadonlySet<Stage> = new Set([...courtStages, 'blocked', 'block-lifted']);

/** Whether an article leads with the story's own kind of matter, or with what a court did to it. */
function leadsWithIt(member: StoryMember, mainKind: string | null): boolean {
  const main = member.reading.matters[0];
  const kind = main ? kindOf(main.id) : null;
  return kind === null || kind === mainKind || kind === 'court' || mainKind === 'court';
}

/** An article that leads with something else vouches for nothing here: it only retells. */
function wordOf(member: StoryMember, mainKind: string | null): Word {
  const { matters, certainty, stage } = member.reading;
  if (!leadsWithIt(member, mainKind)) {
    const retold = matters.find((matter) => kindOf(matter.id) === mainKind);
    return { member, certainty: 'reported', stage: retold?.stage ?? null };
  }
  const isBackground = mainKind === 'court' && stage !== null && !courtEffects.has(stage);
  return { member, certainty, stage: isBackground || saysOf(member, paymentClaim) ? null : stage };
}

/** Whether the second stage is a lower step of the same ladder. */
export function stepsBack(from: Stage | null, to: Stage | null): boolean {
  return ladders.some((ladder) => {
    if (from === null || to === null) return false;
    const [before, after] = [ladder.indexOf(from), ladder.indexOf(to)];
    return before >= 0 && after >= 0 && after < before;
  });
}

function isOnLadder(stage: Stage): boolean {
  return ladders.some((ladder) => ladder.includes(stage));
}

function onOneLadder(a: Stage | null, b: Stage | null): boolean {
  return ladders.some((ladder) => a !== null && b !== null && ladder.includes(a) && ladder.includes(b));
}

/** The day of an undated article is only that of its arrival: it comes after nothing that is dated. */
function comesAfter(word: Word, before: Word): boolean {
  return word.member.dated !== 'arrival' || before.member.dated === 'arrival';
}

/**
 * Among official words the latest, oldest given first. A step up or down the same ladder is another development, so
 * within a story it is more often a loose word: it must be told by as many outlets as the one it replaces.
 */
function latestWord(words: readonly Word[]): Word | undefined {
  const tellers = (stage: Stage | null): number =>
    new Set(words.filter((word) => word.stage === stage).map(({ member }) => familyOf(member))).size;
  let latest: Word | undefined;
  for (const word of words) {
    const replaces =
      !latest ||
      latest.stage === null ||
      (word.stage !== null &&
        comesAfter(word, latest) &&
        (!onOneLadder(latest.stage, word.stage) ||
          word.member.reading.correction !== null ||
          (!stepsBack(latest.stage, word.stage) && tellers(word.stage) >= tellers(latest.stage))));
    if (replaces) latest = word;
  }
  return latest;
}

/** Among equals below official: the stage that most outlets tell, the earliest on a tie. */
function commonWord(words: readonly Word[]): Word | undefined {
  const stage = mostTold(
    words.map((word) => word.member),
    (member) => words.find((word) => word.member === member)?.stage,
  );
  return words.find((word) => word.stage === stage) ?? words[0];
}

/** A denial stands until an official word that came after it says otherwise. */
function denialStands(words: readonly Word[]): boolean {
  const isDenial = ({ certainty, stage }: Word): boolean => stage === 'denied' || certainty === 'disputed';
  const denial = words.findLast(isDenial);
  if (!denial) return false;
  const disputes = words.some(({ stage }) => stage !== null && stage !== 'denied' && stage !== 'refused');
  const inItself = denial.certainty === 'disputed' || (denial.stage !== 'denied' && denial.stage !== 'refused');
  const settled = words
    .slice(words.indexOf(denial) + 1)
    .filter((word) => comesAfter(word, denial))
    .some(({ certainty, stage }) => certainty === 'official' && stage !== null && stage !== 'refused');
  return (disputes || inItself) && !settled;
}

const done: ReadonlySet<Stage | null> = new Set<Stage | null>(['signed', 'operational']);

/** Who signed, and later denies, denies something else: a flight, a figure. */
function deniesDetail(word: Word, before: readonly Word[]): boolean {
  const own = word.member.reading.originators;
  return (
    word.stage === 'denied' &&
    before.some(
      ({ certainty, stage, member }) =>
        certainty === 'official' &&
        done.has(stage) &&
        member.reading.originators.some(({ name }) => own.some((denier) => isSameOrigin(name, denier.name))),
    )
  );
}

/** Originators of evidence about the story's own matter, each once, in order of publication. */
export function originatorsOf(members: readonly StoryMember[]): readonly Originator[] {
  const mainKind = mainKindOf(members);
  return eachOnce(evidenceOf(members).filter((member) => leadsWithIt(member, mainKind)));
}

function eachOnce(members: readonly StoryMember[]): readonly Originator[] {
  const found: Originator[] = [];
  for (const member of members) {
    for (const originator of member.reading.originators) {
      const at = found.findIndex(({ name }) => isSameOrigin(name, originator.name));
      const known = found[at];
      if (!known) found.push(originator);
      else if (originator.name.startsWith(`${known.name},`)) found[at] = { ...known, name: originator.name };
    }
  }
  return found;
}

const deals: ReadonlySet<Stage | null> = new Set<Stage | null>(['agreed', 'signed', 'operational']);

/** Who tells a step, and what others tell against it. */
export interface Account {
  stage: Stage | null;
  /** Those who tell this step; all originators of the story when there is none. */
  originators: readonly Originator[];
}

/** A story's step and, while a denial or refusal contradicts what others tell, that claim: each with its own tellers. */
export function accountsOf(
  members: readonly StoryMember[],
  { stage, disputed }: Pick<Standing, 'stage' | 'disputed'>,
): { told: Account; against: Account | null } {
  const mainKind = mainKindOf(members);
  const words = evidenceOf(members).map((member) => wordOf(member, mainKind));
  const isDenial = denials.has(stage);
  const tellers = (agrees: (step: Stage | null) => boolean) =>
    eachOnce(words.filter((word) => agrees(word.stage)).map(({ member }) => member));
  const telling = tellers((step) => step === stage || (isDenial && denials.has(step)));
  const contradicts = (step: Stage | null) =>
    step !== null && !denials.has(step) && (stage === 'denied' || deals.has(step));
  const claim = disputed && isDenial ? commonWord(words.filter((word) => contradicts(word.stage))) : undefined;
  if (!claim) {
    const all = stage === null ? originatorsOf(members) : [];
    return { told: { stage, originators: telling.length > 0 ? telling : all }, against: null };
  }
  const others = tellers((step) => step === claim.stage);
  // An article that tells a denial names whom it contradicts as well.
  const own = telling.filter(({ name }) => others.every((other) => !isSameOrigin(name, other.name)));
  return {
    told: { stage, originators: own.length > 0 ? own : telling },
    against: { stage: claim.stage, originators: others },
  };
}

/** Whether a word for `told` speaks for `stage`: the same step, a later one of its ladder, or steps that no ladder orders. */
function vouches(told: Stage | null, stage: Stage | null): boolean {
  if (stage === null || told === stage) return told !== 'denied';
  if (told === null || denials.has(told)) return false;
  return onOneLadder(told, stage) ? stepsBack(told, stage) : !isOnLadder(told) || !isOnLadder(stage);
}

/** Distinct originators who tell the step: two of them confirm each other. */
function corroborators(words: readonly Word[], stage: Stage | null): number {
  return originatorsOf(words.filter((word) => vouches(word.stage, stage)).map(({ member }) => member)).length;
}

/**
 * The state of a story: the highest certainty of its evidence (reported and disputed rank alike); among official
 * words the latest; two independent originators make a report confirmed.
 */
export function standingOf(members: readonly StoryMember[]): Standing {
  const mainKind = mainKindOf(members);
  const all = evidenceOf(members).map((member) => wordOf(member, mainKind));
  // An official word that tells no step does not make the step official that others tell.
  const telling = all.filter(({ stage }) => stage !== null);
  const settled = telling.filter((word, at) => !deniesDetail(word, telling.slice(0, at)));
  const words = settled.length > 0 ? settled : all;
  const rank = Math.max(0, ...words.map((word) => certaintyRank[word.certainty]));
  const top = words.filter((word) => certaintyRank[word.certainty] === rank);
  const lead = rank === certaintyRank.official ? latestWord(top) : commonWord(top);
  const disputed = denialStands(words);
  return {
    certainty: rankName(rank, words, top, lead?.stage ?? null),
    disputed,
    stage: lead?.stage ?? null,
    lead: lead?.member ?? null,
  };
}

function rankName(rank: number, words: readonly Word[], top: readonly Word[], stage: Stage | null): Certainty {
  if (rank === certaintyRank.official) return 'official';
  if (rank === certaintyRank.confirmed || corroborators(words, stage) >= 2) return 'confirmed';
  return top.some((word) => word.certainty === 'disputed') ? 'disputed' : 'reported';
}
