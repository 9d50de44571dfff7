import type { Claim, Reading, Stage } from '../core/reading.ts';
import type { StoryMember } from '../core/story.ts';

/** Oldest first; ids settle ties, so that arrival order decides nothing. */
export function byPublished(a: StoryMember, b: StoryMember): number {
  if (a.published !== b.published) return a.published < b.published ? -1 : 1;
  return a.articleId < b.articleId ? -1 : a.articleId === b.articleId ? 0 : 1;
}

/** The newest edition of a page among its editions: the one that no other edition follows. */
function newestEdition(member: StoryMember, editions: readonly StoryMember[]): StoryMember {
  const seen = new Set([member.articleId]);
  let newest = member;
  for (;;) {
    const next = editions.find((edition) => edition.of === newest.articleId && !seen.has(edition.articleId));
    if (!next) return newest;
    seen.add(next.articleId);
    newest = next;
  }
}

const government = /^official:Government of /;

/**
 * What a page says after an edit. Who first said it stays: an edit adds originators, it takes none away. But a page that
 * now names another country no longer has the word of the first one's government.
 */
export function editedReading(before: Reading, after: Reading): Reading {
  const [was, is] = [before.countries.receiving, after.countries.receiving];
  const elsewhere = is.length > 0 && was.some((code) => !is.includes(code));
  const kept = elsewhere ? before.originators.filter(({ name }) => !government.test(name)) : before.originators;
  const added = after.originators.filter(({ name }) => kept.every((known) => known.name !== name));
  return { ...after, originators: [...kept, ...added] };
}

/**
 * The members that count, oldest first, each with what its page says now: an edition speaks in the place of the
 * page it edits. Copies and context say nothing, unless a story holds nothing else.
 */
export function evidenceOf(members: readonly StoryMember[]): readonly StoryMember[] {
  const editions = members.filter((member) => member.part === 'edition');
  const evidence = members.filter((member) => member.part === 'evidence');
  const roots = evidence.length > 0 ? evidence : members.filter((member) => member.part !== 'edition');
  const speaking = roots.map((root) => {
    const newest = newestEdition(root, editions);
    return newest === root
      ? root
      : { ...root, title: newest.title, reading: editedReading(root.reading, newest.reading) };
  });
  return (speaking.length > 0 ? speaking : members).toSorted(byPublished);
}

/** Those of the evidence that tell this step as their own. */
export function tellersOf(members: readonly StoryMember[], stage: Stage | null): readonly StoryMember[] {
  return evidenceOf(members).filter(({ reading }) => stage !== null && reading.stage === stage);
}

/** Whether anybody who tells this step says this of it. */
export function isClaimed(
  members: readonly StoryMember[],
  stage: Stage | null,
  wanted: Pick<Claim, 'fact' | 'value'>,
): boolean {
  return tellersOf(members, stage).some((member) => saysOf(member, wanted));
}

/** Whether an article says this of what it tells. */
export function saysOf({ reading }: StoryMember, wanted: Pick<Claim, 'fact' | 'value'>): boolean {
  return reading.claims.some(({ fact, value }) => fact === wanted.fact && value === wanted.value);
}

/** The owner that an outlet counts under; its own name when no owner is known. */
export function familyOf(member: StoryMember): string {
  return member.family ?? member.publisher ?? member.articleId;
}

/** `removals/RS` is of kind `removals`. */
export function kindOf(matter: string): string {
  const slash = matter.indexOf('/');
  return slash < 0 ? matter : matter.slice(0, slash);
}

/** The key told by most families; the earliest told wins a tie. Null when nobody tells any. */
export function mostTold<T>(
  members: readonly StoryMember[],
  keyOf: (member: StoryMember) => T | null | undefined,
): T | null {
  const tellers = new Map<T, Set<string>>();
  for (const member of members) {
    const key = keyOf(member);
    if (key === null || key === undefined) continue;
    const families = tellers.get(key) ?? new Set();
    tellers.set(key, families.add(familyOf(member)));
  }
  let best: T | null = null;
  for (const [key, families] of tellers) {
    if (best === null || families.size > (tellers.get(best)?.size ?? 0)) best = key;
  }
  return best;
}
