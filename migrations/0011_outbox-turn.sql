-- Who is next is found by the time at which rows are due: ten thousand that wait for a platform's pace are not passed one
-- by one to find that out.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_turn ON outbox (part, due_at, id) WHERE waiting = 1;
CREATE INDEX outbox_queue ON outbox (platform, workspace, channel, part, id) WHERE waiting = 1;
