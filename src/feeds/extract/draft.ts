/** One value a feed may tell in several ways: the way with the higher rank wins, the first of equals. */
export interface Choice {
  value: string;
  rank: number;
}

export const itemSlots = ['id', 'title', 'link', 'published', 'updated', 'author', 'summary', 'content'] as const;
export type ItemSlot = (typeof itemSlots)[number];

export type ItemDraft = Partial<Record<ItemSlot, Choice>>;

export interface FeedDraft {
  title?: Choice;
  link?: Choice;
  /** Author of the feed, for items that name none. */
  author?: Choice;
  ttlMinutes?: number;
  updatePeriod?: string;
  updateFrequency?: number;
  skipHours: number[];
  skipDays: string[];
  /** Ids of entries that the feed says are deleted. */
  withdrawn: string[];
  items: ItemDraft[];
  truncated: boolean;
  /** The document is a feed of some kind, however broken. */
  recognised: boolean;
}

export function newFeed(): FeedDraft {
  return { skipHours: [], skipDays: [], withdrawn: [], items: [], truncated: false, recognised: false };
}

/** Keeps `value` in `slot` unless something that ranks as high is there. */
export function choose<Slot extends string>(
  draft: Partial<Record<Slot, Choice>>,
  slot: Slot,
  value: string | null,
  rank: number,
): void {
  if (value === null || value === '') return;
  const before = draft[slot];
  if (before === undefined || rank > before.rank) draft[slot] = { value, rank };
}
