-- The legal record's own history, and how it changes. Portable: SQLite and PostgreSQL both run this file.

-- Every change of an entry of the record (a row, a step of an arrangement, an event of a case), with when it was learned.
CREATE TABLE ledger_change (
  id TEXT NOT NULL PRIMARY KEY,
  -- row, deal or court
  kind TEXT NOT NULL,
  entry_key TEXT NOT NULL,
  -- shipped: the record that came with the program; review: an operator's approval
  origin TEXT NOT NULL,
  -- 1 for what the record held when it was first loaded: known since it was signed, not since it was loaded
  baseline INTEGER NOT NULL,
  learned_at TEXT NOT NULL,
  -- The entry as it was from then on; null when it was taken out (shipped) or given back to the shipped record (review).
  body TEXT,
  changed_by TEXT,
  reason TEXT,
  proposal_id TEXT
);
CREATE INDEX ledger_change_entry ON ledger_change (kind, entry_key, id);

CREATE TABLE ledger_proposal (
  id TEXT NOT NULL PRIMARY KEY,
  -- The same change told again is the same proposal.
  fingerprint TEXT NOT NULL UNIQUE,
  -- waiting, approved or rejected
  state TEXT NOT NULL,
  instrument TEXT NOT NULL,
  -- What is proposed, its citation and the sentence it rests on.
  body TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  reason TEXT
);
CREATE INDEX ledger_proposal_state ON ledger_proposal (state, id);

-- What people say is wrong with an answer. Who said it is not kept.
CREATE TABLE answer_report (
  id TEXT NOT NULL PRIMARY KEY,
  about TEXT NOT NULL,
  words TEXT NOT NULL,
  reported_at TEXT NOT NULL,
  resolved_by TEXT,
  resolved_at TEXT,
  resolution TEXT
);
CREATE INDEX answer_report_open ON answer_report (resolved_at, id);
