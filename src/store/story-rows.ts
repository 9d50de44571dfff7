import type { CountryRoles, Reading } from '../core/reading.ts';
import type { Story, StoryMember } from '../core/story.ts';
import { putReading, readingsOf } from './articles.ts';
import { decode, encode, flag, instant } from './codec.ts';
import type { Tables } from './schema.ts';
import { chunks, type Db, type Tx } from './transaction.ts';

/** A story as its revision is stored: members name their readings by hash. */
type Snapshot = Omit<Story, 'members'> & { members: readonly (Omit<StoryMember, 'reading'> & { reading: string })[] };

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

function present(db: Db | Tx) {
  return db
    .selectFrom('story')
    .innerJoin('story_revision', (join) =>
      join.onRef('story_revision.story_id', '=', 'story.id').onRef('story_revision.revision', '=', 'story.revision'),
    );
}

async function withReadings(db: Db | Tx, rows: readonly { snapshot: string }[]): Promise<Story[]> {
  const snapshots = rows.map((row) => decode(row.snapshot, 'story') as Snapshot);
  const hashes = snapshots.flatMap((one) => one.members.map((member) => member.reading));
  const readings = await readingsOf(db, hashes);
  return snapshots.map((one) => ({
    ...one,
    members: one.members.map((member) => ({ ...member, reading: readingOf(readings, member.reading) })),
  }));
}

function readingOf(readings: ReadonlyMap<string, Reading>, hash: string): Reading {
  const reading = readings.get(hash);
  if (!reading) throw new Error(`reading ${hash} is missing`);
  return reading;
}

/** Present revisions of these stories, in the order of `ids`; unknown ids are left out. */
export async function storiesById(db: Db | Tx, ids: readonly string[]): Promise<readonly Story[]> {
  const found = new Map<string, { snapshot: string }>();
  for (const some of chunks(ids)) {
    const rows = await present(db)
      .select(['story.id', 'story_revision.snapshot'])
      .where('story.id', 'in', some)
      .execute();
    for (const row of rows) found.set(row.id, row);
  }
  return withReadings(
    db,
    ids.flatMap((id) => found.get(id) ?? []),
  );
}

/** One revision of a story, or null. */
export async function storyRevision(db: Db, storyId: string, revision: number): Promise<Story | null> {
  const query = db.selectFrom('story_revision').select('snapshot').where('story_id', '=', storyId);
  const row = await query.where('revision', '=', revision).executeTakeFirst();
  const [story] = await withReadings(db, row ? [row] : []);
  return story ?? null;
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
    const rows = await db
      .selectFrom('story')
      .select('id')
      .where('merged_into', '=', family[at] ?? id)
      .execute();
    for (const row of rows) if (!family.includes(row.id)) family.push(row.id);
  }
  return family;
}
