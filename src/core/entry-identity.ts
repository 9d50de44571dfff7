/*
 * How an entry stays itself. Publishers change guid, date, title, address parameters and order at will, so no single
 * field is identity: each entry carries several keys (made in src/feeds/identity.ts) and is weighed against what is
 * stored. A key is one letter, a colon, and 12 characters of a hash
 * (of a day, the day itself). Making a key differently later would forget every
 * stored entry: add a new letter instead.
 *
 * | key  | of what                                                             | may find a match |
 * |------|---------------------------------------------------------------------|------------------|
 * | `x:` | guid, address, title, day and text together                         | yes, exact       |
 * | `g:` | guid, unless it is only the link again                              | yes              |
 * | `p:` | host and path, when they name one article; else with its id param   | yes              |
 * | `u:` | canonical address; none for a site's front page                     | yes              |
 * | `c:` | summary, or content, of 120 letters and digits or more              | yes              |
 * | `t:` | title with its day (`-` when undated)                               | yes              |
 * | `n:` | title of four words or 20 letters and more                          | yes              |
 * | `m:` | shorter title                                                       | no, weighs only  |
 * | `a:` | host and path of any address                                        | no, weighs only  |
 * | `d:` | day                                                                 | no, weighs only  |
 * | `i:` | instant, when it tells more than a day                              | no, weighs only  |
 *
 * A key that finds matches is left out when two different entries of one feed document carry it.
 */

/** Letters of keys by which a stored entry may be found, strongest first. */
export const findingKeys = ['x', 'g', 'p', 'u', 'c', 't', 'n'] as const;

const finding: ReadonlySet<string> = new Set(findingKeys);

/** Whether stored entries are to be looked up by this key. */
export function findsMatches(key: string): boolean {
  return finding.has(key.charAt(0));
}

interface Keyed {
  keys: readonly string[];
}

/** Keys by letter. */
type KeySet = Readonly<Record<string, readonly string[]>>;

function byLetter(keys: readonly string[]): KeySet {
  const set: Record<string, string[]> = {};
  for (const key of keys) (set[key.charAt(0)] ??= []).push(key);
  return set;
}

/** True: they share one. False: both have some and share none. Undefined: one of them has none. */
function agree(a: KeySet, b: KeySet, letter: string): boolean | undefined {
  const left = a[letter];
  const right = b[letter];
  if (!left || !right) return undefined;
  return left.some((key) => right.includes(key));
}

/** An address is never changed lightly: a different one speaks against, the more so on a different day. */
function weighAddress(a: KeySet, b: KeySet): number {
  if (agree(a, b, 'p')) return 4;
  if (agree(a, b, 'u')) return 3;
  const paths = agree(a, b, 'p') === false ? false : agree(a, b, 'a');
  if (paths !== false) return 0;
  return agree(a, b, 'd') === false ? -3 : -2;
}

function weighTitle(a: KeySet, b: KeySet): number {
  if (agree(a, b, 't')) return agree(a, b, 'n') ? 3 : 2;
  if (agree(a, b, 'n')) return 2;
  if (agree(a, b, 'm')) return 0;
  const titled = (set: KeySet): boolean => Boolean(set.n ?? set.m ?? set.t);
  return titled(a) && titled(b) ? -1 : 0;
}

function weigh(value: boolean | undefined, yes: number, no: number): number {
  return value === undefined ? 0 : value ? yes : no;
}

function weighSets(a: KeySet, b: KeySet): number {
  if (agree(a, b, 'x')) return 100;
  return (
    weigh(agree(a, b, 'g'), 4, -1) +
    weighAddress(a, b) +
    weighTitle(a, b) +
    weigh(agree(a, b, 'c'), 3, -1) +
    weigh(agree(a, b, 'i'), 1, 0)
  );
}

/** How strongly two entries' keys speak for one entry: 1 or more means the same. */
export function weighEntries(a: readonly string[], b: readonly string[]): number {
  return weighSets(byLetter(a), byLetter(b));
}

interface Candidate {
  weight: number;
  draft: number;
  stored: number;
}

function candidates(stored: readonly Keyed[], drafts: readonly Keyed[]): Candidate[] {
  const holders = new Map<string, number[]>();
  for (const [at, entry] of stored.entries()) {
    for (const key of entry.keys) {
      if (!findsMatches(key)) continue;
      const list = holders.get(key);
      if (list) list.push(at);
      else holders.set(key, [at]);
    }
  }
  const storedSets = stored.map((entry) => byLetter(entry.keys));
  const found: Candidate[] = [];
  for (const [draft, entry] of drafts.entries()) {
    const set = byLetter(entry.keys);
    const near = new Set(entry.keys.filter(findsMatches).flatMap((key) => holders.get(key) ?? []));
    for (const at of near) {
      const weight = weighSets(set, storedSets[at] ?? {});
      if (weight >= 1) found.push({ weight, draft, stored: at });
    }
  }
  return found;
}

/**
 * Which stored entry each draft of one poll is; null for a new one. Pure: keys in, places out.
 *
 * What `SourceStore.recordPoll` does with it, inside its transaction:
 * 1. Look up the entries of this source that hold any key of any draft for which `findsMatches(key)`; load ALL keys
 *    of each of them. (An index on source and key; entries of other sources are never candidates.)
 * 2. `matchEntries(those, drafts)`. Each stored entry is given to at most one draft, the strongest claim first; ties go
 *    to the stored entry listed first (list the newest first) and to the earlier draft.
 * 3. Null: insert the entry, version 1, with its keys; silent when the poll is silent, when the draft is `silent`, or
 *    when the poll has a `floodLimit`, more drafts than that are new, and the draft is not `fresh`.
 * 4. Matched: add the draft's keys to the stored ones (union; never remove). When its `contentHash` is not the stored
 *    one: store the item as a new version, unread again; else store nothing but the keys. `silent` and `firstSeenAt` stay.
 * Keys are kept when an old entry's text is pruned, or it comes back as news when the feed shows it again. What is let go
 * whole is known again by its words (store/departed.ts).
 */
export function matchEntries(stored: readonly Keyed[], drafts: readonly Keyed[]): (number | null)[] {
  const found = candidates(stored, drafts);
  found.sort((a, b) => b.weight - a.weight || a.stored - b.stored || a.draft - b.draft);
  const result: (number | null)[] = drafts.map(() => null);
  const taken = new Set<number>();
  for (const one of found) {
    if (taken.has(one.stored) || result[one.draft] !== null) continue;
    taken.add(one.stored);
    result[one.draft] = one.stored;
  }
  return result;
}
