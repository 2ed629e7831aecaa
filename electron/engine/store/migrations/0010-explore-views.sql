-- Tables of the free analysis that somebody wants to come back to.
CREATE TABLE explore_views (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- JSON: the query, the chart beside it, the colouring
  content TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
