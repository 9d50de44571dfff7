-- Where a platform's app is installed: the tokens, sealed with a key that the database does not hold.
CREATE TABLE installation (
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  sealed TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  PRIMARY KEY (owner, name)
);
