-- Named alternative weights of a channel's respondents; the weights themselves are vectors `weight/<id>` beside the answers.
CREATE TABLE weightings (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('third-party', 'in-house', 'lost-customer', 'lost-sale')),
  -- JSON: quarters, margins with their targets, cap
  definition TEXT NOT NULL,
  -- JSON: convergence and precision, quarter by quarter
  diagnostics TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
