import type { Countries } from '../core/country.ts';
import type { LedgerFacts } from '../core/ledger.ts';
import type { Story, StoryMember } from '../core/story.ts';
import { originatorsOf, standingOf } from './certainty.ts';
import { conflictsOf } from './conflicts.ts';
import { storyDay } from './date.ts';
import { byPublished, evidenceOf, familyOf } from './evidence.ts';
import { reviseStory } from './revise.ts';
import { commentsOf, countriesOf, earlierOf, effectiveOf, mattersOf, topicsOf } from './structure.ts';
import { summarise } from './summary.ts';

/** What folding looks up: the ledger to settle what articles leave open, and the names of countries. */
export interface FoldContext {
  facts: LedgerFacts;
  countries: Countries;
}

/** Families that carry the story (a copy carries it too, context does not), by the outlet that came first. */
function outletsOf(members: readonly StoryMember[]): readonly string[] {
  const outlets = new Map<string, string>();
  const copies = members.filter(({ part }) => part === 'copy');
  for (const member of [...evidenceOf(members), ...copies].toSorted(byPublished)) {
    const family = familyOf(member);
    if (member.publisher && !outlets.has(family)) outlets.set(family, member.publisher);
  }
  return [...outlets.values()];
}

/**
 * The state of a story from its members alone: the same members in any order give the same state. `previous` gives
 * what a story keeps (its opening, what it follows, whether it was told); `now` is ISO 8601 UTC.
 */
export function foldStory(
  id: string,
  members: readonly StoryMember[],
  previous: Story | null,
  { facts, countries: names }: FoldContext,
  now: string,
): Story {
  const { certainty, disputed, stage } = standingOf(members);
  const matters = mattersOf(members);
  const { day, precision } = storyDay(members, matters, facts);
  const state = {
    members,
    certainty,
    disputed,
    stage,
    topics: topicsOf(members),
    matters,
    countries: countriesOf(members),
    originators: originatorsOf(members),
    comments: commentsOf(members),
    effective: effectiveOf(members, stage, day),
  };
  const next: Story = {
    id,
    revision: (previous?.revision ?? 0) + 1,
    mergedInto: null,
    ...summarise(state, names),
    ...state,
    date: day,
    datePrecision: precision,
    outlets: outletsOf(members),
    earlier: earlierOf(members, precision === 'unknown' ? null : day),
    conflicts: conflictsOf(members, facts, day),
    follows: previous?.follows ?? [],
    openedAt: previous?.openedAt ?? now,
    updatedAt: now,
    changes: [],
    told: previous?.told ?? false,
  };
  return { ...next, changes: reviseStory(previous, next) };
}
