import type { Article, FeedItem, SourceKind } from './article.ts';
import type { CountryCode } from './country.ts';
import type { OutboxDraft } from './delivery.ts';
import type { NoticeStore, OutboxStore } from './delivery-ports.ts';
import type { SourceErrorKind } from './errors.ts';
import type { AnswerReport, Decision, LedgerChange, LedgerEntry, LedgerProposal, ProposalDraft } from './review.ts';
import type { CountryRoles, Reading, Story, StoryOutline, Topic } from './story.ts';
import type { Channel, Platform, Subscription } from './subscription.ts';
import type { Withdrawal } from './withdrawal.ts';

/** Milliseconds since the epoch, and sleep that a test can step. */
export interface Clock {
  now(): number;
  /** Milliseconds on a clock that nobody sets, from any beginning; absent where `now` is never set. */
  elapsed?(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Uniform in [0, 1), and ids. Seeded in tests. */
export interface Random {
  next(): number;
  /** 26 characters, sortable by time, safe in URLs and custom ids. */
  id(): string;
}

/** pino's shape: static message, fields first. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

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

/** Everything one entry caused, committed in the second transaction. */
export interface IngestRecord {
  /** The entry that is done now; null for `ingest`ed files. */
  entryId: string | null;
  entryVersion: number;
  article: Article;
  reading: Reading;
  /** Stories as they now are, new revisions included. Empty for articles that join none. */
  stories: readonly Story[];
  outbox: readonly OutboxDraft[];
  /** Nothing is committed while another than `owner` holds `name`. */
  heldBy?: { name: string; owner: string };
}

export interface StoryStore {
  /** Entries read but not yet made into articles, oldest first. */
  unreadEntries(limit: number): Promise<readonly StoredEntry[]>;
  /** The second transaction. */
  commitIngest(record: IngestRecord): Promise<void>;
  /** An entry that makes no article (empty, unreadable): done, with the reason. */
  skipEntry(entryId: string, version: number, reason: string): Promise<void>;
  /** Articles with readings that arrived at or after `since`, for rebuilding the window. */
  articlesSince(since: string): Promise<readonly { article: Article; reading: Reading; storyId: string | null }[]>;
  story(id: string): Promise<Story | null>;
  storiesSince(since: string): Promise<readonly Story[]>;
  latest(filter: StoryFilter, limit: number): Promise<readonly Story[]>;
  /** As `latest`, what one line each needs: cheap, however often it is asked. */
  outlines(filter: StoryFilter, limit: number): Promise<readonly StoryOutline[]>;
  search(text: string, limit: number): Promise<readonly Story[]>;
  /** Which of these articles their publishers took back, by article id. */
  withdrawn(articleIds: readonly string[]): Promise<ReadonlyMap<string, Withdrawal>>;
}

export interface StoryFilter {
  country?: CountryCode;
  /** Parts in which `country` counts; all but `mentioned` when absent. */
  roles?: readonly (keyof CountryRoles)[];
  topic?: Topic;
  matter?: string;
  /** `YYYY-MM-DD`, inclusive, on the story's date. */
  since?: string;
  until?: string;
}

export interface SubscriptionStore {
  add(subscription: Subscription): Promise<void>;
  update(subscription: Subscription): Promise<void>;
  remove(id: string): Promise<boolean>;
  forChannel(channel: Channel): Promise<readonly Subscription[]>;
  active(): Promise<readonly Subscription[]>;
  /** Paused ones too. */
  all(): Promise<readonly Subscription[]>;
  /** Every channel of a platform that has a subscription, paused ones too. */
  followed(platform: Platform): Promise<readonly Channel[]>;
  /** Those of every channel of a guild or workspace, paused ones too. */
  inWorkspace(platform: Platform, workspace: string): Promise<readonly Subscription[]>;
  /** A platform gave a channel another id: what is followed, told and waiting there goes with it. Answers how many subscriptions. */
  moveChannel(from: Channel, to: Channel): Promise<number>;
  /** Whether a channel was ever given its first subscription (the console's default is made once). */
  everSubscribed(channel: Channel): Promise<boolean>;
}

/** The legal record's history, proposals to change it, and reports of errors. Times are ISO 8601 UTC. */
export interface LedgerStore {
  /** Every change, oldest first. */
  changes(): Promise<readonly LedgerChange[]>;
  /** Another word for each state of the history: the same as long as no process has changed it. Cheap. */
  version(): Promise<string>;
  /**
   * Notes what the shipped record holds now: a change for each entry that is new, differs or is gone since the last
   * time. `hash` names the record's content; nothing is read when it is the one last loaded. Answers how many changed.
   */
  loadShipped(hash: string, entries: readonly LedgerEntry[], at: string): Promise<number>;
  /** Enters proposals as waiting; answers the ids of those whose fingerprint was not known. */
  propose(drafts: readonly ProposalDraft[], at: string): Promise<readonly string[]>;
  /** Those that wait: oldest first. Decided ones: newest first. */
  proposals(state: LedgerProposal['state'], limit: number): Promise<readonly LedgerProposal[]>;
  proposal(id: string): Promise<LedgerProposal | null>;
  /** Decides a waiting proposal and, with it, writes the entries as they are from now on. False when it is decided already. */
  decide(id: string, decision: Decision, entries: readonly LedgerEntry[]): Promise<boolean>;
  /** Gives an approved entry back to the shipped record. */
  release(kind: LedgerEntry['kind'], key: string, note: { by: string; reason: string; at: string }): Promise<void>;
  report(report: { about: string; words: string; at: string }): Promise<string>;
  /** Reports that nobody has answered, oldest first. */
  openReports(limit: number): Promise<readonly AnswerReport[]>;
  resolveReport(id: string, note: { by: string; resolution: string; at: string }): Promise<boolean>;
}

/** Small facts by name: the hash of the registered commands, the version last started. */
export interface MetaStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}

/** Secrets that are sealed before they are stored; `owner` is who stores them, `name` what they belong to. */
export interface SealedStore {
  put(row: { owner: string; name: string; sealed: string; at: string }): Promise<void>;
  get(owner: string, name: string): Promise<string | null>;
  names(owner: string): Promise<readonly string[]>;
  remove(owner: string, name: string): Promise<boolean>;
}

/** What was stored before: every revision of a story, and single articles. */
export interface HistoryStore {
  revision(storyId: string, revision: number): Promise<Story | null>;
  revisions(storyId: string): Promise<readonly { revision: number; at: string; changes: Story['changes'] }[]>;
  article(id: string): Promise<{ article: Article; reading: Reading; storyId: string | null } | null>;
}

/** All of the database. */
export interface Store {
  history: HistoryStore;
  notices: NoticeStore;
  meta: MetaStore;
  installations: SealedStore;
  ledger: LedgerStore;
  sources: SourceStore;
  stories: StoryStore;
  subscriptions: SubscriptionStore;
  outbox: OutboxStore;
  /** A row lease named by what it guards, such as `clusterer`; true when held by `owner` until `until`. */
  hold(name: string, owner: string, now: string, until: string): Promise<boolean>;
  /**
   * Ends at `now` every lease (sources, deliveries, holds) whose owner is dead, so that a restart after a kill need not
   * wait for them to run out. A delivery that was being sent is then taken over as one that may have arrived.
   * Leases and polls that lie in the future, because the clock was set back, are over as well.
   */
  endLeases(isDead: (owner: string) => boolean, now: string): Promise<number>;
  /**
   * Deletes what is old: the text of articles that arrived before one day (whole articles where they are in no story),
   * entries of no story that their feeds have not listed since, and deliveries that ended before another. Answers how many rows. Times are ISO 8601 UTC.
   */
  prune(before: { articlesBefore: string; deliveriesBefore: string }): Promise<Readonly<Record<string, number>>>;
  /** Deletes all that is kept of a Discord server or Slack workspace; answers how much it was. */
  forget(platform: Platform, workspace: string): Promise<{ subscriptions: number; deliveries: number }>;
  /** Copies the whole database to a file that must not exist yet, while others go on writing. */
  backup(file: string): Promise<void>;
  /** A full look for damage: null when whole, else what is wrong and the way back. */
  check(): Promise<string | null>;
  close(): Promise<void>;
}
