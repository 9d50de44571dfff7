import { type RawBuilder, sql } from 'kysely';
import type { CountryCode } from '../core/country.ts';
import type { Story } from '../core/story.ts';
import { type Db, isPostgres, type Tx } from './transaction.ts';

/** Words and numbers, lower-case and without accents, as both engines compare them. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase();
  return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => word.slice(0, 64));
}

/** A text as it is stored for search: its words alone, so that no engine's own idea of a word has a part in it. */
export function searchable(text: string): string {
  return wordsOf(text).join(' ');
}

/** Longer than anyone's question. */
const mostWords = 12;

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
    headline: searchable(story.headline),
    summary: searchable(story.summary),
    names: searchable([...new Set([...banned, ...receiving, ...nationality])].flatMap((code) => names(code)).join(' ')),
    titles: searchable([...new Set(story.members.map((member) => member.title))].join(' ')),
  };
  await tx
    .insertInto('story_document')
    .values({ story_id: story.id, ...columns })
    .onConflict((conflict) => conflict.column('story_id').doUpdateSet(columns))
    .execute();
}

/** A word that most stories hold is no question: of more than these only the newest are weighed, or it would take seconds. */
const mostWeighed = 2_000;

/**
 * Ids of stories that hold every word, the last one as a beginning; best first, of the newest `mostWeighed`. Empty for a
 * text without words.
 */
export async function searchStories(db: Db, text: string, limit: number): Promise<readonly string[]> {
  const words = wordsOf(text).slice(0, mostWords);
  if (words.length === 0) return [];
  if (!isPostgres(db)) return (await best(db, byIndex(words), limit)).ids;
  const last = await db
    .selectFrom('story_document')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  const newest = (last?.id ?? 0) - lookedThrough;
  const { ids, weighed } = await best(db, byTerms(words, newest), limit);
  return weighed >= mostWeighed || newest <= 0 ? ids : (await best(db, byTerms(words, 0), limit)).ids;
}

/** The best of those found, and how many were found. */
async function best(
  db: Db,
  found: RawBuilder<unknown>,
  limit: number,
): Promise<{ ids: readonly string[]; weighed: number }> {
  const { rows } = await sql<{ story_id: string; weighed: number }>`
    select d.story_id, count(*) over () as weighed from (${found}) as found
    join story_document d on d.id = found.id
    join story s on s.id = d.story_id
    order by found.likeness desc, s.day desc, s.id
    limit ${limit}`.execute(db);
  return { ids: rows.map((row) => row.story_id), weighed: rows[0]?.weighed ?? 0 };
}

/** SQLite, FTS5. Words are quoted: nothing a person types is query language. */
function byIndex(words: readonly string[]) {
  const query = `${words.map((word) => `"${word}"`).join(' ')}*`;
  return sql`
    select rowid as id, -bm25(story_search, 8.0, 3.0, 5.0, 1.0) as likeness from story_search
    where story_search match ${query}
    order by rowid desc limit ${mostWeighed}`;
}

/**
 * PostgreSQL reads every document of a word from its index before it takes the newest. A word that many hold is found
 * sooner in the newest documents themselves: so many are looked through first.
 */
const lookedThrough = 10_000;

/** PostgreSQL, the same weights: of titles, summary, names, headline. Documents after `newest`. */
function byTerms(words: readonly string[], newest: number) {
  const query = sql`to_tsquery('simple', ${`${words.map((word) => `'${word}'`).join(' & ')}:*`})`;
  return sql`
    select id, ts_rank('{0.125, 0.375, 0.625, 1.0}', terms, ${query}) as likeness from story_document
    where terms @@ ${query} and id > ${newest}
    order by id desc limit ${mostWeighed}`;
}
