-- Who answered: one row for each line of a file that named somebody. A person is every row of one pseudonym.
CREATE TABLE people (
  batch_id INTEGER NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
  source_row INTEGER NOT NULL,
  pseudonym TEXT NOT NULL,
  -- kind to text
  fields TEXT NOT NULL,
  PRIMARY KEY (batch_id, source_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_pseudonym ON people (pseudonym);

INSERT INTO people (batch_id, source_row, pseudonym, fields)
  SELECT i.batch_id, json_extract(i.fields, '$.row'), i.pseudonym,
    (SELECT json_group_object(json_extract(kind.value, '$.kind'), text.value)
     FROM json_each(i.fields, '$.fields') text
     JOIN json_each(b.mapping, '$.identity') kind ON kind.key = text.key
     WHERE text.value <> '')
  FROM identities i JOIN import_batches b ON b.id = i.batch_id;

DROP TABLE identities;

-- People who asked to be forgotten: a later import does not bring their names back.
CREATE TABLE erased_people (
  pseudonym TEXT PRIMARY KEY,
  erased_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
