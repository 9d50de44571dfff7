import { createCopyIndex } from './copies.ts';
import { createPostings } from './postings.ts';
import type { Doc } from './similarity.ts';
import type { Structure } from './structure.ts';

/** One article in the window. */
export interface Item extends Doc {
  /** Day number of `time`; NaN when undated. */
  day: number;
  /** Milliseconds; for forgetting. */
  arrived: number;
  story: string | null;
  structure: Structure;
  /** Tells the development itself, not a comment on it. */
  news: boolean;
  language: string;
  canonicalUrl: string | null;
  title: string;
  /** The countries that it corrects its outlet's earlier report about; null for what is no correction. */
  corrects: readonly string[] | null;
  /** The article it is a copy or a newer version of. */
  bound: string | null;
  /** Stories that repair has taken it out of. */
  left?: Set<string>;
  /** The latest comparison with another article (see ./score.ts): a note beside the article is quicker than a map. */
  scored: { serial: number; odds: number };
  /** Order of arrival, for ties. */
  order: number;
}

/** All articles that may still be joined, by slot, story, structure key and words. */
export interface Window {
  add(item: Item): void;
  remove(id: string): Item | undefined;
  get(id: string): Item | undefined;
  byUrl(url: string): Item | undefined;
  /** Articles whose bodies may be copies of this one's. */
  copies(item: Item): readonly Item[];
  members(story: string): ReadonlySet<Item>;
  assign(item: Item, story: string | null): void;
  /** Articles near in words. */
  similar(item: Item, days: number): readonly Item[];
  /** Articles that share a structure key and happened or were told within `days`. */
  keyed(item: Item, days: number): readonly Item[];
  items(): Iterable<Item>;
  size(): { articles: number; stories: number; terms: number };
}

const none: ReadonlySet<Item> = new Set<Item>();
const undated = Number.MIN_SAFE_INTEGER;
const keyedLooked = 200;

function put<K>(map: Map<K, Set<Item>>, key: K, item: Item): void {
  const set = map.get(key);
  if (set) set.add(item);
  else map.set(key, new Set([item]));
}

function drop<K>(map: Map<K, Set<Item>>, key: K, item: Item): void {
  const set = map.get(key);
  if (set?.delete(item) && set.size === 0) map.delete(key);
}

/** Days under which an article is looked up: when it was told, and when the event was. */
function daysOf(item: Item): number[] {
  const days = new Set<number>();
  if (!Number.isNaN(item.day)) days.add(item.day);
  if (!Number.isNaN(item.structure.eventDay)) days.add(item.structure.eventDay);
  if (days.size === 0) days.add(undated);
  return [...days];
}

/** Articles by structure key and day. */
function createKeys() {
  const keys = new Map<string, Map<number, Set<Item>>>();

  function add(item: Item): void {
    for (const key of item.structure.keys) {
      let days = keys.get(key);
      if (!days) {
        days = new Map();
        keys.set(key, days);
      }
      for (const day of daysOf(item)) put(days, day, item);
    }
  }

  function remove(item: Item): void {
    for (const key of item.structure.keys) {
      const days = keys.get(key);
      if (!days) continue;
      for (const day of daysOf(item)) drop(days, day, item);
      if (days.size === 0) keys.delete(key);
    }
  }

  function find(item: Item, reach: number): readonly Item[] {
    const found = new Set<Item>();
    const take = (set: ReadonlySet<Item> | undefined) => {
      for (const other of set ?? none) if (found.size < keyedLooked && other.id !== item.id) found.add(other);
    };
    for (const key of item.structure.keys) {
      const days = keys.get(key);
      if (!days) continue;
      for (const day of daysOf(item)) {
        if (day === undated) for (const set of days.values()) take(set);
        else for (let gap = 0; gap <= reach; gap++) for (const near of [day - gap, day + gap]) take(days.get(near));
      }
      take(days.get(undated));
    }
    return [...found];
  }
  return { add, remove, find };
}

export function createWindow(): Window {
  const slots: (Item | undefined)[] = [];
  const free: number[] = [];
  const slotOf = new Map<string, number>();
  const urls = new Map<string, Item>();
  const stories = new Map<string, Set<Item>>();
  const keys = createKeys();
  const copies = createCopyIndex();
  const postings = createPostings();
  /** What `similar` answered since the window last changed: repair asks the same again. */
  const answered = new Map<Item, { days: number; found: readonly Item[] }>();

  function get(id: string): Item | undefined {
    const slot = slotOf.get(id);
    return slot === undefined ? undefined : slots[slot];
  }

  function add(item: Item): void {
    answered.clear();
    const slot = free.pop() ?? slots.length;
    slots[slot] = item;
    slotOf.set(item.id, slot);
    if (item.canonicalUrl !== null) urls.set(item.canonicalUrl, item);
    if (item.story !== null) put(stories, item.story, item);
    keys.add(item);
    copies.add(item.id, item.vector.sketch);
    postings.add(slot, item.day, item.vector);
  }

  function remove(id: string): Item | undefined {
    const slot = slotOf.get(id);
    const item = slot === undefined ? undefined : slots[slot];
    if (slot === undefined || !item) return undefined;
    answered.clear();
    slots[slot] = undefined;
    free.push(slot);
    slotOf.delete(id);
    if (item.canonicalUrl !== null && urls.get(item.canonicalUrl) === item) urls.delete(item.canonicalUrl);
    if (item.story !== null) drop(stories, item.story, item);
    keys.remove(item);
    copies.remove(item.id, item.vector.sketch);
    postings.remove(slot, item.day, item.vector);
    return item;
  }

  function assign(item: Item, story: string | null): void {
    if (item.story !== null) drop(stories, item.story, item);
    item.story = story;
    if (story !== null) put(stories, story, item);
  }

  function similar(item: Item, days: number): readonly Item[] {
    const before = answered.get(item);
    if (before?.days === days) return before.found;
    const found: Item[] = [];
    for (const slot of postings.candidates(item.vector, item.day, days)) {
      const other = slots[slot];
      if (other && other.id !== item.id) found.push(other);
    }
    answered.set(item, { days, found });
    return found;
  }

  return {
    add,
    remove,
    get,
    byUrl: (url) => urls.get(url),
    copies: (item) =>
      [...copies.find(item.vector.sketch)].flatMap((id) => get(id) ?? []).filter(({ id }) => id !== item.id),
    members: (story) => stories.get(story) ?? none,
    assign,
    similar,
    keyed: (item, days) => keys.find(item, days),
    *items() {
      for (const slot of slotOf.values()) {
        const item = slots[slot];
        if (item) yield item;
      }
    },
    size: () => ({ articles: slotOf.size, stories: stories.size, terms: postings.terms() }),
  };
}
