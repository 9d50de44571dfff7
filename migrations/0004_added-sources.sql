-- Sources that people added stand beside the configured ones: reading the configuration again does not retire them.
ALTER TABLE source ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
