-- What people say about studies, and versions of the indicator tree that they make and choose between.

-- What an attribute tells of the respondent; null: guessed from its words.
ALTER TABLE questions ADD COLUMN attribute_group TEXT;

-- Who made the wave, where it was not who makes the study.
ALTER TABLE waves ADD COLUMN provider TEXT;

ALTER TABLE weight_sets ADD COLUMN actor TEXT NOT NULL DEFAULT '';
-- Grows with every choice: the set with the greatest is the current one, and undoing an import that brought it
-- falls back to the one before.
ALTER TABLE weight_sets ADD COLUMN activated INTEGER NOT NULL DEFAULT 0;
UPDATE weight_sets SET activated = version;

-- What an indicator is in this version; null: as it was brought.
ALTER TABLE indicator_weights ADD COLUMN role TEXT CHECK (role IN ('index', 'factor', 'item', 'question'));
