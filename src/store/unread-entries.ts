import { sql } from 'kysely';
import type { FeedItem } from '../core/article.ts';
import type { StoredEntry } from '../core/source-ports.ts';
import { decode } from './codec.ts';
import { type Db, type Tx, writeRelaxed } from './transaction.ts';

/** Entries whose present version has not been read, oldest first. */
export async function unreadEntries(db: Db, limit: number): Promise<readonly StoredEntry[]> {
  const rows = await db
    .selectFrom('entry')
    .innerJoin('source', 'source.id', 'entry.source_id')
    .select(['entry.id', 'source_id', 'item', 'first_seen_at', 'seen_at', 'version', 'silent', 'last_good_poll_at'])
    .select('source.first_polled_at')
    .where(sql<boolean>`unread = 1`) // a literal: the partial index is not used for a parameter
    .orderBy('seen_at')
    .orderBy('entry.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    sourceId: row.source_id,
    item: decode(row.item, `entry ${row.id}`) as FeedItem,
    firstSeenAt: row.first_seen_at,
    seenAt: row.seen_at,
    version: row.version,
    silent: row.silent === 1,
    lastGoodPollAt: row.last_good_poll_at,
    watchedSince: row.first_polled_at,
  }));
}

/**
 * Marks a version read, unless a newer one arrived meanwhile: that one is still to be read. Throws when this very
 * version was read already: another worker was there first, and what the caller would commit with it is a repeat.
 */
export async function markRead(tx: Tx, entryId: string, version: number, skipped: string | null): Promise<void> {
  const update = tx.updateTable('entry').set({ unread: 0, skipped });
  const done = await update
    .where('id', '=', entryId)
    .where('version', '=', version)
    .where('unread', '=', 1)
    .executeTakeFirst();
  if (done.numUpdatedRows > 0n) return;
  const row = await tx.selectFrom('entry').select('version').where('id', '=', entryId).executeTakeFirst();
  if (!row) throw new Error(`entry ${entryId} is not stored`);
  if (row.version === version) throw new Error(`entry ${entryId} version ${version} was read already`);
}

/** As `markRead`, in a transaction of its own. */
export function skipEntry(db: Db, entryId: string, version: number, reason: string): Promise<void> {
  return writeRelaxed(db, (tx) => markRead(tx, entryId, version, reason));
}
