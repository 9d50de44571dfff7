import type { Article } from '../../core/article.ts';
import type { Reading } from '../../core/reading.ts';
import { type DecideDeps, decide } from './decide.ts';
import type { Adoption } from './types.ts';
import type { Item } from './window.ts';

/** Context articles without a story, waiting for one to open. */
export interface Waiting {
  add(item: Item, article: Article, reading: Reading): void;
  remove(item: Item): void;
  /** Those that fit a story now, of the ones near the given stories. They are assigned. */
  adopt(stories: Iterable<string>): Adoption[];
}

const membersLooked = 3;

export function createWaiting(deps: DecideDeps): Waiting {
  const waiting = new Map<Item, { article: Article; reading: Reading }>();

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
      const told = waiting.get(item);
      if (storyId === null || !told) continue;
      deps.window.assign(item, storyId);
      waiting.delete(item);
      adopted.push({ ...told, storyId, joined: { ...joined, how: 'repaired' } });
    }
    return adopted;
  }

  return {
    add: (item, article, reading) => void waiting.set(item, { article, reading }),
    remove: (item) => void waiting.delete(item),
    adopt,
  };
}
