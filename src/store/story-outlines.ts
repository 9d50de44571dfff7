import type { Story, StoryOutline } from '../core/story.ts';
import { decode } from './codec.ts';
import { chunks, type Db } from './transaction.ts';

/** So many outlines are remembered: some five megabytes. */
const mostKnown = 5_000;

/**
 * Outlines of stories by id, in the order asked for; unknown ids are left out. A revision never changes, so what was
 * taken out of its snapshot is remembered: decoding hundreds of snapshots takes longer than a person should wait.
 */
export function createOutlines(db: Db): (ids: readonly string[]) => Promise<readonly StoryOutline[]> {
  const known = new Map<string, StoryOutline>();

  function remember(key: string, outline: StoryOutline): void {
    const [oldest] = known.keys();
    if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
    known.set(key, outline);
  }

  async function decodeMissing(keys: Map<string, string>): Promise<void> {
    const missing = [...keys].flatMap(([id, key]) => (known.has(key) ? [] : [id]));
    for (const some of chunks(missing)) {
      const rows = await db
        .selectFrom('story_revision')
        .innerJoin('story', (join) =>
          join
            .onRef('story_revision.story_id', '=', 'story.id')
            .onRef('story_revision.revision', '=', 'story.revision'),
        )
        .select(['story.id', 'story.revision', 'story_revision.snapshot'])
        .where('story.id', 'in', some)
        .execute();
      for (const { id, revision, snapshot } of rows) {
        const story = decode(snapshot, `story ${id}`) as Story;
        keys.set(id, `${id}/${revision}`);
        remember(`${id}/${revision}`, outlineOf(story));
      }
    }
  }

  return async (ids) => {
    const keys = new Map<string, string>();
    for (const some of chunks(ids)) {
      const rows = await db.selectFrom('story').select(['id', 'revision']).where('id', 'in', some).execute();
      for (const { id, revision } of rows) keys.set(id, `${id}/${revision}`);
    }
    await decodeMissing(keys);
    return ids.flatMap((id) => known.get(keys.get(id) ?? '') ?? []);
  };
}

function outlineOf(story: Story): StoryOutline {
  const { id, date, matters, stage, certainty, countries, headline, mergedInto } = story;
  const members = story.members.slice(0, 1).map(({ publisher, url }) => ({ publisher, url }));
  return { id, date, matters, stage, certainty, countries, headline, mergedInto, members };
}
