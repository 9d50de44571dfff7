import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { EntryDraft } from '../core/source-ports.ts';
import { dayOf } from './codec.ts';
import { chunks, type Tx } from './transaction.ts';

/*
 * Entries that no story holds are let go when their feed has not listed them for as long as texts are kept. Their words
 * leave a mark: should they come back, under whatever date, guid or address, they are stored silently.
 */

/** 52 bits, which a number holds exactly: among ten million entries one in a billion is taken for another. */
export function markOf(sourceId: string, hashed: string): number {
  return Number.parseInt(hash('sha256', `${sourceId}\n${hashed}`, 'hex').slice(0, 13), 16);
}

/** Content hashes of those drafts that were stored before and let go. */
export async function returnedEntries(
  tx: Tx,
  sourceId: string,
  drafts: readonly EntryDraft[],
): Promise<ReadonlySet<string>> {
  const hashes = new Map(drafts.map(({ contentHash }) => [markOf(sourceId, contentHash), contentHash]));
  const found = new Set<string>();
  for (const some of chunks([...hashes.keys()])) {
    for (const { mark } of await tx.selectFrom('departed').select('mark').where('mark', 'in', some).execute()) {
      const contentHash = hashes.get(Number(mark));
      if (contentHash !== undefined) found.add(contentHash);
    }
  }
  return found;
}

/** A document of `sourceId` that was read at `seenAt` listed these entries, which bore another day until now. */
export async function noteListed(tx: Tx, sourceId: string, seenAt: string, ids: readonly string[]): Promise<void> {
  const listed_on = dayOf(seenAt);
  for (const some of chunks(ids)) await tx.updateTable('entry').set({ listed_on }).where('id', 'in', some).execute();
  const source = tx.updateTable('source').set({ listed_on }).where('id', '=', sourceId);
  await source.where((eb) => eb.or([eb('listed_on', 'is', null), eb('listed_on', '!=', listed_on)])).execute();
}

/** Lets at most `limit` entries go; answers how many went. Their articles are deleted before. */
export async function letEntriesGo(tx: Tx, before: string, limit: number): Promise<number> {
  const gone = await tx
    .selectFrom('source')
    .innerJoin('entry', 'entry.source_id', 'source.id')
    .select(['entry.id', 'entry.source_id', 'entry.content_hash', 'entry.entry_keys'])
    .where(sql<boolean>`entry.skipped is not null`) // as the partial index says it
    .whereRef('entry.listed_on', '<', 'source.listed_on')
    .where('entry.listed_on', '<', dayOf(before))
    .where('entry.unread', '=', 0)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('article').select('id').whereRef('article.id', '=', 'entry.id'))))
    .limit(limit)
    .execute();
  for (const rows of chunks(gone)) {
    const ids = rows.map(({ id }) => id);
    const marks = [...new Set(rows.map((row) => markOf(row.source_id, row.content_hash)))].map((mark) => ({ mark }));
    await tx
      .insertInto('departed')
      .values(marks)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (const { id, source_id, entry_keys } of rows) {
      const found = tx.deleteFrom('entry_key').where('source_id', '=', source_id).where('entry_id', '=', id);
      await found.where('entry_key', 'in', entry_keys.split('\n')).execute();
    }
    await tx.deleteFrom('entry').where('id', 'in', ids).execute();
  }
  return gone.length;
}
