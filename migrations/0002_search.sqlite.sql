-- Full-text search over stories. The documents are an ordinary table, the index follows it by triggers.
CREATE TABLE story_document (
  id INTEGER PRIMARY KEY,
  story_id TEXT NOT NULL UNIQUE REFERENCES story (id),
  headline TEXT NOT NULL,
  summary TEXT NOT NULL,
  names TEXT NOT NULL,
  titles TEXT NOT NULL
);

CREATE VIRTUAL TABLE story_search USING fts5 (
  headline, summary, names, titles,
  content = 'story_document', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER story_document_added AFTER INSERT ON story_document BEGIN
  INSERT INTO story_search (rowid, headline, summary, names, titles)
  VALUES (new.id, new.headline, new.summary, new.names, new.titles);
END;

CREATE TRIGGER story_document_removed AFTER DELETE ON story_document BEGIN
  INSERT INTO story_search (story_search, rowid, headline, summary, names, titles)
  VALUES ('delete', old.id, old.headline, old.summary, old.names, old.titles);
END;

CREATE TRIGGER story_document_changed AFTER UPDATE ON story_document BEGIN
  INSERT INTO story_search (story_search, rowid, headline, summary, names, titles)
  VALUES ('delete', old.id, old.headline, old.summary, old.names, old.titles);
  INSERT INTO story_search (rowid, headline, summary, names, titles)
  VALUES (new.id, new.headline, new.summary, new.names, new.titles);
END;
