import type { StoryOutline } from '../core/story.ts';
import type { Snapshot } from './pack-format.ts';
import { snapshotsById } from './story-rows.ts';
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
    for (const [id, snapshot] of await snapshotsById(db, missing)) {
      keys.set(id, `${id}/${snapshot.revision}`);
      remember(`${id}/${snapshot.revision}`, outlineOf(snapshot));
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

function outlineOf(story: Snapshot): StoryOutline {
  const { id, date, matters, stage, certainty, countries, headline, mergedInto } = story;
  const members = story.members.slice(0, 1).map(({ publisher, url }) => ({ publisher, url }));
  return { id, date, matters, stage, certainty, countries, headline, mergedInto, members };
}
