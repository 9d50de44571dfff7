-- What old stories are made of, packed: revisions, readings, articles and entries of one story in one value. The twin of
-- 0016_story-packs.sqlite.sql.
CREATE TABLE story_pack (
  number BIGINT NOT NULL PRIMARY KEY,
  story_id TEXT NOT NULL UNIQUE REFERENCES story (id),
  body BYTEA NOT NULL
);

-- By what packed entries are found: numbers made of source and key.
CREATE TABLE packed_key (
  mark BIGINT NOT NULL,
  pack BIGINT NOT NULL,
  PRIMARY KEY (mark, pack)
);

-- Nothing is looked up by it. By readings, whether one may go.
DROP INDEX article_canonical;
CREATE INDEX article_reading ON article (reading_hash);
