import { sql } from 'kysely';
import type { CountryCode } from '../core/country.ts';
import type { Story } from '../core/story.ts';
import type { Db, Tx } from './transaction.ts';

/** Words and numbers of what a person typed; no more than anyone means. */
function wordsOf(text: string): string[] {
  return (text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, 12).map((word) => word.slice(0, 64));
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** English name of a code, for search only. */
export function englishName(code: CountryCode): readonly string[] {
  const name = /^[A-Z]{2}$/.test(code) ? regions.of(code) : undefined;
  return name === undefined ? [code] : [name, code];
}

/** Makes a story findable by its words; one that was merged away is not. */
export async function putDocument(
  tx: Tx,
  story: Story,
  names: (code: CountryCode) => readonly string[],
): Promise<void> {
  if (story.mergedInto !== null) {
    await tx.deleteFrom('story_document').where('story_id', '=', story.id).execute();
    return;
  }
  const { banned, receiving, nationality } = story.countries;
  const columns = {
    headline: story.headline,
    summary: story.summary,
    names: [...new Set([...banned, ...receiving, ...nationality])].flatMap((code) => names(code)).join(' · '),
    titles: [...new Set(story.members.map((member) => member.title))].join(' · '),
  };
  await tx
    .insertInto('story_document')
    .values({ story_id: story.id, ...columns })
    .onConflict((conflict) => conflict.column('story_id').doUpdateSet(columns))
    .execute();
}

/** Ids of stories that hold every word, the last one as a beginning; best first. Empty for a text without words. */
export async function searchStories(db: Db, text: string, limit: number): Promise<readonly string[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  // Quoted: nothing a person types is query language.
  const query = `${words.map((word) => `"${word}"`).join(' ')}*`;
  const rows = await sql<{ story_id: string }>`
    select d.story_id from story_search
    join story_document d on d.id = story_search.rowid
    join story s on s.id = d.story_id
    where story_search match ${query}
    order by bm25(story_search, 8.0, 3.0, 5.0, 1.0), s.day desc, s.id
    limit ${limit}`.execute(db);
  return rows.rows.map((row) => row.story_id);
}
