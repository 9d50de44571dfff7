import type { Article, Sentence } from '../core/article.ts';
import type { Reading } from '../core/reading.ts';
import { contentHash, decode, encode, instant } from './codec.ts';
import { chunks, type Db, type Tx } from './transaction.ts';

/** Start and end in the text, and the paragraph; or the sentence itself where the text does not hold it as it is. */
type Place = readonly [start: number, end: number, paragraph: number] | readonly [text: string, paragraph: number];

/** Where each sentence stands in the text, so that the text is stored once. */
export function placesOf(text: string, sentences: readonly Sentence[]): Place[] {
  let from = 0;
  return sentences.map((sentence): Place => {
    const start = text.indexOf(sentence.text, from);
    if (start < 0) return [sentence.text, sentence.paragraph];
    from = start + sentence.text.length;
    return [start, from, sentence.paragraph];
  });
}

/** The sentences that `placesOf` took apart. */
export function sentencesAt(text: string, places: readonly Place[]): Sentence[] {
  return places.map((place) =>
    place.length === 3
      ? { text: text.slice(place[0], place[1]), paragraph: place[2] }
      : { text: place[0], paragraph: place[1] },
  );
}

/** Stores a reading under the hash of its JSON, once, and answers the hash. */
export async function putReading(tx: Tx, reading: Reading): Promise<string> {
  const body = encode(reading);
  const hash = contentHash(body);
  await tx
    .insertInto('reading')
    .values({ hash, body })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return hash;
}

/** Readings by their hashes. */
export async function readingsOf(db: Db | Tx, hashes: readonly string[]): Promise<ReadonlyMap<string, Reading>> {
  const found = new Map<string, Reading>();
  for (const some of chunks([...new Set(hashes)])) {
    const rows = await db.selectFrom('reading').selectAll().where('hash', 'in', some).execute();
    for (const row of rows) found.set(row.hash, decode(row.body, `reading ${row.hash}`) as Reading);
  }
  return found;
}

/** Adds an article with its reading, or renews it (an entry that changed makes its article anew under the same id). */
export async function putArticle(tx: Tx, article: Article, reading: Reading, entryId: string | null): Promise<void> {
  const { text, sentences, ...facts } = article;
  const columns = {
    entry_id: entryId,
    source_id: article.sourceId,
    canonical_url: article.canonicalUrl,
    published_at: instant(article.publishedAt),
    arrived_at: instant(article.arrivedAt),
    reading_hash: await putReading(tx, reading),
    facts: encode(facts),
    sentences: encode(placesOf(text, sentences)),
    body: text,
  };
  await tx
    .insertInto('article')
    .values({ id: article.id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
}

export interface StoredArticle {
  article: Article;
  reading: Reading;
  storyId: string | null;
}

function articles(db: Db) {
  return db
    .selectFrom('article')
    .innerJoin('reading', 'reading.hash', 'article.reading_hash')
    .select((column) => [
      'article.id',
      'article.facts',
      'article.sentences',
      'article.body as text',
      'reading.body as reading',
      column
        .selectFrom('story_member')
        .select((member) => member.fn.min('story_member.story_id').as('story_id'))
        .whereRef('story_member.article_id', '=', 'article.id')
        .as('story_id'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof articles>['execute']>>[number];

function fromRow(row: Row): StoredArticle {
  const where = `article ${row.id}`;
  const facts = decode(row.facts, where) as Omit<Article, 'text' | 'sentences'>;
  const sentences = sentencesAt(row.text, decode(row.sentences, where) as Place[]);
  return {
    article: { ...facts, text: row.text, sentences },
    reading: decode(row.reading, where) as Reading,
    storyId: row.story_id,
  };
}

/** Articles that arrived at or after `since`, oldest first. */
export async function articlesSince(db: Db, since: string): Promise<readonly StoredArticle[]> {
  const query = articles(db).where('article.arrived_at', '>=', instant(since));
  const rows = await query.orderBy('article.arrived_at').orderBy('article.id').execute();
  return rows.map(fromRow);
}

/** One article, or null. */
export async function articleById(db: Db, id: string): Promise<StoredArticle | null> {
  const row = await articles(db).where('article.id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}
