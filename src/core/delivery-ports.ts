import type { OutboxAttempt, OutboxDraft, OutboxKind, OutboxRow, OutboxState, SendOutcome, Told } from './delivery.ts';
import type { RollUpKind } from './roll-up.ts';
import type { Channel, Platform } from './subscription.ts';

/** First posts of one channel that are to be told together. */
export interface RollUp {
  kind: RollUpKind;
  channel: Channel;
  /** Waiting rows, or rows that `owner` leases and has not begun. */
  rowIds: readonly string[];
  owner: string;
  at: string;
  /** A roll-up that was added to since then goes on growing; null begins another. */
  since: string | null;
  /** How long edits of the same message are apart, in milliseconds. */
  pauseMs: number;
}

/** What is to be sent, and what became of it: one row for each message to each channel. Times are ISO 8601 UTC. */
export interface OutboxStore {
  /** Adds rows that do not exist yet; answers how many were new. */
  enqueue(drafts: readonly OutboxDraft[]): Promise<number>;
  /**
   * Leases rows that may go out at `now`: at most one a channel, oldest first; expired leases count as unknown sends of
   * their attempt. Of `platforms` only, when they are given: what this process cannot send is left to another.
   */
  lease(
    owner: string,
    now: string,
    until: string,
    limit: number,
    platforms?: readonly Platform[],
  ): Promise<readonly OutboxRow[]>;
  /**
   * Records an attempt's outcome and moves the row on. `retryAt` for what is to be tried again. `sent` is recorded whoever
   * says it, anything else only from the lease's owner. Dead because forbidden or gone: the channel is parked with it.
   */
  settle(
    rowId: string,
    outcome: SendOutcome,
    at: string,
    next: { state: OutboxState; retryAt?: string; owner?: string },
  ): Promise<void>;
  /**
   * Records that an attempt begins, durably, right before the send. False when the lease is no longer `owner`'s:
   * then nothing may be sent. A lease that ran out before this was called simply goes back to waiting.
   */
  begin(rowId: string, owner: string, at: string): Promise<boolean>;
  /** Leases for `owner` the rows whose attempt began under a lease that has run out: their message may have arrived. */
  takeOver(
    owner: string,
    now: string,
    until: string,
    limit: number,
    platforms?: readonly Platform[],
  ): Promise<readonly OutboxRow[]>;
  /** Gives leased rows back unsent, as when a pause was asked for before the attempt began. */
  release(rowIds: readonly string[], owner: string, dueAt: string): Promise<void>;
  /** Channels that have or are getting this subject; for a story, those of stories merged into it too. */
  told(kind: OutboxKind, subject: string): Promise<readonly Told[]>;
  /** Every attempt of one row, oldest first. */
  attempts(rowId: string): Promise<readonly OutboxAttempt[]>;
  row(rowId: string): Promise<OutboxRow | null>;
  /** An operator's remedies for a row that is unknown or dead (or waiting): send it again, or give it up. */
  retry(rowId: string, at: string): Promise<boolean>;
  /**
   * Sends an unknown row again that was looked for and did not arrive; only while it is in doubt `since` the moment that
   * the look began with. True when it waits again.
   */
  absent(rowId: string, since: string, at: string): Promise<boolean>;
  drop(rowId: string, reason: string, at: string): Promise<boolean>;
  /** Waiting rows of a channel that cannot be reached become dead, kept for `unpark`; answers how many. */
  park(channel: Channel, reason: string, at: string): Promise<number>;
  /** Rows parked at or after `since` wait again, because the channel can be reached again. */
  unpark(channel: Channel, since: string, at: string): Promise<number>;
  /** What waits for a channel (or is about to be sent) and cannot have arrived, oldest first. */
  waitingIn(channel: Channel): Promise<readonly OutboxRow[]>;
  /** Never sends these rows, as far as no attempt has begun that can have arrived; answers how many. */
  withdraw(rowIds: readonly string[], reason: string): Promise<number>;
  /** These rows, as far as they wait, are due no later than `at`; what a platform asked to wait for is left alone. */
  advance(rowIds: readonly string[], at: string): Promise<void>;
  /** The post that a channel has for a story, digest or reminder: its newest sent message id. */
  posted(
    channel: Channel,
    kind: OutboxRow['kind'],
    subject: string,
  ): Promise<{ messageId: string; revision: number; sentAt: string } | null>;
  counts(): Promise<Readonly<Record<OutboxState, number>>>;
  list(state: OutboxState, limit: number): Promise<readonly OutboxRow[]>;
  /** Lets rows that wait out a hold-back or an edit pause go now: those due within 15 minutes. Answers how many. */
  hasten(now: string): Promise<number>;
  /** A platform answers again: what failed there is due now, oldest first, and need not sit out its own wait. */
  hastenRetries(platform: string, now: string): Promise<number>;
  /** What waits for the budget of a channel's workspace or platform (edits, or everything said) is due no sooner than then. */
  postpone(channel: Channel, reach: 'workspace' | 'platform', budget: 'post' | 'edit', until: string): Promise<void>;
  /** First posts of stories that a channel got since then, by themselves or rolled up. */
  toldSince(channel: Channel, since: string): Promise<number>;
  /** Ids of a channel's first posts that are due and late: due before `before`, or late when they came. */
  lateIn(channel: Channel, before: string, now: string): Promise<readonly string[]>;
  /** First posts of a channel that wait and were all held back until the same time. */
  heldUntil(channel: Channel, until: string, now: string): Promise<readonly string[]>;
  /** Tells first posts in one message, which is edited as it grows; answers how many were moved into it. */
  roll(rollUp: RollUp): Promise<number>;
  /** When the next waiting row may go out, or null. */
  nextAt(): Promise<string | null>;
}

/** Something an operator should know, once: a paused channel, an unknown delivery, a silent source. */
export interface Notice {
  /** `channel-paused`, `delivery-unknown`, … with `subject` it names the trouble; told once until it is resolved. */
  kind: string;
  subject: string;
  text: string;
  at: string;
  resolvedAt: string | null;
}

/** `told`: what operators already know of it; its beginning, or nothing. */
export interface UntoldNotice extends Notice {
  told: 'nothing' | 'beginning';
}

export interface NoticeStore {
  /**
   * True when this trouble was not yet standing: then, and only then, operators are told. `over`: something that
   * happened and does not last; it is told and never stands.
   */
  raise(notice: { kind: string; subject: string; text: string; at: string; over?: boolean }): Promise<boolean>;
  /** True when it was standing: then operators are told that it is over, in these words if there are any. */
  resolve(kind: string, subject: string, at: string, text?: string): Promise<boolean>;
  /** Since when it is standing; null when it is not. */
  since(kind: string, subject: string): Promise<string | null>;
  /** What operators have not been told yet, oldest first. */
  untold(limit: number): Promise<readonly UntoldNotice[]>;
  /** Marks them told and enqueues the posts that tell them, together. False, with nothing done, when another was first. */
  tell(notices: readonly UntoldNotice[], posts: readonly OutboxDraft[]): Promise<boolean>;
  standing(limit: number): Promise<readonly Notice[]>;
}
