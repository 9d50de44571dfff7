-- Portable: SQLite and PostgreSQL both run this file. Times are TEXT, ISO 8601 UTC with milliseconds
-- (2026-01-31T09:30:00.000Z), so that they sort as text. Flags are INTEGER 0 or 1. JSON is TEXT.

CREATE TABLE meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- What one process holds for a while, such as the one clusterer.
CREATE TABLE held (
  name TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  until TEXT NOT NULL
);

CREATE TABLE source (
  id TEXT NOT NULL PRIMARY KEY,
  config TEXT NOT NULL,
  -- 0 when the source is no longer in the configuration: kept, not polled.
  configured INTEGER NOT NULL,
  enabled INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  next_poll_at TEXT,
  lease_owner TEXT,
  lease_until TEXT,
  moved_to TEXT,
  etag TEXT,
  last_modified TEXT,
  body_hash TEXT,
  first_polled_at TEXT,
  last_polled_at TEXT,
  last_success_at TEXT,
  failures INTEGER NOT NULL,
  error TEXT,
  memory TEXT NOT NULL
);
CREATE INDEX source_due ON source (next_poll_at);

CREATE TABLE entry (
  id TEXT NOT NULL PRIMARY KEY,
  source_id TEXT NOT NULL REFERENCES source (id),
  version INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  item TEXT NOT NULL,
  first_seen_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  silent INTEGER NOT NULL,
  -- The source's last good poll before the one that first saw the entry.
  last_good_poll_at TEXT,
  -- 1 until the present version has been read.
  unread INTEGER NOT NULL,
  -- Why the present version made no article.
  skipped TEXT
);
CREATE INDEX entry_unread ON entry (seen_at, id) WHERE unread = 1;

CREATE TABLE entry_key (
  source_id TEXT NOT NULL,
  entry_key TEXT NOT NULL,
  entry_id TEXT NOT NULL REFERENCES entry (id),
  PRIMARY KEY (source_id, entry_key, entry_id)
);
CREATE INDEX entry_key_entry ON entry_key (entry_id);

-- What was read from one article's words, once, by the hash of its JSON: story revisions point here.
CREATE TABLE reading (
  hash TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

CREATE TABLE article (
  id TEXT NOT NULL PRIMARY KEY,
  entry_id TEXT,
  source_id TEXT,
  canonical_url TEXT,
  published_at TEXT NOT NULL,
  arrived_at TEXT NOT NULL,
  reading_hash TEXT NOT NULL REFERENCES reading (hash),
  -- Everything but the text and its sentences.
  facts TEXT NOT NULL,
  -- Where each sentence stands in the text: the text is stored once.
  sentences TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX article_arrived ON article (arrived_at, id);
CREATE INDEX article_canonical ON article (canonical_url);

CREATE TABLE story (
  id TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL,
  merged_into TEXT,
  day TEXT NOT NULL,
  certainty TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  stage TEXT,
  opened_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX story_day ON story (day, opened_at, id);
CREATE INDEX story_updated ON story (updated_at);
CREATE INDEX story_merged ON story (merged_into);

CREATE TABLE story_revision (
  story_id TEXT NOT NULL REFERENCES story (id),
  revision INTEGER NOT NULL,
  stored_at TEXT NOT NULL,
  changes TEXT NOT NULL,
  -- The whole story; members name their readings by hash.
  snapshot TEXT NOT NULL,
  PRIMARY KEY (story_id, revision)
);

-- By what a story is looked up. `day` and `opened_at` are the story's, so that one index answers "newest of".
-- facet: topic, matter, or a part a country plays (banned, receiving, nationality, mentioned).
CREATE TABLE story_facet (
  facet TEXT NOT NULL,
  value TEXT NOT NULL,
  day TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  story_id TEXT NOT NULL REFERENCES story (id),
  PRIMARY KEY (facet, value, day, opened_at, story_id)
);
CREATE INDEX story_facet_story ON story_facet (story_id);

CREATE TABLE story_member (
  article_id TEXT NOT NULL,
  story_id TEXT NOT NULL REFERENCES story (id),
  part TEXT NOT NULL,
  PRIMARY KEY (article_id, story_id)
);
CREATE INDEX story_member_story ON story_member (story_id);

CREATE TABLE subscription (
  id TEXT NOT NULL PRIMARY KEY,
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  channel TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX subscription_channel ON subscription (platform, workspace, channel);

-- Channels that ever had a subscription, so that a default is given once.
CREATE TABLE channel (
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  channel TEXT NOT NULL,
  first_subscribed_at TEXT NOT NULL,
  PRIMARY KEY (platform, workspace, channel)
);

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  platform TEXT NOT NULL,
  workspace TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  revision INTEGER NOT NULL,
  -- A revision may be said once (post, thread) and the first post mended once (edit).
  part TEXT NOT NULL,
  action TEXT NOT NULL,
  message TEXT NOT NULL,
  standalone TEXT,
  not_before TEXT NOT NULL,
  late INTEGER NOT NULL,
  state TEXT NOT NULL,
  -- 1 while pending or in retry: what the deliver loop looks through.
  waiting INTEGER NOT NULL,
  due_at TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  lease_owner TEXT,
  lease_until TEXT,
  -- 1 from the moment an attempt begins until its outcome is recorded.
  begun INTEGER NOT NULL,
  maybe_sent_since TEXT,
  rejected_before INTEGER NOT NULL,
  message_id TEXT,
  sent_at TEXT,
  reason TEXT,
  parked_at TEXT,
  created_at TEXT NOT NULL,
  UNIQUE (platform, workspace, channel, kind, subject, revision, part)
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE waiting = 1;
CREATE INDEX outbox_due ON outbox (due_at) WHERE waiting = 1;
CREATE INDEX outbox_leased ON outbox (platform, workspace, channel, lease_until) WHERE state = 'leased';
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_subject ON outbox (kind, subject);

CREATE TABLE outbox_attempt (
  outbox_id TEXT NOT NULL REFERENCES outbox (id),
  attempt INTEGER NOT NULL,
  owner TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  outcome TEXT,
  PRIMARY KEY (outbox_id, attempt)
);

CREATE TABLE notice (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  resolved_at TEXT,
  PRIMARY KEY (kind, subject)
);
