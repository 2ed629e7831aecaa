-- Service visits of a file, packed: one row a batch, one value a visit in each column.
CREATE TABLE service_visits (
  batch_id INTEGER PRIMARY KEY REFERENCES import_batches(id) ON DELETE CASCADE,
  visits INTEGER NOT NULL,
  -- JSON lists that the columns point into
  dealers TEXT NOT NULL,
  advisers TEXT NOT NULL,
  -- 16 bytes a customer: the head of the pseudonym
  pseudonyms BLOB NOT NULL,
  -- four little-endian columns of 32 bit, compressed: customer, day since 1970-01-01, dealer, adviser
  data BLOB NOT NULL,
  -- CRC-32 of the data as stored
  crc INTEGER NOT NULL
) STRICT;
