-- What an import remembers beside its facts: names matched by hand, rows that were kept out, the file's header, and a
-- mark of every row so that the same row is known when it comes again.

CREATE TABLE place_aliases (
  kind TEXT NOT NULL CHECK (kind IN ('dealer', 'city')),
  -- the comparable form of the name; a city's with its province before it
  name_key TEXT NOT NULL,
  written TEXT NOT NULL,
  province TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL CHECK (action IN ('match', 'new', 'leave')),
  -- code of the dealer or city that is meant; for a new city the code of its province
  target TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  PRIMARY KEY (kind, name_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantined_rows (
  batch_id INTEGER NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  source_row INTEGER NOT NULL,
  -- JSON: the cells under the headers of the batch, without those that identify a person
  cells TEXT NOT NULL,
  issues TEXT NOT NULL,
  corrected_by INTEGER REFERENCES import_batches(id),
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE import_batches ADD COLUMN headers TEXT NOT NULL DEFAULT '[]';
-- sorted little-endian doubles, a digest of each row's text
ALTER TABLE import_batches ADD COLUMN row_marks BLOB NOT NULL DEFAULT x'';
