-- Named samples: conditions on respondents that an analysis can be made on.
CREATE TABLE samples (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  note TEXT NOT NULL DEFAULT '',
  -- JSON, see shared/domain/sample-filter.ts
  filter TEXT NOT NULL,
  actor TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;
