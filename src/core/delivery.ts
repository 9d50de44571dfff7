import type { Message } from './message.ts';
import type { Channel, Platform } from './subscription.ts';

export const outboxKinds = ['story', 'roll-up', 'digest', 'reminder', 'notice'] as const;
export type OutboxKind = (typeof outboxKinds)[number];

/** `superseded`: never sent, because a newer revision of the same message took its place. */
export const outboxStates = ['pending', 'leased', 'sent', 'retry', 'unknown', 'dead', 'superseded'] as const;
export type OutboxState = (typeof outboxStates)[number];

/** How a delivery reaches the channel: a first post, an edit of it, or something said anew about it. */
export type DeliveryAction = 'post' | 'edit' | 'thread';

/** One delivery to be made. Unique by channel, kind, subject and revision. */
export interface OutboxDraft {
  channel: Channel;
  kind: OutboxKind;
  /** Story id, digest window, reminder key. */
  subject: string;
  revision: number;
  action: DeliveryAction;
  message: Message;
  /** ISO 8601 UTC before which it must not go out (hold-back, quiet hours, edit pause). */
  notBefore: string;
  /** Late: told as catch-up, never as new. */
  late: boolean;
  /**
   * The whole story as a post of its own, on `edit` and `thread` rows. It takes the place of a first post that has not
   * gone out yet, and is posted when there is no post to edit or answer.
   */
  standalone?: Message;
}

export interface OutboxRow extends OutboxDraft {
  id: string;
  state: OutboxState;
  attempts: number;
  createdAt: string;
  /** The message this one edits or answers, once that was sent. */
  replyTo: string | null;
  /** When the earliest attempt that may have arrived began (ISO 8601 UTC); null when none may have. */
  maybeSentSince?: string | null;
  /** The platform refused the full form (a 400) before. */
  rejectedBefore?: boolean;
  /** What became of the last attempt, in words. */
  reason?: string | null;
}

/** Clocks differ: a message may be dated a little before the attempt that brought it. */
const clockSkewMs = 60_000;
/** Attempts in doubt begin within the two minutes in which a repeat is folded, and are given up within one more. */
const longestDoubtMs = 3 * 60_000;

/** A message that cannot be rendered was never sent, and must not be tried again as it is: a plainer one may do. */
export function unrenderable(render: () => unknown): Extract<SendOutcome, { kind: 'rejected' }> | null {
  try {
    render();
    return null;
  } catch (error) {
    return {
      kind: 'rejected',
      reason: `cannot be rendered: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** When a row's message can have arrived, if it did, by the platform's clock: Unix milliseconds. */
export function arrivalWindow(row: Pick<OutboxRow, 'maybeSentSince' | 'createdAt'>): {
  fromMs: number;
  untilMs: number;
} {
  const since = Date.parse(row.maybeSentSince ?? row.createdAt);
  return { fromMs: since - clockSkewMs, untilMs: since + longestDoubtMs + clockSkewMs };
}

/** One attempt to send a row, as it was recorded. `finishedAt` and `outcome` are null while it runs or if it was cut off. */
export interface OutboxAttempt {
  attempt: number;
  owner: string;
  startedAt: string;
  finishedAt: string | null;
  outcome: SendOutcome | null;
}

/** What a channel has of a story (or digest, reminder, notice): the basis of what it is told next. */
export interface Told {
  channel: Channel;
  /** Newest revision that was sent or is on its way, merged-in stories included. */
  revision: number;
  /** The first post is still on its way or its arrival is not known. */
  waiting: boolean;
}

/** What a platform said of its limits along with an answer; every part may be missing. */
export interface LimitsSaid {
  /** Names the budget that was drawn from: requests that name the same one share it, within their channel. */
  bucket?: string;
  /** Requests that the budget still allows until `resetAt` (ISO 8601 UTC). */
  remaining?: number;
  resetAt?: string;
  /** Requests answered 401, 403 or 429 on the way: too many of them, and the platform bans the address. */
  invalid?: number;
}

/** What became of one attempt. Only `sent` marks a row sent; `unknown` is never re-sent blindly. */
export type SendOutcome = (
  | { kind: 'sent'; messageId: string }
  | { kind: 'rate-limited'; retryAt: string; scope: 'channel' | 'global' | 'shared' }
  /** `refused`: the platform no longer takes our token, and what an operator can do about it. */
  | { kind: 'transient'; reason: string; refused?: string }
  | { kind: 'unknown'; reason: string }
  | { kind: 'rejected'; reason: string }
  | { kind: 'forbidden'; reason: string }
  | { kind: 'gone'; reason: string }
) & { limits?: LimitsSaid };

/** What a platform can do and hold, as data: no `if platform` outside adapters. */
export interface Capabilities {
  edits: boolean;
  threads: boolean;
  /** How long a send with the same key is folded into one by the platform, in milliseconds; 0 when never. */
  idempotencyWindowMs: number;
  /** Whether a channel's history can be read to settle an unknown send. */
  history: boolean;
  /** After this many milliseconds an accepted message shows in the history; half a minute when absent. */
  arrivesWithinMs?: number;
  maxMessageCharacters: number;
  /** False where a post disturbs nobody and stays as it was written: nothing is rolled up to spare people. */
  disturbs?: boolean;
  /** What the platform allows to begin with; what it answers teaches the rest. Absent: 1 a second a channel, 50 in all. */
  pace?: PaceRules;
}

/** New posts, changes of what is posted, and answers in threads each have a budget of their own. */
export interface PaceRules {
  /** Posts in one channel; the others too, each by itself, where nothing else is said. */
  channel: Rate;
  /** Everything on the platform together. */
  global: Rate;
  /** Posts (and what else is said anew) in all channels of one workspace. */
  workspace?: Rate;
  edits?: { channel?: Rate; workspace?: Rate };
  /** `own`: a thread is a channel of its own to the platform. `channel`: its answers count as posts; so when absent. */
  threads?: 'own' | 'channel';
}

/** `count` messages in any `perMs` milliseconds. */
export interface Rate {
  count: number;
  perMs: number;
}

/** Whether a message that may have arrived did. `unreadable` when the platform or its permissions cannot tell. */
export type Reconciliation =
  | { kind: 'found'; messageId: string }
  | { kind: 'absent' }
  | { kind: 'unreadable'; reason: string };

/** One chat platform. `send` never throws for the platform's own answers: it returns an outcome. */
export interface ChatAdapter {
  platform: Platform;
  capabilities: Capabilities;
  /** Connects and begins to take commands. Resolves when ready. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** `row.id` is the idempotency key. Rows with action `edit` change `row.replyTo`. */
  send(row: OutboxRow): Promise<SendOutcome>;
  /** Whether the platform answers at all, by a request that changes nothing. Never rejects. Absent: it is simply tried. */
  reachable?(): Promise<boolean>;
  /** Looks in the channel's history for a row whose send may have arrived. Absent where nothing can be looked up. */
  reconcile?(row: OutboxRow): Promise<Reconciliation>;
}

/** What a story would send to one channel, and why not. `when` is ISO 8601 UTC; `how` the action, empty when nothing goes. */
export interface DeliveryPreview {
  channel: Channel;
  sends: boolean;
  when: string | null;
  how: string;
  why: readonly string[];
}
