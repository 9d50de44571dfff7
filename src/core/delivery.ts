import type { Message } from './message.ts';
import type { Channel, Platform } from './subscription.ts';

export const outboxKinds = ['story', 'digest', 'reminder', 'notice'] as const;
export type OutboxKind = (typeof outboxKinds)[number];

export type OutboxState = 'pending' | 'leased' | 'sent' | 'retry' | 'unknown' | 'dead';

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
}

export interface OutboxRow extends OutboxDraft {
  id: string;
  state: OutboxState;
  attempts: number;
  createdAt: string;
  /** The message this one edits or answers, once that was sent. */
  replyTo: string | null;
}

/** What became of one attempt. Only `sent` marks a row sent; `unknown` is never re-sent blindly. */
export type SendOutcome =
  | { kind: 'sent'; messageId: string }
  | { kind: 'rate-limited'; retryAt: string; scope: 'channel' | 'global' | 'shared' }
  | { kind: 'transient'; reason: string }
  | { kind: 'unknown'; reason: string }
  | { kind: 'rejected'; reason: string }
  | { kind: 'forbidden'; reason: string }
  | { kind: 'gone'; reason: string };

/** What a platform can do and hold, as data: no `if platform` outside adapters. */
export interface Capabilities {
  edits: boolean;
  threads: boolean;
  /** How long a send with the same key is folded into one by the platform, in milliseconds; 0 when never. */
  idempotencyWindowMs: number;
  /** Whether a channel's history can be read to settle an unknown send. */
  history: boolean;
  maxMessageCharacters: number;
}

/** One chat platform. `send` never throws for the platform's own answers: it returns an outcome. */
export interface ChatAdapter {
  platform: Platform;
  capabilities: Capabilities;
  /** Connects and begins to take commands. Resolves when ready. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** `row.id` is the idempotency key. Rows with action `edit` change `row.replyTo`. */
  send(row: OutboxRow): Promise<SendOutcome>;
}
