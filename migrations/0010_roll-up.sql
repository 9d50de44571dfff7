-- First posts that are told together in one message name it: `burst/ID` or `catch-up/ID`.
ALTER TABLE outbox ADD COLUMN rolled_into TEXT;
CREATE INDEX outbox_rolled ON outbox (rolled_into) WHERE rolled_into IS NOT NULL;
-- What a channel got of late.
CREATE INDEX outbox_told ON outbox (channel, sent_at) WHERE sent_at IS NOT NULL;
