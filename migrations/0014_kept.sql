-- What a platform's adapter must remember beyond its own life: posts that wait to be published, questions too long for a button.
CREATE TABLE kept (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  PRIMARY KEY (kind, name)
);
