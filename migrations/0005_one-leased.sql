-- The database itself keeps to one delivery a channel in flight, however many workers lease at once.
DROP INDEX outbox_leased;
CREATE UNIQUE INDEX outbox_one_leased ON outbox (platform, workspace, channel) WHERE state = 'leased';
