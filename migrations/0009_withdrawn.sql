-- What a publisher took back stays, with a note: when it was first seen to be gone, and how that is known.
ALTER TABLE entry ADD COLUMN withdrawn_at TEXT;
ALTER TABLE entry ADD COLUMN withdrawn_how TEXT;

-- The dated entries of a source's last document, newest first: one that is missing from between others was taken out.
CREATE TABLE source_listing (
  source_id TEXT NOT NULL PRIMARY KEY REFERENCES source (id),
  entries TEXT NOT NULL
);
