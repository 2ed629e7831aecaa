-- Weak-point probes, and what each run of a saved one found.
CREATE TABLE probes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  -- JSON, see shared/domain/probe.ts
  definition TEXT NOT NULL,
  actor TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE probe_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  probe_id INTEGER NOT NULL REFERENCES probes(id) ON DELETE CASCADE,
  definition TEXT NOT NULL,
  data_version INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  hits INTEGER NOT NULL
) STRICT;
CREATE INDEX probe_runs_probe ON probe_runs (probe_id, id);

CREATE TABLE probe_hits (
  run_id INTEGER NOT NULL REFERENCES probe_runs(id) ON DELETE CASCADE,
  unit TEXT NOT NULL,
  -- '' is the index, the weighted whole
  indicator TEXT NOT NULL,
  quarter INTEGER NOT NULL,
  score REAL NOT NULL,
  n_eff REAL NOT NULL,
  PRIMARY KEY (run_id, unit, indicator, quarter)
) STRICT, WITHOUT ROWID;
