-- Dealers move and are taken over; region schemes have versions and a view of places as they were.

-- Taken over by another dealer from a day on; its answers then count for that one.
ALTER TABLE dealers ADD COLUMN successor_id INTEGER REFERENCES dealers(id);
ALTER TABLE dealers ADD COLUMN merged_from TEXT;
-- The city it was first recorded in, kept once a person says otherwise: results made before rest on that one.
ALTER TABLE dealers ADD COLUMN recorded_city_id INTEGER REFERENCES cities(id);

-- The former cities of a dealer, each until a day (that day already belongs to the next one).
CREATE TABLE dealer_stays (
  dealer_id INTEGER NOT NULL REFERENCES dealers(id) ON DELETE CASCADE,
  until TEXT NOT NULL,
  city_id INTEGER NOT NULL REFERENCES cities(id),
  PRIMARY KEY (dealer_id, until)
) STRICT, WITHOUT ROWID;

-- 'as-was' stands for all versions of its code, each in its time; it has no regions of its own and valid_from ''.
ALTER TABLE region_schemes ADD COLUMN timing TEXT NOT NULL DEFAULT 'as-is' CHECK (timing IN ('as-is', 'as-was'));

-- Lists of dealers that were loaded, with every dealer before and after, so that they can be taken back.
CREATE TABLE network_imports (
  id INTEGER PRIMARY KEY,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at TEXT NOT NULL,
  changes TEXT NOT NULL,
  undone_at TEXT
) STRICT;
