import type { Article } from './article.ts';
import type { CountryCode } from './country.ts';
import type { OutboxDraft } from './delivery.ts';
import type { NoticeStore, OutboxStore } from './delivery-ports.ts';
import type { CountryRoles, Reading, Topic } from './reading.ts';
import type { AnswerReport, Decision, LedgerChange, LedgerEntry, LedgerProposal, ProposalDraft } from './review.ts';
import type { SourceStore, StoredEntry } from './source-ports.ts';
import type { Story, StoryOutline } from './story.ts';
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
  /**
   * Enters proposals as waiting; answers the ids of those whose fingerprint was not known. What the reader proposed of
   * the same documents before and does not now is rejected, until it proposes it again.
   */
  propose(drafts: readonly ProposalDraft[], at: string): Promise<readonly string[]>;
  /** Those that wait: oldest first. Decided ones: newest first. */
  proposals(state: LedgerProposal['state'], limit: number): Promise<readonly LedgerProposal[]>;
  /** By its id, or by the end of it (four characters and more) where only one has that. */
  proposal(id: string): Promise<LedgerProposal | null>;
  /**
   * Decides a waiting proposal and, with it, writes the entries as they are from now on. `taken` when it is decided
   * already; `stale`, with nothing done, when the history is no longer at `version`, on which the entries were made.
   */
  decide(
    id: string,
    decision: Decision,
    made: { entries: readonly LedgerEntry[]; version: string },
  ): Promise<'decided' | 'taken' | 'stale'>;
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

/** What an adapter must remember beyond its own life; it is let go when it is as old as deliveries may be. */
export interface KeptStore {
  put(kind: string, name: string, value: string): Promise<void>;
  get(kind: string, name: string): Promise<string | null>;
  /** Oldest first. */
  all(kind: string): Promise<readonly { name: string; value: string }[]>;
  remove(kind: string, name: string): Promise<void>;
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
  kept: KeptStore;
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
  /** Rejects with StoreError when what was opened is no longer there: what is written then is lost. */
  present(): Promise<void>;
  close(): Promise<void>;
}
