/**
 * How it is known that a publisher took an entry back: it says so in the feed (`told`, Atom's tombstones), in the title
 * (`titled`), or the entry is gone from a feed that still carries older and newer ones (`missing`).
 */
export type WithdrawnHow = 'told' | 'titled' | 'missing';

/** Noted beside an article, whose story it does not change. `at`: when it was first seen, ISO 8601 UTC. */
export interface Withdrawal {
  at: string;
  how: WithdrawnHow;
}

/** A dated entry of one document. */
export interface Listed {
  id: string;
  /** ISO 8601 UTC. */
  publishedAt: string;
}

/** More than this at once is a feed that was rebuilt. */
const mostMissing = 3;

function newestFirst(listed: readonly Listed[]): boolean {
  return listed.every(({ publishedAt }, at) => at === 0 || publishedAt <= (listed[at - 1]?.publishedAt ?? ''));
}

/**
 * Ids of `before` that are gone from between entries that are still there: in a feed that is sorted by date, nothing
 * but the publisher takes them out. Old ones fall off the end; feeds that editors arrange tell nothing.
 */
export function missingEntries(before: readonly Listed[], now: readonly Listed[]): string[] {
  if (!newestFirst(before) || !newestFirst(now)) return [];
  const present = new Set(now.map(({ id }) => id));
  const oldest = before.findLast(({ id }) => present.has(id));
  const newest = now[0];
  if (!oldest || !newest) return [];
  const gone = before.filter(
    ({ id, publishedAt }) => !present.has(id) && publishedAt > oldest.publishedAt && publishedAt < newest.publishedAt,
  );
  return gone.length > mostMissing ? [] : gone.map(({ id }) => id);
}
