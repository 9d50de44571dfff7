import type { Article, Sentence } from '../core/article.ts';
import type { Reading } from '../core/reading.ts';
import { contentHash, decode, encode, instant } from './codec.ts';
import type { Pack } from './pack-format.ts';
import { packedWith, packsOf } from './packs.ts';
import type { Tables } from './schema.ts';
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
    for (const row of rows) found.set(row.hash, readingOf(row));
  }
  return found;
}

/** What was read from an article's words. */
export function readingOf({ hash, body }: Tables['reading']): Reading {
  return decode(body, `reading ${hash}`) as Reading;
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

function articles(db: Db | Tx) {
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

/** The articles of packed stories. */
function articlesIn(packs: ReadonlyMap<string, Pack>): StoredArticle[] {
  return [...packs].flatMap(([storyId, { articles, readings }]) => {
    const bodies = new Map(readings.map(({ hash, body }) => [hash, body]));
    return articles.map((row) =>
      fromRow({ ...row, text: row.body, reading: bodies.get(row.reading_hash) ?? '', story_id: storyId }),
    );
  });
}

function byArrival({ article: a }: StoredArticle, { article: b }: StoredArticle): number {
  return a.arrivedAt === b.arrivedAt ? (a.id < b.id ? -1 : 1) : a.arrivedAt < b.arrivedAt ? -1 : 1;
}

/** Articles that arrived at or after `since`, oldest first. */
export async function articlesSince(db: Db, since: string): Promise<readonly StoredArticle[]> {
  const from = instant(since);
  const rows = await articles(db).where('article.arrived_at', '>=', from).execute();
  // With texts kept for two days only, stories of this week are packed.
  const packs = db.selectFrom('story').innerJoin('story_pack', 'story_pack.story_id', 'story.id').select('story.id');
  const stories = await packs.where('story.updated_at', '>=', from).execute();
  const found = new Map(rows.map((row) => [row.id, fromRow(row)]));
  for (const one of articlesIn(
    await packsOf(
      db,
      stories.map(({ id }) => id),
    ),
  )) {
    if (one.article.arrivedAt >= from && !found.has(one.article.id)) found.set(one.article.id, one);
  }
  return [...found.values()].sort(byArrival);
}

/** One article, or null. */
export async function articleById(db: Db | Tx, id: string): Promise<StoredArticle | null> {
  const row = await articles(db).where('article.id', '=', id).executeTakeFirst();
  if (row) return fromRow(row);
  const packed = articlesIn(await packsOf(db, await packedWith(db, [id])));
  return packed.find(({ article }) => article.id === id) ?? null;
}
