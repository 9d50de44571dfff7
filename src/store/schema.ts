import type { ColumnType, Generated } from 'kysely';
import type { WithdrawnHow } from '../core/withdrawal.ts';

/** Columns as migrations/ makes them. JSON is text, flags are 0 or 1, times are ISO 8601 UTC with milliseconds. */
type Flag = 0 | 1;
/** PostgreSQL answers its big integers as text. */
type WideNumber = ColumnType<number | string, number, never>;

export interface SourceTable {
  id: string;
  config: string;
  configured: Flag;
  /** 1 when people added it. */
  added: Flag;
  enabled: Flag;
  paused: Flag;
  next_poll_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
  moved_to: string | null;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  first_polled_at: string | null;
  last_polled_at: string | null;
  last_success_at: string | null;
  failures: number;
  error: string | null;
  memory: string;
  /** `YYYY-MM-DD`. */
  listed_on: string | null;
}

export interface EntryTable {
  id: string;
  source_id: string;
  version: number;
  content_hash: string;
  item: string;
  first_seen_at: string;
  seen_at: string;
  silent: Flag;
  last_good_poll_at: string | null;
  unread: Flag;
  skipped: string | null;
  withdrawn_at: string | null;
  withdrawn_how: WithdrawnHow | null;
  /** `YYYY-MM-DD`; null until a document listed it after this was kept. */
  listed_on: string | null;
  /** All of its keys, one a line. */
  entry_keys: string;
}

export interface SourceListingTable {
  source_id: string;
  entries: string;
}

export interface ArticleTable {
  id: string;
  entry_id: string | null;
  source_id: string | null;
  canonical_url: string | null;
  published_at: string;
  arrived_at: string;
  reading_hash: string;
  facts: string;
  sentences: string;
  body: string;
}

export interface StoryRevisionTable {
  story_id: string;
  revision: number;
  stored_at: string;
  changes: string;
  snapshot: string;
}

export interface StoryTable {
  id: string;
  revision: number;
  merged_into: string | null;
  day: string;
  certainty: string;
  disputed: Flag;
  stage: string | null;
  opened_at: string;
  updated_at: string;
}

export interface SubscriptionTable {
  id: string;
  platform: string;
  workspace: string;
  channel: string;
  status: string;
  created_at: string;
  body: string;
}

export interface OutboxTable {
  id: string;
  platform: string;
  workspace: string;
  channel: string;
  kind: string;
  subject: string;
  revision: number;
  part: 'said' | 'mended';
  action: string;
  message: string;
  standalone: string | null;
  not_before: string;
  late: Flag;
  state: string;
  waiting: Flag;
  due_at: string;
  attempts: number;
  lease_owner: string | null;
  lease_until: string | null;
  begun: Flag;
  maybe_sent_since: string | null;
  rejected_before: Flag;
  message_id: string | null;
  sent_at: string | null;
  reason: string | null;
  parked_at: string | null;
  rolled_into: string | null;
  created_at: string;
}

export interface Tables {
  meta: { name: string; value: string };
  kept: { kind: string; name: string; value: string; stored_at: string };
  held: { name: string; owner: string; until: string };
  source: SourceTable;
  entry: EntryTable;
  source_listing: SourceListingTable;
  departed: { mark: WideNumber };
  /** The keys by which entries are found. */
  entry_key: { source_id: string; entry_key: string; entry_id: string };
  reading: { hash: string; body: string };
  article: ArticleTable;
  story: StoryTable;
  story_revision: StoryRevisionTable;
  /** Old stories, packed (story-pack.ts). */
  story_pack: { number: WideNumber; story_id: string; body: Uint8Array };
  /** The keys by which packed entries are found. */
  packed_key: { mark: WideNumber; pack: WideNumber };
  story_facet: { facet: string; value: string; day: string; opened_at: string; story_id: string };
  story_member: { article_id: string; story_id: string; part: string };
  story_document: {
    id: Generated<number>;
    story_id: string;
    headline: string;
    summary: string;
    names: string;
    titles: string;
  };
  subscription: SubscriptionTable;
  channel: { platform: string; workspace: string; channel: string; first_subscribed_at: string };
  outbox: OutboxTable;
  outbox_attempt: {
    outbox_id: string;
    attempt: number;
    owner: string;
    started_at: string;
    finished_at: string | null;
    outcome: string | null;
  };
  installation: { owner: string; name: string; sealed: string; stored_at: string };
  notice: { kind: string; subject: string; body: string; raised_at: string; resolved_at: string | null; told: number };
  ledger_change: {
    id: string;
    kind: string;
    entry_key: string;
    origin: string;
    baseline: Flag;
    learned_at: string;
    body: string | null;
    changed_by: string | null;
    reason: string | null;
    proposal_id: string | null;
  };
  ledger_proposal: {
    id: string;
    fingerprint: string;
    state: string;
    instrument: string;
    body: string;
    proposed_by: string;
    proposed_at: string;
    decided_by: string | null;
    decided_at: string | null;
    reason: string | null;
  };
  answer_report: {
    id: string;
    about: string;
    words: string;
    reported_at: string;
    resolved_by: string | null;
    resolved_at: string | null;
    resolution: string | null;
  };
}
