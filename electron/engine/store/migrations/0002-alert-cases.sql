-- What people make of an alert outlives the run that raised it: one case a place and quarter.
CREATE TABLE alert_cases (
  channel TEXT NOT NULL,
  scheme_id INTEGER NOT NULL REFERENCES region_schemes(id) ON DELETE CASCADE,
  quarter INTEGER NOT NULL,
  scope TEXT NOT NULL,
  -- '' is the index, the weighted whole
  indicator TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'acknowledged', 'explained', 'closed')),
  cause TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  due TEXT,
  -- 1: confirmed as happening once; the quarter of that place is left out of later fits
  one_off INTEGER NOT NULL DEFAULT 0,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (channel, scheme_id, quarter, scope, indicator)
) STRICT, WITHOUT ROWID;

INSERT INTO alert_cases (channel, scheme_id, quarter, scope, indicator, state, note, updated_at)
  SELECT r.channel, r.scheme_id, r.target_quarter, a.scope, a.indicator, a.state, a.note, max(r.created_at)
  FROM alerts a JOIN forecast_runs r ON r.id = a.run_id
  WHERE a.state <> 'new' OR a.note <> ''
  GROUP BY r.channel, r.scheme_id, r.target_quarter, a.scope, a.indicator;

ALTER TABLE alerts DROP COLUMN state;
ALTER TABLE alerts DROP COLUMN note;

-- The drawn curve (hundredths of a point, signed 16 bit, little-endian, last before the forecast quarter) and how much
-- of the explanation it carries.
ALTER TABLE forecasts ADD COLUMN curve_weight REAL NOT NULL DEFAULT 0;
ALTER TABLE forecasts ADD COLUMN fitted BLOB NOT NULL DEFAULT x'';

-- What the run was made from: the data before the forecast quarter, and those of the quarter itself.
ALTER TABLE forecast_runs ADD COLUMN history_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE forecast_runs ADD COLUMN wave_hash TEXT NOT NULL DEFAULT '';
