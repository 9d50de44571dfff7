/** `primary` publishes law itself, `official` is a government's voice; both skip the hold-back. */
export const sourceKinds = ['primary', 'official', 'news', 'advocacy'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** One item as a feed published it, after tolerant parsing. Text fields may hold HTML. */
export interface FeedItem {
  id: string | null;
  title: string | null;
  link: string | null;
  /** ISO 8601 UTC, or null when the feed gives none that can be read. */
  publishedAt: string | null;
  updatedAt: string | null;
  author: string | null;
  summary: string | null;
  content: string | null;
}

export interface ParsedFeed {
  title: string | null;
  link: string | null;
  items: FeedItem[];
  /** A limit was reached; what came before it is kept. */
  truncated?: boolean;
  /** Ids of entries that the publisher says are deleted (Atom tombstones). */
  withdrawn?: readonly string[];
  /** What a feed itself asks of pollers: minutes between polls, hours and days to skip (UTC). */
  ttlMinutes?: number;
  skipHours?: readonly number[];
  skipDays?: readonly string[];
}

/** What is given to the reader: from an entry, a saved file or a JSONL row. Html wins over text. */
export interface RawArticle {
  id: string;
  url: string | null;
  publisher: string | null;
  sourceId: string | null;
  sourceKind: SourceKind;
  title: string | null;
  html: string | null;
  text: string | null;
  /** ISO 8601; null when undated. */
  publishedAt: string | null;
  updatedAt: string | null;
  language: string | null;
  author: string | null;
  /** ISO 8601 UTC: when it reached us. */
  arrivedAt: string;
}

export interface Sentence {
  text: string;
  /** 0-based paragraph; the title is not a sentence. */
  paragraph: number;
}

/** An entry made clean: no boilerplate, language known, dates sane. */
export interface Article {
  id: string;
  url: string | null;
  /** Without trackers, AMP and mobile forms; identity across sources. */
  canonicalUrl: string | null;
  /** The outlet as people name it. */
  publisher: string | null;
  /** Outlets of one owner or syndicate count once. */
  publisherFamily: string | null;
  sourceId: string | null;
  sourceKind: SourceKind;
  title: string;
  /** Paragraphs separated by a blank line. */
  text: string;
  sentences: readonly Sentence[];
  /** ISO 639-1 (`sr`, `bs`, `hr` kept apart where the text tells), `und` when unsure. */
  language: string;
  /** ISO 8601 UTC; best guess, never after `arrivedAt`. */
  publishedAt: string;
  /** Whether `publishedAt` was told (and believable) or taken from `arrivedAt` or the text. */
  dated: 'told' | 'text' | 'arrival';
  arrivedAt: string;
  byline: string | null;
  dateline: string | null;
}
