-- Stories that were merged away are few. An index of all let SQLite, which keeps no statistics, read every story that was not.
DROP INDEX story_merged;
CREATE INDEX story_merged ON story (merged_into) WHERE merged_into IS NOT NULL;

-- What else is said of one story: with all three columns it is chosen before the key, which would be read whole.
DROP INDEX story_facet_story;
CREATE INDEX story_facet_story ON story_facet (story_id, facet, value);
