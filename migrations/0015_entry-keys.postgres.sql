-- All keys of an entry stand with it, one a line; what entries are found by stands once more, to look it up. The twin of
-- 0015_entry-keys.sqlite.sql.
ALTER TABLE entry ADD COLUMN entry_keys TEXT NOT NULL DEFAULT '';
UPDATE entry SET entry_keys = all_keys.listed
FROM (SELECT entry_id, string_agg(entry_key, chr(10)) AS listed FROM entry_key GROUP BY entry_id) AS all_keys
WHERE all_keys.entry_id = entry.id;

DELETE FROM entry_key WHERE substr(entry_key, 1, 1) NOT IN ('x', 'g', 'p', 'u', 'c', 't', 'n');
ALTER TABLE entry_key DROP CONSTRAINT entry_key_entry_id_fkey;
DROP INDEX entry_key_entry;
