-- All keys of an entry stand with it, one a line; what entries are found by stands once more, in the order in which it is
-- looked up, without a copy of itself beside it. So do the marks of entries that were let go.
ALTER TABLE entry ADD COLUMN entry_keys TEXT NOT NULL DEFAULT '';
UPDATE entry SET entry_keys =
  coalesce((SELECT group_concat(entry_key, char(10)) FROM entry_key WHERE entry_key.entry_id = entry.id), '');

CREATE TABLE entry_key_kept (
  source_id TEXT NOT NULL,
  entry_key TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  PRIMARY KEY (source_id, entry_key, entry_id)
) WITHOUT ROWID;
INSERT INTO entry_key_kept SELECT source_id, entry_key, entry_id FROM entry_key
WHERE substr(entry_key, 1, 1) IN ('x', 'g', 'p', 'u', 'c', 't', 'n') ORDER BY source_id, entry_key, entry_id;
DROP TABLE entry_key;
ALTER TABLE entry_key_kept RENAME TO entry_key;

CREATE TABLE departed_kept (
  mark INTEGER NOT NULL PRIMARY KEY
);
INSERT INTO departed_kept SELECT mark FROM departed ORDER BY mark;
DROP TABLE departed;
ALTER TABLE departed_kept RENAME TO departed;
