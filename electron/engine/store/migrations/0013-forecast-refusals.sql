-- Series that a forecast run gave no number for, each with its reason.
CREATE TABLE forecast_refusals (
  run_id INTEGER NOT NULL REFERENCES forecast_runs(id) ON DELETE CASCADE,
  scope TEXT NOT NULL,
  -- '' is the index, the weighted whole
  indicator TEXT NOT NULL,
  -- see shared/domain/forecast/panel.ts
  reason TEXT NOT NULL,
  PRIMARY KEY (run_id, scope, indicator)
) STRICT, WITHOUT ROWID;
