import { findsMatches, matchEntries } from '../core/entry-identity.ts';
import type { EntryDraft, SourceStore } from '../core/source-ports.ts';
import { createBreath } from '../lib/gently.ts';
import { dayOf, encode, flag, instant } from './codec.ts';
import { noteListed, returnedEntries } from './departed.ts';
import { unpackKnown } from './pack-stories.ts';
import { chunks, type Tx } from './transaction.ts';
import { noteWithdrawn, type Told } from './withdrawn.ts';

type Poll = Parameters<SourceStore['recordPoll']>[0];

interface Known {
  id: string;
  contentHash: string;
  keys: string[];
  withdrawn: boolean;
  /** `YYYY-MM-DD`. */
  listedOn: string | null;
}

function findingKeysOf(drafts: readonly EntryDraft[]): readonly string[] {
  return [...new Set(drafts.flatMap((draft) => draft.keys.filter(findsMatches)))];
}

/** The stored entries of a source that hold any finding key of any draft, newest first, each with all of its keys. */
async function knownEntries(tx: Tx, sourceId: string, drafts: readonly EntryDraft[]): Promise<Known[]> {
  const known = await entriesInRows(tx, sourceId, drafts);
  const held = new Set(known.flatMap(({ keys }) => keys));
  // Most are known to the letter: only the others may be of old stories.
  const unsure = drafts.filter((draft) => !draft.keys.some((key) => key.startsWith('x:') && held.has(key)));
  const unpacked = await unpackKnown(tx, sourceId, findingKeysOf(unsure));
  return unpacked > 0 ? entriesInRows(tx, sourceId, drafts) : known;
}

async function entriesInRows(tx: Tx, sourceId: string, drafts: readonly EntryDraft[]): Promise<Known[]> {
  const keys = findingKeysOf(drafts);
  const ids = new Set<string>();
  // Thousands at once must not keep a person waiting, who reads over a connection of their own.
  const breathe = createBreath();
  for (const some of chunks(keys)) {
    await breathe();
    const query = tx.selectFrom('entry_key').select('entry_id').distinct();
    const rows = await query.where('source_id', '=', sourceId).where('entry_key', 'in', some).execute();
    for (const row of rows) ids.add(row.entry_id);
  }
  const known = new Map<string, Known>();
  for (const some of chunks([...ids].sort().reverse())) {
    await breathe();
    const entries = await tx
      .selectFrom('entry')
      .select(['id', 'content_hash', 'withdrawn_at', 'listed_on', 'entry_keys'])
      .where('id', 'in', some)
      .execute();
    entries.sort((a, b) => (a.id < b.id ? 1 : -1));
    for (const row of entries) {
      const { id, content_hash: contentHash, listed_on: listedOn } = row;
      const keys = row.entry_keys.split('\n');
      known.set(id, { id, contentHash, keys, withdrawn: row.withdrawn_at !== null, listedOn });
    }
  }
  return [...known.values()];
}

/** Has an entry found by those of these keys that find. */
async function addKeys(tx: Tx, sourceId: string, entryId: string, keys: readonly string[]): Promise<void> {
  const found = keys.filter(findsMatches);
  if (found.length === 0) return;
  await tx
    .insertInto('entry_key')
    .values(found.map((key) => ({ source_id: sourceId, entry_key: key, entry_id: entryId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A document gave a stored entry further keys. */
async function noteKeys(tx: Tx, sourceId: string, known: Known, draft: EntryDraft): Promise<void> {
  const more = [...new Set(draft.keys)].filter((key) => !known.keys.includes(key));
  if (more.length === 0) return;
  await addKeys(tx, sourceId, known.id, more);
  const entry_keys = [...known.keys, ...more].join('\n');
  await tx.updateTable('entry').set({ entry_keys }).where('id', '=', known.id).execute();
}

interface Fresh {
  silent: boolean;
  lastGoodPollAt: string | null;
}

/** As it stands before this poll is recorded. */
async function lastGoodPoll(tx: Tx, sourceId: string): Promise<string | null> {
  const row = await tx.selectFrom('source').select('last_success_at').where('id', '=', sourceId).executeTakeFirst();
  return row?.last_success_at ?? null;
}

async function addEntry(tx: Tx, id: string, sourceId: string, draft: EntryDraft, poll: Poll, fresh: Fresh) {
  const seen = instant(poll.seenAt);
  const keys = [...new Set(draft.keys)];
  await tx
    .insertInto('entry')
    .values({
      id,
      source_id: sourceId,
      version: 1,
      content_hash: draft.contentHash,
      item: encode(draft.item),
      first_seen_at: seen,
      seen_at: seen,
      silent: flag(fresh.silent),
      last_good_poll_at: fresh.lastGoodPollAt,
      unread: 1,
      listed_on: dayOf(poll.seenAt),
      entry_keys: keys.join('\n'),
    })
    .execute();
  await addKeys(tx, sourceId, id, keys);
}

async function changeEntry(tx: Tx, known: Known, draft: EntryDraft, seenAt: string): Promise<void> {
  await tx
    .updateTable('entry')
    .set((column) => ({
      version: column('version', '+', 1),
      content_hash: draft.contentHash,
      item: encode(draft.item),
      seen_at: instant(seenAt),
      unread: 1,
      skipped: null,
    }))
    .where('id', '=', known.id)
    .execute();
}

/** New and changed entries of one poll; what identifies an entry is `matchEntries`' business. */
export async function recordEntries(
  tx: Tx,
  nextId: () => string,
  sourceId: string,
  poll: Poll,
): Promise<{ added: number; changed: number; flooded: boolean; withdrawn: number }> {
  const stored = await knownEntries(tx, sourceId, poll.entries);
  const places = matchEntries(stored, poll.entries);
  const added = places.filter((place) => place === null).length;
  const flooded = isFlood(poll, added);
  const lastGoodPollAt = await lastGoodPoll(tx, sourceId);
  const breathe = createBreath();
  const unknown = poll.entries.filter((_, at) => places[at] === null);
  const returned = await returnedEntries(tx, sourceId, unknown);
  let changed = 0;
  const ids: string[] = [];
  // Feeds list the newest first, reading goes by age: ids are given from the end.
  for (let at = poll.entries.length - 1; at >= 0; at--) {
    const draft = poll.entries[at];
    if (!draft) continue;
    await breathe();
    const known = stored[places[at] ?? -1];
    if (!known) {
      const id = nextId();
      ids[at] = id;
      const silent = isSilent(poll, draft, flooded) || returned.has(draft.contentHash);
      await addEntry(tx, id, sourceId, draft, poll, { silent, lastGoodPollAt });
      continue;
    }
    ids[at] = known.id;
    await noteKeys(tx, sourceId, known, draft);
    if (draft.contentHash === known.contentHash) continue;
    await changeEntry(tx, known, draft, poll.seenAt);
    changed++;
  }
  if (poll.entries.length > 0) await noteListed(tx, sourceId, poll.seenAt, notListedYet(stored, ids, poll));
  const withdrawn = await noteWithdrawn(tx, toldOf(sourceId, poll, stored, ids));
  return { added, changed, flooded, withdrawn };
}

/** Those of these stored entries that this document is the first of its day to list. */
function notListedYet(stored: readonly Known[], ids: readonly string[], poll: Poll): string[] {
  const [present, day] = [new Set(ids), dayOf(poll.seenAt)];
  return stored.filter(({ id, listedOn }) => present.has(id) && listedOn !== day).map(({ id }) => id);
}

/** What the document says of entries that were taken back; `ids` are those of its entries, in its order. */
function toldOf(sourceId: string, poll: Poll, stored: readonly Known[], ids: readonly string[]): Told {
  const entries = poll.entries.map((draft, at) => ({ draft, id: ids[at] ?? '' }));
  const dated = entries.flatMap(({ id, draft: { item } }) =>
    item.publishedAt === null ? [] : [{ id, publishedAt: item.publishedAt }],
  );
  return {
    sourceId,
    seenAt: poll.seenAt,
    // A feed with undated entries tells no order.
    listed: dated.length === entries.length ? dated : [],
    present: ids,
    titled: entries.filter(({ draft }) => draft.withdrawn === true).map(({ id }) => id),
    marked: stored.filter(({ id, withdrawn }) => withdrawn && ids.includes(id)).map(({ id }) => id),
    deleted: poll.deleted ?? [],
  };
}

/** A source that suddenly lists many unknown entries has changed its archive: only what is fresh counts as news. */
function isFlood(poll: Poll, added: number): boolean {
  return poll.floodLimit !== undefined && added > poll.floodLimit;
}

function isSilent(poll: Poll, draft: EntryDraft, flood: boolean): boolean {
  return poll.silent || draft.silent === true || (flood && draft.fresh !== true);
}
