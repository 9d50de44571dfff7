import { type DecideDeps, decide } from './decide.ts';
import type { Adoption } from './types.ts';
import type { Item } from './window.ts';

/** Context articles without a story, waiting for one to open. */
export interface Waiting {
  add(item: Item): void;
  remove(item: Item): void;
  /** Those that fit a story now, of the ones near the given stories. They are assigned. */
  adopt(stories: Iterable<string>): Adoption[];
}

const membersLooked = 3;

export function createWaiting(deps: DecideDeps): Waiting {
  const waiting = new Set<Item>();

  function near(stories: Iterable<string>): Set<Item> {
    const found = new Set<Item>();
    for (const story of stories) {
      for (const member of [...deps.window.members(story)].slice(-membersLooked)) {
        const around = [...deps.window.keyed(member, deps.structureDays), ...deps.window.similar(member, deps.days)];
        for (const item of around) if (waiting.has(item)) found.add(item);
      }
    }
    return found;
  }

  function adopt(stories: Iterable<string>): Adoption[] {
    if (waiting.size === 0) return [];
    const adopted: Adoption[] = [];
    for (const item of near(stories)) {
      const { storyId, joined } = decide(deps, item, undefined);
      if (storyId === null) continue;
      deps.window.assign(item, storyId);
      waiting.delete(item);
      adopted.push({ articleId: item.id, storyId, joined: { ...joined, how: 'repaired' } });
    }
    return adopted;
  }

  return { add: (item) => void waiting.add(item), remove: (item) => void waiting.delete(item), adopt };
}
