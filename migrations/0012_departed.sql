-- The day (UTC) of the last document of a source that was read, and of the last that listed an entry.
ALTER TABLE source ADD COLUMN listed_on TEXT;
ALTER TABLE entry ADD COLUMN listed_on TEXT;
CREATE INDEX entry_listed ON entry (source_id, listed_on) WHERE skipped IS NOT NULL;

-- Entries that are no story's business and have left their feed are let go. What stays is one number for the words of
-- each, so that it comes back in silence.
CREATE TABLE departed (
  mark BIGINT NOT NULL PRIMARY KEY
);
