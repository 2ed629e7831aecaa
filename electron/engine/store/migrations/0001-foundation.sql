-- Foundation schema. Facts at the finest grain, everything else derived and rebuildable.
-- Quarters are whole numbers: year * 4 + quarter - 1. Instants are ISO 8601 UTC texts. Scores are 0-100 unless named native.

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- In the tables below batch_id is the import that brought a row; undoing that import takes the row away unless
-- something else rests on it.

-- studies and questionnaires -------------------------------------------------------------------------

CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('third-party', 'in-house', 'lost-customer', 'lost-sale')),
  kind TEXT NOT NULL CHECK (kind IN ('responses', 'scores')),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  provider TEXT NOT NULL DEFAULT '',
  respondent_sd100 REAL,
  window_quarters INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE questionnaires (
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies(id),
  version TEXT NOT NULL,
  UNIQUE (study_id, version)
) STRICT;

CREATE TABLE waves (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES studies(id),
  questionnaire_id INTEGER NOT NULL REFERENCES questionnaires(id),
  quarter INTEGER NOT NULL,
  fieldwork_from TEXT,
  fieldwork_to TEXT,
  UNIQUE (study_id, questionnaire_id, quarter)
) STRICT;

CREATE TABLE indicators (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  parent_id INTEGER REFERENCES indicators(id),
  role TEXT NOT NULL CHECK (role IN ('index', 'factor', 'item', 'question')),
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE weight_sets (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL UNIQUE,
  note TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- one version of the whole tree: where every indicator stands in it and what it weighs
CREATE TABLE indicator_weights (
  weight_set_id INTEGER NOT NULL REFERENCES weight_sets(id) ON DELETE CASCADE,
  indicator_id INTEGER NOT NULL REFERENCES indicators(id),
  parent_id INTEGER REFERENCES indicators(id),
  position INTEGER NOT NULL,
  weight REAL NOT NULL CHECK (weight >= 0),
  PRIMARY KEY (weight_set_id, indicator_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE questions (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  questionnaire_id INTEGER NOT NULL REFERENCES questionnaires(id),
  code TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('item', 'attribute')),
  label_zh TEXT NOT NULL,
  label_en TEXT NOT NULL,
  indicator_id INTEGER REFERENCES indicators(id),
  scale_min REAL,
  scale_max REAL,
  reversed INTEGER NOT NULL DEFAULT 0,
  missing_codes TEXT NOT NULL DEFAULT '[]',
  value_labels TEXT NOT NULL DEFAULT '{}',
  multiple INTEGER NOT NULL DEFAULT 0,
  UNIQUE (questionnaire_id, code)
) STRICT;

-- geography -------------------------------------------------------------------------------------------

CREATE TABLE provinces (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL
) STRICT;

CREATE TABLE cities (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  province_id INTEGER NOT NULL REFERENCES provinces(id),
  name TEXT NOT NULL
) STRICT;

CREATE TABLE dealers (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  city_id INTEGER NOT NULL REFERENCES cities(id),
  -- 1: no dealer was named; the row stands for the answers of the whole city
  pooled INTEGER NOT NULL DEFAULT 0,
  opened TEXT,
  closed TEXT
) STRICT;

CREATE TABLE region_schemes (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  UNIQUE (code, valid_from)
) STRICT;

CREATE TABLE regions (
  batch_id INTEGER,
  id INTEGER PRIMARY KEY,
  scheme_id INTEGER NOT NULL REFERENCES region_schemes(id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (scheme_id, code)
) STRICT;

CREATE TABLE region_members (
  batch_id INTEGER,
  scheme_id INTEGER NOT NULL REFERENCES region_schemes(id),
  city_id INTEGER NOT NULL REFERENCES cities(id),
  region_id INTEGER NOT NULL REFERENCES regions(id),
  PRIMARY KEY (scheme_id, city_id)
) STRICT, WITHOUT ROWID;

-- imports and facts -----------------------------------------------------------------------------------

CREATE TABLE mappings (
  name TEXT PRIMARY KEY,
  mapping TEXT NOT NULL,
  headers TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batches (
  id INTEGER PRIMARY KEY,
  -- order of acknowledgement
  sequence INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('committed', 'undone')),
  study_id INTEGER NOT NULL REFERENCES studies(id),
  questionnaire_id INTEGER NOT NULL REFERENCES questionnaires(id),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  mapping TEXT NOT NULL,
  rows_read INTEGER NOT NULL DEFAULT 0,
  rows_loaded INTEGER NOT NULL DEFAULT 0,
  rows_rejected INTEGER NOT NULL DEFAULT 0,
  first_quarter INTEGER,
  last_quarter INTEGER,
  -- mean inter-item correlation of the answers, for the standard error of an index
  halo REAL,
  created_at TEXT NOT NULL,
  undone_at TEXT
) STRICT;
CREATE INDEX import_batches_sha256 ON import_batches (sha256);

-- every confirmed commit and undo, chained by hash; the last one is the watermark kept outside the file
CREATE TABLE acknowledgements (
  seq INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batches(id),
  action TEXT NOT NULL CHECK (action IN ('commit', 'undo')),
  hash TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE response_chunks (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  UNIQUE (batch_id, seq)
) STRICT;

-- one packed vector a chunk and variable: the layout that test/bench/answer-layouts.ts chose
CREATE TABLE answer_vectors (
  chunk_id INTEGER NOT NULL REFERENCES response_chunks(id) ON DELETE CASCADE,
  variable TEXT NOT NULL,
  encoding TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (chunk_id, variable)
) STRICT;

CREATE TABLE reported_scores (
  batch_id INTEGER NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
  quarter INTEGER NOT NULL,
  dealer_id INTEGER NOT NULL REFERENCES dealers(id),
  question_id INTEGER NOT NULL REFERENCES questions(id),
  score_native REAL NOT NULL,
  n REAL NOT NULL,
  sd_native REAL,
  source_row INTEGER NOT NULL,
  PRIMARY KEY (batch_id, quarter, dealer_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE identities (
  pseudonym TEXT NOT NULL,
  batch_id INTEGER NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
  fields TEXT NOT NULL,
  PRIMARY KEY (pseudonym, batch_id)
) STRICT, WITHOUT ROWID;

-- Additive statistics of harmonised scores; indicator_id 0 counts the respondents whatever they answered.
CREATE TABLE cells (
  batch_id INTEGER NOT NULL REFERENCES import_batches(id) ON DELETE CASCADE,
  dealer_id INTEGER NOT NULL REFERENCES dealers(id),
  indicator_id INTEGER NOT NULL,
  quarter INTEGER NOT NULL,
  n REAL NOT NULL,
  sum_w REAL NOT NULL,
  sum_w2 REAL NOT NULL,
  sum_wx REAL NOT NULL,
  sum_wx2 REAL NOT NULL,
  PRIMARY KEY (batch_id, quarter, indicator_id, dealer_id)
) STRICT, WITHOUT ROWID;

-- results, each with what it was made from --------------------------------------------------------------

CREATE TABLE forecast_runs (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  scheme_id INTEGER NOT NULL REFERENCES region_schemes(id),
  target_quarter INTEGER NOT NULL,
  weight_set_id INTEGER NOT NULL REFERENCES weight_sets(id),
  data_version INTEGER NOT NULL,
  method_version TEXT NOT NULL,
  parameters TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX forecast_runs_target ON forecast_runs (channel, scheme_id, target_quarter);

CREATE TABLE forecasts (
  run_id INTEGER NOT NULL REFERENCES forecast_runs(id) ON DELETE CASCADE,
  scope TEXT NOT NULL,
  -- '' is the index, the weighted whole
  indicator TEXT NOT NULL,
  point REAL NOT NULL,
  low80 REAL NOT NULL,
  high80 REAL NOT NULL,
  low95 REAL NOT NULL,
  high95 REAL NOT NULL,
  sd REAL NOT NULL,
  curve TEXT NOT NULL,
  history INTEGER NOT NULL,
  flags TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (run_id, scope, indicator)
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES forecast_runs(id) ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  indicator TEXT NOT NULL,
  shift REAL NOT NULL,
  expected REAL NOT NULL,
  low REAL NOT NULL,
  high REAL NOT NULL,
  actual REAL NOT NULL,
  p REAL NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'acknowledged', 'explained', 'closed')),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX alerts_run ON alerts (run_id, rank);

CREATE TABLE plans (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  year INTEGER NOT NULL,
  channel TEXT NOT NULL,
  scheme_id INTEGER NOT NULL REFERENCES region_schemes(id),
  weight_set_id INTEGER NOT NULL REFERENCES weight_sets(id),
  data_version INTEGER NOT NULL,
  method TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'approved', 'assessed')),
  input TEXT NOT NULL,
  result TEXT NOT NULL,
  created_at TEXT NOT NULL,
  approved_at TEXT
) STRICT;

CREATE TABLE report_batches (
  id INTEGER PRIMARY KEY,
  quarter INTEGER NOT NULL,
  scheme_id INTEGER NOT NULL REFERENCES region_schemes(id),
  folder TEXT NOT NULL,
  parameters TEXT NOT NULL,
  data_version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'partial', 'cancelled')),
  made INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE TRIGGER audit_log_is_append_only_update BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_is_append_only_delete BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
