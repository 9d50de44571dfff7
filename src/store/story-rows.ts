import type { CountryRoles, Reading } from '../core/reading.ts';
import type { Story } from '../core/story.ts';
import { articleById, putReading, readingOf, readingsOf } from './articles.ts';
import { decode, encode, flag, instant } from './codec.ts';
import type { Pack, Snapshot } from './pack-format.ts';
import { unpackStories } from './pack-stories.ts';
import { packsOf } from './packs.ts';
import type { Tables } from './schema.ts';
import { chunks, type Db, type Tx } from './transaction.ts';

async function snapshotOf(tx: Tx, story: Story): Promise<Snapshot> {
  const members: Snapshot['members'][number][] = [];
  for (const member of story.members) members.push({ ...member, reading: await putReading(tx, member.reading) });
  return { ...story, members };
}

const roles: readonly (keyof CountryRoles)[] = ['banned', 'receiving', 'nationality', 'mentioned'];

function facetsOf(story: Story): Tables['story_facet'][] {
  const place = { day: story.date, opened_at: instant(story.openedAt), story_id: story.id };
  const values: [string, string][] = [
    ...story.topics.map((topic): [string, string] => ['topic', topic]),
    ...story.matters.map((matter): [string, string] => ['matter', matter.id]),
    ...roles.flatMap((role) => story.countries[role].map((code): [string, string] => [role, code])),
  ];
  const distinct = new Map(values.map(([facet, value]) => [`${facet} ${value}`, { facet, value, ...place }]));
  return [...distinct.values()];
}

/** What a story is looked up by. One that was merged away is found by its id only. */
async function putLookups(tx: Tx, story: Story): Promise<void> {
  await tx.deleteFrom('story_facet').where('story_id', '=', story.id).execute();
  await tx.deleteFrom('story_member').where('story_id', '=', story.id).execute();
  if (story.mergedInto !== null) return;
  for (const some of chunks(facetsOf(story), 100)) await tx.insertInto('story_facet').values(some).execute();
  const members = new Map(story.members.map((one) => [one.articleId, one.part]));
  const rows = [...members].map(([id, part]) => ({ article_id: id, story_id: story.id, part }));
  for (const some of chunks(rows)) await tx.insertInto('story_member').values(some).execute();
}

/** Stores one revision, kept for good, and makes it the story's present one. */
export async function putStory(tx: Tx, story: Story): Promise<void> {
  await unpackStories(tx, [story.id]);
  const columns = {
    revision: story.revision,
    merged_into: story.mergedInto,
    day: story.date,
    certainty: story.certainty,
    disputed: flag(story.disputed),
    stage: story.stage,
    opened_at: instant(story.openedAt),
    updated_at: instant(story.updatedAt),
  };
  await tx
    .insertInto('story')
    .values({ id: story.id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
  await tx
    .insertInto('story_revision')
    .values({
      story_id: story.id,
      revision: story.revision,
      stored_at: columns.updated_at,
      changes: encode(story.changes),
      snapshot: encode(await snapshotOf(tx, story)),
    })
    .execute();
  await putLookups(tx, story);
}

/** A revision, and what was read from its articles where that is packed with it. */
interface Found {
  snapshot: Snapshot;
  readings: Pack['readings'];
}

async function inRows(db: Db | Tx, ids: readonly string[], found: Map<string, Found>): Promise<void> {
  for (const some of chunks(ids)) {
    const rows = await db
      .selectFrom('story')
      .innerJoin('story_revision', (join) =>
        join.onRef('story_revision.story_id', '=', 'story.id').onRef('story_revision.revision', '=', 'story.revision'),
      )
      .select(['story.id', 'story_revision.snapshot'])
      .where('story.id', 'in', some)
      .execute();
    for (const { id, snapshot } of rows)
      found.set(id, { snapshot: decode(snapshot, `story ${id}`) as Snapshot, readings: [] });
  }
}

/** Present revisions of these stories, wherever they stand; unknown ids are left out. */
async function presentOf(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const missing = () => ids.filter((id) => !found.has(id));
  await inRows(db, ids, found);
  for (const [id, { revisions, readings }] of await packsOf(db, missing()))
    if (revisions[0]) found.set(id, { snapshot: revisions[0].snapshot, readings });
  // One may have been unpacked between the two looks.
  if (missing().length > 0) await inRows(db, missing(), found);
  return found;
}

/** Snapshots of present revisions of these stories, by id; unknown ids are left out. */
export async function snapshotsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Snapshot>> {
  return new Map([...(await presentOf(db, ids))].map(([id, { snapshot }]) => [id, snapshot]));
}

async function withReadings(db: Db | Tx, found: readonly Found[]): Promise<Story[]> {
  const readings = new Map<string, Reading>();
  for (const row of found.flatMap((one) => one.readings)) readings.set(row.hash, readingOf(row));
  const members = found.flatMap((one) => one.snapshot.members);
  const missing = () => members.filter((member) => !readings.has(member.reading));
  for (const [hash, reading] of await readingsOf(
    db,
    missing().map((member) => member.reading),
  ))
    readings.set(hash, reading);
  // What was read from an article that went over to another story, and is packed there.
  for (const { articleId, reading } of missing()) {
    const article = await articleById(db, articleId);
    if (!article) throw new Error(`reading ${reading} is missing`);
    readings.set(reading, article.reading);
  }
  return found.map(({ snapshot }) => ({
    ...snapshot,
    members: snapshot.members.flatMap((member) => {
      const reading = readings.get(member.reading);
      return reading ? [{ ...member, reading }] : [];
    }),
  }));
}

/** Present revisions of these stories, in the order of `ids`; unknown ids are left out. */
export async function storiesById(db: Db | Tx, ids: readonly string[]): Promise<readonly Story[]> {
  const found = await presentOf(db, ids);
  return withReadings(
    db,
    ids.flatMap((id) => found.get(id) ?? []),
  );
}

/** One revision of a story, or null. */
export async function storyRevision(db: Db, storyId: string, revision: number): Promise<Story | null> {
  const query = db.selectFrom('story_revision').select('snapshot').where('story_id', '=', storyId);
  const row = await query.where('revision', '=', revision).executeTakeFirst();
  if (row)
    return (
      (await withReadings(db, [{ snapshot: decode(row.snapshot, `story ${storyId}`) as Snapshot, readings: [] }]))[0] ??
      null
    );
  const pack = (await packsOf(db, [storyId])).get(storyId);
  const packed = pack?.revisions.find((one) => one.revision === revision);
  const [story] = await withReadings(db, pack && packed ? [{ ...packed, readings: pack.readings }] : []);
  return story ?? null;
}

/** When each kept revision of a story was stored, and what it changed; oldest first. */
export async function storyRevisions(
  db: Db,
  storyId: string,
): Promise<readonly { revision: number; at: string; changes: Story['changes'] }[]> {
  const query = db.selectFrom('story_revision').select(['revision', 'stored_at', 'changes']);
  const rows = await query.where('story_id', '=', storyId).execute();
  const packed = rows.length > 0 ? [] : ((await packsOf(db, [storyId])).get(storyId)?.revisions ?? []);
  return [...rows, ...packed]
    .toSorted((a, b) => a.revision - b.revision)
    .map(({ revision, stored_at: at, changes }) => ({
      revision,
      at,
      changes: decode(changes, `story ${storyId}`) as Story['changes'] & object,
    }));
}

/** Where an id leads after merges: its own, or the story that it was folded into. Null when it never was. */
export async function forwarded(db: Db | Tx, id: string): Promise<string | null> {
  let at = id;
  for (let step = 0; step < 50; step++) {
    const row = await db.selectFrom('story').select('merged_into').where('id', '=', at).executeTakeFirst();
    if (!row) return step === 0 ? null : at;
    if (row.merged_into === null) return at;
    at = row.merged_into;
  }
  throw new Error(`story ${id} is merged in a circle`);
}

/** The story and all that were folded into it, however deep. */
export async function mergedFamily(db: Db | Tx, id: string): Promise<readonly string[]> {
  const family = [id];
  for (let at = 0; at < family.length; at++) {
    for (const folded of await foldedInto(db, family[at] ?? id)) if (!family.includes(folded)) family.push(folded);
  }
  return family;
}

/** The stories that were folded into this one itself, in the order in which they were. */
export async function foldedInto(db: Db | Tx, id: string): Promise<readonly string[]> {
  const query = db.selectFrom('story').select('id').where('merged_into', '=', id);
  const rows = await query.orderBy('updated_at').orderBy('id').execute();
  return rows.map((row) => row.id);
}
