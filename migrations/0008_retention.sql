-- By what retention finds what is old. Articles have theirs already.
CREATE INDEX entry_seen ON entry (seen_at);
CREATE INDEX story_revision_stored ON story_revision (stored_at);
CREATE INDEX outbox_ended ON outbox (due_at) WHERE waiting = 0;
