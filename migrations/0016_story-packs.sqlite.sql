-- What old stories are made of, packed: revisions, readings, articles and entries of one story in one value. The twin of
-- 0016_story-packs.postgres.sql.
CREATE TABLE story_pack (
  number INTEGER NOT NULL PRIMARY KEY,
  story_id TEXT NOT NULL UNIQUE REFERENCES story (id),
  body BLOB NOT NULL
);

-- By what packed entries are found: numbers made of source and key.
CREATE TABLE packed_key (
  mark INTEGER NOT NULL,
  pack INTEGER NOT NULL,
  PRIMARY KEY (mark, pack)
) WITHOUT ROWID;

-- Nothing is looked up by it. By readings, whether one may go.
DROP INDEX article_canonical;
CREATE INDEX article_reading ON article (reading_hash);

-- The same two tables, without a copy of themselves beside them.
CREATE TABLE story_facet_kept (
  facet TEXT NOT NULL,
  value TEXT NOT NULL,
  day TEXT NOT NULL,
  opened_at TEXT NOT NULL,
  story_id TEXT NOT NULL REFERENCES story (id),
  PRIMARY KEY (facet, value, day, opened_at, story_id)
) WITHOUT ROWID;
INSERT INTO story_facet_kept SELECT facet, value, day, opened_at, story_id FROM story_facet
ORDER BY facet, value, day, opened_at, story_id;
DROP TABLE story_facet;
ALTER TABLE story_facet_kept RENAME TO story_facet;
CREATE INDEX story_facet_story ON story_facet (story_id, facet, value);

CREATE TABLE story_member_kept (
  article_id TEXT NOT NULL,
  story_id TEXT NOT NULL REFERENCES story (id),
  part TEXT NOT NULL,
  PRIMARY KEY (article_id, story_id)
) WITHOUT ROWID;
INSERT INTO story_member_kept SELECT article_id, story_id, part FROM story_member ORDER BY article_id, story_id;
DROP TABLE story_member;
ALTER TABLE story_member_kept RENAME TO story_member;
CREATE INDEX story_member_story ON story_member (story_id);
