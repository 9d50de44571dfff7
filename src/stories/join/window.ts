import { createPostings } from './postings.ts';
import type { Doc } from './similarity.ts';
import type { Structure } from './structure.ts';

/** One article in the window. */
export interface Item extends Doc {
  /** Day number of `time`; NaN when undated. */
  day: number;
  story: string | null;
  structure: Structure;
  /** Told the development itself, not a comment on it. */
  news: boolean;
  canonicalUrl: string | null;
  title: string;
  /** Order of arrival, for ties. */
  order: number;
}

/** All articles that may still be joined, by slot, story, structure key and words. */
export interface Window {
  add(item: Item): void;
  remove(id: string): Item | undefined;
  get(id: string): Item | undefined;
  byUrl(url: string): Item | undefined;
  members(story: string): ReadonlySet<Item>;
  stories(): Iterable<string>;
  assign(item: Item, story: string | null): void;
  /** Articles near in words. */
  similar(item: Item, days: number): readonly Item[];
  /** Articles that share a structure key. */
  keyed(key: string): ReadonlySet<Item>;
  items(): Iterable<Item>;
  size(): { articles: number; stories: number; terms: number };
}

const none: ReadonlySet<Item> = new Set<Item>();

function put<K>(map: Map<K, Set<Item>>, key: K, item: Item): void {
  const set = map.get(key);
  if (set) set.add(item);
  else map.set(key, new Set([item]));
}

function drop<K>(map: Map<K, Set<Item>>, key: K, item: Item): void {
  const set = map.get(key);
  if (!set?.delete(item)) return;
  if (set.size === 0) map.delete(key);
}

export function createWindow(): Window {
  const slots: (Item | undefined)[] = [];
  const free: number[] = [];
  const slotOf = new Map<string, number>();
  const urls = new Map<string, Item>();
  const stories = new Map<string, Set<Item>>();
  const keys = new Map<string, Set<Item>>();
  const postings = createPostings();

  function get(id: string): Item | undefined {
    const slot = slotOf.get(id);
    return slot === undefined ? undefined : slots[slot];
  }

  function add(item: Item): void {
    const slot = free.pop() ?? slots.length;
    slots[slot] = item;
    slotOf.set(item.id, slot);
    if (item.canonicalUrl !== null) urls.set(item.canonicalUrl, item);
    if (item.story !== null) put(stories, item.story, item);
    for (const key of item.structure.keys) put(keys, key, item);
    postings.add(slot, item.day, item.vector);
  }

  function remove(id: string): Item | undefined {
    const slot = slotOf.get(id);
    const item = slot === undefined ? undefined : slots[slot];
    if (slot === undefined || !item) return undefined;
    slots[slot] = undefined;
    free.push(slot);
    slotOf.delete(id);
    if (item.canonicalUrl !== null && urls.get(item.canonicalUrl) === item) urls.delete(item.canonicalUrl);
    if (item.story !== null) drop(stories, item.story, item);
    for (const key of item.structure.keys) drop(keys, key, item);
    postings.remove(slot, item.day, item.vector);
    return item;
  }

  function assign(item: Item, story: string | null): void {
    if (item.story !== null) drop(stories, item.story, item);
    item.story = story;
    if (story !== null) put(stories, story, item);
  }

  function similar(item: Item, days: number): readonly Item[] {
    const found: Item[] = [];
    for (const slot of postings.candidates(item.vector, item.day, days)) {
      const other = slots[slot];
      if (other && other.id !== item.id) found.push(other);
    }
    return found;
  }

  return {
    add,
    remove,
    get,
    byUrl: (url) => urls.get(url),
    members: (story) => stories.get(story) ?? none,
    stories: () => stories.keys(),
    assign,
    similar,
    keyed: (key) => keys.get(key) ?? none,
    *items() {
      for (const slot of slotOf.values()) {
        const item = slots[slot];
        if (item) yield item;
      }
    },
    size: () => ({ articles: slotOf.size, stories: stories.size, terms: postings.terms() }),
  };
}
