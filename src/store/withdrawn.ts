import type { Listed, Withdrawal, WithdrawnHow } from '../core/withdrawal.ts';
import { missingEntries } from '../core/withdrawal.ts';
import { decode, encode, instant } from './codec.ts';
import { unpackEntries, unpackKnown } from './pack-stories.ts';
import { packedWith, packsOf } from './packs.ts';
import { chunks, type Db, type Tx } from './transaction.ts';

/** Entries of the last document that are remembered. */
const mostListed = 100;

/** What one document says of the entries of its source. */
export interface Told {
  sourceId: string;
  seenAt: string;
  /** Its dated entries. */
  listed: readonly Listed[];
  /** Entries that are in it, and those of them that say they are withdrawn. */
  present: readonly string[];
  titled: readonly string[];
  /** Stored entries in it that were withdrawn before. */
  marked: readonly string[];
  /** Keys of each entry that it says is deleted. */
  deleted: readonly (readonly string[])[];
}

async function listedBefore(tx: Tx, sourceId: string): Promise<Listed[]> {
  const row = await tx
    .selectFrom('source_listing')
    .select('entries')
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
  return row ? (decode(row.entries, `listing of ${sourceId}`) as Listed[]) : [];
}

async function putListing(tx: Tx, sourceId: string, listed: readonly Listed[]): Promise<void> {
  const entries = encode(listed);
  await tx
    .insertInto('source_listing')
    .values({ source_id: sourceId, entries })
    .onConflict((conflict) => conflict.column('source_id').doUpdateSet({ entries }))
    .execute();
}

async function deletedIds(tx: Tx, { sourceId, deleted, present }: Told): Promise<string[]> {
  const found: string[] = [];
  const keys = [...new Set(deleted.flat())];
  await unpackKnown(tx, sourceId, keys);
  for (const some of chunks(keys)) {
    const query = tx.selectFrom('entry_key').select('entry_id').distinct();
    const rows = await query.where('source_id', '=', sourceId).where('entry_key', 'in', some).execute();
    found.push(...rows.map((row) => row.entry_id).filter((id) => !present.includes(id)));
  }
  return found;
}

async function mark(tx: Tx, ids: readonly string[], seenAt: string, how: WithdrawnHow): Promise<number> {
  let count = 0;
  await unpackEntries(tx, ids);
  for (const some of chunks(ids)) {
    const update = tx.updateTable('entry').set({ withdrawn_at: instant(seenAt), withdrawn_how: how });
    const done = await update.where('id', 'in', some).where('withdrawn_at', 'is', null).executeTakeFirst();
    count += Number(done.numUpdatedRows);
  }
  return count;
}

/** Notes what a document says was taken back, and what came back; answers how many entries are newly withdrawn. */
export async function noteWithdrawn(tx: Tx, told: Told): Promise<number> {
  const before = await listedBefore(tx, told.sourceId);
  const listed = told.listed.slice(0, mostListed);
  const present = new Set(told.present);
  const missing = missingEntries(before, listed).filter((id) => !present.has(id));
  if (encode(before) !== encode(listed)) await putListing(tx, told.sourceId, listed);
  const back = told.marked.filter((id) => !told.titled.includes(id));
  for (const some of chunks(back)) {
    await tx.updateTable('entry').set({ withdrawn_at: null, withdrawn_how: null }).where('id', 'in', some).execute();
  }
  const marked = [
    await mark(tx, await deletedIds(tx, told), told.seenAt, 'told'),
    await mark(tx, told.titled, told.seenAt, 'titled'),
    await mark(tx, missing, told.seenAt, 'missing'),
  ];
  return marked.reduce((sum, count) => sum + count, 0);
}

/** Which of these articles came from entries that were taken back. */
export async function withdrawnArticles(
  db: Db,
  articleIds: readonly string[],
): Promise<ReadonlyMap<string, Withdrawal>> {
  const found = new Map<string, Withdrawal>();
  for (const some of chunks(articleIds)) {
    const query = db.selectFrom('article').innerJoin('entry', 'entry.id', 'article.entry_id');
    const rows = await query
      .select(['article.id', 'entry.withdrawn_at', 'entry.withdrawn_how'])
      .where('article.id', 'in', some)
      .where('entry.withdrawn_at', 'is not', null)
      .execute();
    for (const { id, withdrawn_at: at, withdrawn_how: how } of rows) {
      if (at !== null && how !== null) found.set(id, { at, how });
    }
  }
  const wanted = new Set(articleIds);
  for (const { entries } of (await packsOf(db, await packedWith(db, articleIds))).values()) {
    for (const { id, withdrawn_at: at, withdrawn_how: how } of entries)
      if (wanted.has(id) && at !== null && how !== null) found.set(id, { at, how });
  }
  return found;
}
