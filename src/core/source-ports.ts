import type { FeedItem, SourceKind } from './article.ts';
import type { SourceErrorKind } from './errors.ts';

/** A configured feed (config/sources.yaml, or added by a manager). */
export interface SourceConfig {
  id: string;
  name: string;
  url: string;
  /** How it is read: a folder in src/feeds/kinds. */
  format: 'feed' | 'federal-register' | 'page';
  kind: SourceKind;
  publisher: string;
  language: string;
  /** Minutes between polls; adapted from how often it publishes when absent. */
  every?: number;
  enabled: boolean;
  /** Why it is here, and why it is disabled. */
  note: string;
  headers?: Readonly<Record<string, string>>;
  /** CSS selector of links, for `page`. */
  selector?: string;
  allowPrivate?: boolean;
  /** Added by people, not by the configuration. */
  added?: boolean;
}

/** What is remembered of a source between polls. Times are ISO 8601 UTC. */
export interface SourceState {
  id: string;
  /** Permanent redirects seen often enough, else null. */
  movedTo: string | null;
  etag: string | null;
  lastModified: string | null;
  bodyHash: string | null;
  firstPolledAt: string | null;
  lastPolledAt: string | null;
  lastSuccessAt: string | null;
  nextPollAt: string | null;
  failures: number;
  error: { kind: SourceErrorKind; code: string; message: string; hint: string } | null;
  /** Free-form memory of the poller (habit, redirects seen, item counts), JSON. */
  memory: Readonly<Record<string, unknown>>;
  paused: boolean;
}

/** An entry with its identity within the source. */
export interface EntryDraft {
  /** Keys that may each identify it: guid, canonical link, title with date, content hash; strongest first. */
  keys: readonly string[];
  /** Hash of what a reader would notice: title and text. */
  contentHash: string;
  item: FeedItem;
  /** Too old when first seen: stored, never told as new. */
  silent?: boolean;
  /** Dated since its source's last good poll: told even when it arrives in a flood. */
  fresh?: boolean;
  /** Its title says that it was taken back. */
  withdrawn?: boolean;
}

export interface StoredEntry {
  id: string;
  sourceId: string;
  item: FeedItem;
  /** First seen, and when this version was seen. ISO 8601 UTC. */
  firstSeenAt: string;
  seenAt: string;
  /** 1, and one more for each change of content. */
  version: number;
  /** Stored by the first poll of its source, or too old when first seen: known, never told as new. */
  silent: boolean;
  /** The source's last good poll before the one that first saw this entry; null or absent when there was none. */
  lastGoodPollAt?: string | null;
  /** When the source was first polled; null or absent when nobody knows. */
  watchedSince?: string | null;
}

export interface SourceStore {
  /** Upserts configured sources; those no longer configured are kept but not polled. */
  sync(sources: readonly SourceConfig[]): Promise<void>;
  list(): Promise<readonly { config: SourceConfig; state: SourceState }[]>;
  /** Leases at most `limit` sources that are due at `now`, oldest due first, for `owner` until `until`. */
  leaseDue(
    owner: string,
    now: string,
    until: string,
    limit: number,
  ): Promise<readonly { config: SourceConfig; state: SourceState }[]>;
  /**
   * The first transaction: state, validators, and new and changed entries together; releases the lease.
   * An entry whose keys match a stored one of the source is that one: `matchEntries` in entry-identity.ts says how.
   * `silent` marks what it stores as baseline. When more than `floodLimit` entries are new, those not `fresh` are silent.
   */
  recordPoll(poll: {
    state: SourceState;
    entries: readonly EntryDraft[];
    seenAt: string;
    silent: boolean;
    floodLimit?: number;
    /** Keys of each entry that the publisher says is deleted. */
    deleted?: readonly (readonly string[])[];
  }): Promise<{ added: number; changed: number; flooded?: boolean; withdrawn?: number }>;
  /** What is resumed is due at once. */
  setPaused(id: string, paused: boolean): Promise<void>;
  /** Adds a source that people named, beside the configured ones. False when its id or its address is there already. */
  add(config: SourceConfig): Promise<boolean>;
  /** Retires an added source; what it brought stays. False when no added source has this id. */
  remove(id: string): Promise<boolean>;
}
