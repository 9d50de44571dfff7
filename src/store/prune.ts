import { type ExpressionBuilder, sql } from 'kysely';
import type { Store } from '../core/ports.ts';
import { type Change, substantialChanges } from '../core/story.ts';
import { createBreath } from '../lib/gently.ts';
import { instant, withoutText } from './codec.ts';
import { letEntriesGo } from './departed.ts';
import { packStories } from './pack-stories.ts';
import type { Tables } from './schema.ts';
import { chunks, type Db, type Tx, write } from './transaction.ts';

type Before = Parameters<Store['prune']>[0];

/** Rows in one transaction: who writes beside it waits no longer than for these. */
const batch = 500;
/** Stories that are packed in one transaction, each of some dozens of rows; and in one call, for who makes stories waits. */
const storiesAtOnce = 20;
const mostStories = 200;
const doneName = 'pruned-before';

/**
 * Deletes what is old, a few hundred rows at a time. Entries keep their keys, or when they are no story's and gone from
 * their feed a mark, so that nothing old is ever new again; stories keep their members, their newest revision and those that changed something. What unfinished work needs stays.
 */
export async function prune(db: Db, before: Before): Promise<Readonly<Record<string, number>>> {
  const age = { since: (await doneBefore(db)) ?? '', before: instant(before.articlesBefore) };
  const deliveriesBefore = instant(before.deliveriesBefore);
  const gone = {
    entryTexts: await repeat(db, (tx) => stripEntries(tx, age)),
    articleTexts: await repeat(db, (tx) => stripArticles(tx, age)),
    articles: await repeat(db, (tx) => deleteArticles(tx, age.before)),
    entries: await repeat(db, (tx) => letEntriesGo(tx, age.before, batch)),
    revisions: await repeat(db, (tx) => deleteRevisions(tx, age)),
    packed: await packSome(db, age.before),
    deliveries: await repeat(db, (tx) => deleteDeliveries(tx, deliveriesBefore)),
    notices: await repeat(db, (tx) => deleteNotices(tx, deliveriesBefore)),
    kept: await repeat(db, (tx) => deleteKept(tx, deliveriesBefore)),
  };
  const done = { name: doneName, value: age.before };
  const insert = db.insertInto('meta').values(done);
  await insert.onConflict((conflict) => conflict.column('name').doUpdateSet(done)).execute();
  return gone;
}

/** What lies before was done the last time: the cost of an hour's pruning does not grow with the years. */
async function doneBefore(db: Db): Promise<string | undefined> {
  return (await db.selectFrom('meta').select('value').where('name', '=', doneName).executeTakeFirst())?.value;
}

interface Age {
  since: string;
  before: string;
}

async function repeat(db: Db, some: (tx: Tx) => Promise<number>): Promise<number> {
  const breathe = createBreath();
  for (let all = 0; ; ) {
    const done = await write(db, some);
    all += done;
    if (done < batch) return all;
    await breathe();
  }
}

/** The rest of many is packed the next time. */
async function packSome(db: Db, before: string): Promise<number> {
  const breathe = createBreath();
  for (let all = 0; ; ) {
    const done = await write(db, (tx) => packStories(tx, before, storiesAtOnce));
    all += done;
    if (done < storiesAtOnce || all >= mostStories) return all;
    await breathe();
  }
}

/** An entry that was read keeps what a reader would recognise it by. An item without text is short. */
async function stripEntries(tx: Tx, { since, before }: Age): Promise<number> {
  const old = await tx
    .selectFrom('entry')
    .select(['id', 'item'])
    .where('seen_at', '>=', since)
    .where('seen_at', '<', before)
    .where('unread', '=', 0)
    .where((eb) => eb.or([eb('item', 'not like', '%"summary":null%'), eb('item', 'not like', '%"content":null%')]))
    .limit(batch)
    .execute();
  for (const row of old)
    await tx
      .updateTable('entry')
      .set({ item: withoutText(row) })
      .where('id', '=', row.id)
      .execute();
  return old.length;
}

function inStory(eb: ExpressionBuilder<Tables, 'article'>) {
  return eb.exists(
    eb.selectFrom('story_member').select('story_id').whereRef('story_member.article_id', '=', 'article.id'),
  );
}

async function stripArticles(tx: Tx, { since, before }: Age): Promise<number> {
  const old = await tx
    .selectFrom('article')
    .select('id')
    .where('arrived_at', '>=', since)
    .where('arrived_at', '<', before)
    .where('body', '!=', '')
    .where(inStory)
    .limit(batch)
    .execute();
  for (const ids of chunks(old.map(({ id }) => id)))
    await tx.updateTable('article').set({ body: '', sentences: '[]' }).where('id', 'in', ids).execute();
  return old.length;
}

/** With what was read from them, where nothing else says the same. */
async function deleteArticles(tx: Tx, before: string): Promise<number> {
  const old = await tx
    .selectFrom('article')
    .select(['id', 'reading_hash'])
    .where('arrived_at', '<', before)
    .where((eb) => eb.not(inStory(eb)))
    .limit(batch)
    .execute();
  for (const rows of chunks(old)) {
    const ids = rows.map(({ id }) => id);
    await tx.deleteFrom('article').where('id', 'in', ids).execute();
    const entries = tx.updateTable('entry').set({ skipped: 'in no story' }).where('id', 'in', ids);
    await entries.where('skipped', 'is', null).where('unread', '=', 0).execute();
    await tx
      .deleteFrom('reading')
      .where(
        'hash',
        'in',
        rows.map((row) => row.reading_hash),
      )
      .where((eb) =>
        eb.not(eb.exists(eb.selectFrom('article').select('id').whereRef('article.reading_hash', '=', 'reading.hash'))),
      )
      .execute();
  }
  return old.length;
}

/** Those that only added an outlet or mended words; never a story's newest. */
async function deleteRevisions(tx: Tx, { since, before }: Age): Promise<number> {
  const kept: readonly Change[] = [...substantialChanges];
  const old = await tx
    .selectFrom('story_revision')
    .innerJoin('story', 'story.id', 'story_revision.story_id')
    .select(['story_revision.story_id', 'story_revision.revision'])
    .where('stored_at', '>=', since)
    .where('stored_at', '<', before)
    .whereRef('story_revision.revision', '<', 'story.revision')
    .where((eb) => eb.and(kept.map((change) => eb('changes', 'not like', `%"${change}"%`))))
    .limit(batch)
    .execute();
  for (const { story_id, revision } of old)
    await tx.deleteFrom('story_revision').where('story_id', '=', story_id).where('revision', '=', revision).execute();
  return old.length;
}

/** Unknown deliveries stay until an operator has dealt with them. */
async function deleteDeliveries(tx: Tx, before: string): Promise<number> {
  const old = await tx
    .selectFrom('outbox')
    .select('id')
    .where('due_at', '<', before)
    .where(sql<boolean>`waiting = 0`) // a literal: the partial index is not used for a parameter
    .where('state', 'in', ['sent', 'dead', 'superseded'])
    .where((eb) => eb.or([eb('sent_at', 'is', null), eb('sent_at', '<', before)]))
    .limit(batch)
    .execute();
  for (const ids of chunks(old.map(({ id }) => id))) {
    await tx.deleteFrom('outbox_attempt').where('outbox_id', 'in', ids).execute();
    await tx.deleteFrom('outbox').where('id', 'in', ids).execute();
  }
  return old.length;
}

/** Short, and few. */
async function deleteKept(tx: Tx, before: string): Promise<number> {
  const done = await tx.deleteFrom('kept').where('stored_at', '<', before).executeTakeFirst();
  return Math.min(batch - 1, Number(done.numDeletedRows));
}

async function deleteNotices(tx: Tx, before: string): Promise<number> {
  const done = await tx
    .deleteFrom('notice')
    .where('resolved_at', '<', before)
    .where((eb) => eb.or([eb('told', '=', 2), eb('resolved_at', '=', eb.ref('raised_at'))]))
    .where('kind', '!=', 'source-moved')
    .executeTakeFirst();
  return Math.min(batch - 1, Number(done.numDeletedRows));
}
