import { decodePack, type Pack } from './pack-format.ts';
import { chunks, type Db, type Tx } from './transaction.ts';

/** The packs of those of these stories that are packed, by story. */
export async function packsOf(db: Db | Tx, storyIds: readonly string[]): Promise<ReadonlyMap<string, Pack>> {
  const found = new Map<string, Pack>();
  for (const some of chunks(storyIds)) {
    const query = db.selectFrom('story_pack').select(['story_id', 'body']).where('story_id', 'in', some);
    for (const { story_id: id, body } of await query.execute()) found.set(id, decodePack(body, id));
  }
  return found;
}

/** Packed stories that hold any of these articles. */
export async function packedWith(db: Db | Tx, articleIds: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const some of chunks(articleIds)) {
    const query = db
      .selectFrom('story_member')
      .innerJoin('story_pack', 'story_pack.story_id', 'story_member.story_id')
      .select('story_pack.story_id')
      .where('story_member.article_id', 'in', some);
    for (const row of await query.execute()) found.add(row.story_id);
  }
  return [...found].sort();
}
