-- How far operators were told of a trouble: 0 not yet, 1 that it is there, 2 that it is over. What stood before was told.
ALTER TABLE notice ADD COLUMN told INTEGER NOT NULL DEFAULT 2;
