import { sql } from 'kysely';
import { findsMatches } from '../core/entry-identity.ts';
import { dayOf, decode, encode, withoutText } from './codec.ts';
import { markOf } from './departed.ts';
import { decodePack, encodePack, type Pack, type Snapshot } from './pack-format.ts';
import { packedWith } from './packs.ts';
import type { ArticleTable, EntryTable, Tables } from './schema.ts';
import { chunks, locked, type Tx } from './transaction.ts';

/*
 * What is kept of stories for ever is kept small: one that has been quiet for as long as texts are kept, and whose
 * entries have left their feeds, is packed into one value. It is read from there, and unpacked before anything of it
 * changes.
 */

/** Packs at most `limit` stories that were quiet since `before` (ISO 8601 UTC); answers how many. */
export async function packStories(tx: Tx, before: string, limit: number): Promise<number> {
  const ids = await settledStories(tx, before, limit);
  for (const id of ids) await packStory(tx, id);
  return ids.length;
}

/** Stories in rows, of which nothing was heard since `before`. */
async function settledStories(tx: Tx, before: string, limit: number): Promise<readonly string[]> {
  const inRows = tx.selectFrom('story_revision').select('story_id').where('stored_at', '<', before);
  const rows = await tx
    .selectFrom('story')
    .select('id')
    .where('id', 'in', inRows)
    .where('updated_at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('story_member')
            .innerJoin('article', 'article.id', 'story_member.article_id')
            .leftJoin('entry', 'entry.id', 'article.entry_id')
            .select(sql`1`.as('one'))
            .whereRef('story_member.story_id', '=', 'story.id')
            .where((or) =>
              or.or([
                or('article.arrived_at', '>=', before),
                or('entry.seen_at', '>=', before),
                or('entry.unread', '=', 1),
                or('entry.listed_on', '>=', dayOf(before)),
              ]),
            ),
        ),
      ),
    )
    .orderBy('updated_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

async function packStory(tx: Tx, id: string): Promise<void> {
  const articles = await articlesOf(tx, id);
  const entries = await entriesOf(tx, articles);
  const revisions = await revisionsOf(tx, id);
  const readings = await readingsOf(tx, [
    ...articles.map((article) => article.reading_hash),
    ...revisions.flatMap(({ snapshot }) => snapshot.members.map((member) => member.reading)),
  ]);
  await put(tx, id, { revisions, readings, articles, entries });
  await tx.deleteFrom('story_revision').where('story_id', '=', id).execute();
  for (const some of chunks(articles.map((article) => article.id)))
    await tx.deleteFrom('article').where('id', 'in', some).execute();
  // The one that a merged story went into goes on with its readings, and drops them when it is packed itself.
  if (revisions[0]?.snapshot.mergedInto === null) await dropReadings(tx, readings);
  await dropEntries(tx, entries);
}

/** Articles that no other story in rows holds, without their texts. */
async function articlesOf(tx: Tx, id: string): Promise<readonly ArticleTable[]> {
  const rows = await tx
    .selectFrom('article')
    .innerJoin('story_member', 'story_member.article_id', 'article.id')
    .selectAll('article')
    .where('story_member.story_id', '=', id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('story_member as other')
            .innerJoin('story_revision', 'story_revision.story_id', 'other.story_id')
            .select(sql`1`.as('one'))
            .whereRef('other.article_id', '=', 'article.id')
            .where('other.story_id', '!=', id),
        ),
      ),
    )
    .orderBy('article.id')
    .execute();
  return rows.map((row) => ({ ...row, body: '', sentences: '[]' }));
}

/** Their sources are locked: no poll is recorded beside this, that might find an entry in rows which goes. */
async function entriesOf(tx: Tx, articles: readonly ArticleTable[]): Promise<readonly EntryTable[]> {
  const sources = [...new Set(articles.flatMap((article) => article.source_id ?? []))];
  const entries: EntryTable[] = [];
  if (sources.length > 0)
    await locked(tx, tx.selectFrom('source').select('id').where('id', 'in', sources).orderBy('id')).execute();
  for (const some of chunks(articles.flatMap((article) => article.entry_id ?? [])))
    entries.push(...(await tx.selectFrom('entry').selectAll().where('id', 'in', some).orderBy('id').execute()));
  return entries.map((entry) => ({ ...entry, item: withoutText(entry) }));
}

async function revisionsOf(tx: Tx, id: string): Promise<Pack['revisions']> {
  const query = tx.selectFrom('story_revision').select(['revision', 'stored_at', 'changes', 'snapshot']);
  const rows = await query.where('story_id', '=', id).orderBy('revision', 'desc').execute();
  return rows.map((row) => ({ ...row, snapshot: decode(row.snapshot, `story ${id}`) as Snapshot }));
}

async function readingsOf(tx: Tx, hashes: readonly string[]): Promise<readonly Tables['reading'][]> {
  const readings: Tables['reading'][] = [];
  for (const some of chunks([...new Set(hashes)]))
    readings.push(...(await tx.selectFrom('reading').selectAll().where('hash', 'in', some).execute()));
  return readings;
}

async function put(tx: Tx, id: string, pack: Pack): Promise<void> {
  const last = await tx.selectFrom('story_pack').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst();
  const number = Number(last?.number ?? 0) + 1;
  await tx
    .insertInto('story_pack')
    .values({ number, story_id: id, body: await encodePack(pack) })
    .execute();
  for (const some of chunks(marksOf(pack))) {
    await tx
      .insertInto('packed_key')
      .values(some.map((mark) => ({ mark, pack: number })))
      .execute();
  }
}

function findingKeysOf(entry: EntryTable): readonly string[] {
  return entry.entry_keys.split('\n').filter(findsMatches);
}

function marksOf({ entries }: Pack): readonly number[] {
  const marks = entries.flatMap((entry) => findingKeysOf(entry).map((key) => markOf(entry.source_id, key)));
  return [...new Set(marks)];
}

/** Those that no article in rows was read as, and no other pack needs: each holds its own. */
async function dropReadings(tx: Tx, readings: Pack['readings']): Promise<void> {
  for (const some of chunks(readings.map(({ hash }) => hash))) {
    await tx
      .deleteFrom('reading')
      .where('hash', 'in', some)
      .where((eb) =>
        eb.not(eb.exists(eb.selectFrom('article').select('id').whereRef('article.reading_hash', '=', 'reading.hash'))),
      )
      .execute();
  }
}

async function dropEntries(tx: Tx, entries: readonly EntryTable[]): Promise<void> {
  for (const { id, source_id, entry_keys } of entries) {
    const found = tx.deleteFrom('entry_key').where('source_id', '=', source_id).where('entry_id', '=', id);
    await found.where('entry_key', 'in', entry_keys.split('\n')).execute();
    await tx.deleteFrom('entry').where('id', '=', id).execute();
  }
}

/** Has those of these stories that are packed stand in rows again. */
export async function unpackStories(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const pack = tx.deleteFrom('story_pack').where('story_id', '=', id).returning(['number', 'body']);
    const found = await pack.executeTakeFirst();
    if (found) await unpack(tx, id, Number(found.number), decodePack(found.body, id));
  }
}

/** As `unpackStories`, those that hold any of these entries. */
export async function unpackEntries(tx: Tx, entryIds: readonly string[]): Promise<void> {
  await unpackStories(tx, await packedWith(tx, entryIds));
}

/** As `unpackStories`, those with an entry of this source that has one of these keys; answers how many. */
export async function unpackKnown(tx: Tx, sourceId: string, keys: readonly string[]): Promise<number> {
  const ids = new Set<string>();
  for (const some of chunks(keys.map((key) => markOf(sourceId, key)))) {
    const query = tx.selectFrom('packed_key').innerJoin('story_pack', 'story_pack.number', 'packed_key.pack');
    const rows = await query.select('story_pack.story_id').where('packed_key.mark', 'in', some).execute();
    for (const row of rows) ids.add(row.story_id);
  }
  await unpackStories(tx, [...ids].sort());
  return ids.size;
}

/** What stands in rows already is newer, or another story's as well. */
async function unpack(tx: Tx, id: string, number: number, pack: Pack): Promise<void> {
  const { revisions, readings, articles, entries } = pack;
  const stored = revisions.map((row) => ({ ...row, story_id: id, snapshot: encode(row.snapshot) }));
  await insert(tx, 'reading', readings);
  await insert(tx, 'story_revision', stored);
  await insert(tx, 'article', articles);
  await insert(tx, 'entry', entries);
  const keys = entries.flatMap((entry) =>
    findingKeysOf(entry).map((key) => ({ source_id: entry.source_id, entry_key: key, entry_id: entry.id })),
  );
  await insert(tx, 'entry_key', keys);
  for (const some of chunks(marksOf(pack)))
    await tx.deleteFrom('packed_key').where('mark', 'in', some).where('pack', '=', number).execute();
}

async function insert<Table extends 'reading' | 'story_revision' | 'article' | 'entry' | 'entry_key'>(
  tx: Tx,
  table: Table,
  rows: readonly Tables[Table][],
): Promise<void> {
  for (const some of chunks(rows))
    await tx
      .insertInto(table)
      .values(some as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
