-- What became of a series when its quarter came: an alert, tested and within chance, or why it took part in no test
-- (shared/domain/alert/test-words.ts); null while the quarter has no data. `chance` is corrected for all tests of the
-- quarter, null where nothing was tested.
ALTER TABLE forecasts ADD COLUMN outcome TEXT;
ALTER TABLE forecasts ADD COLUMN chance REAL;

-- The estimated shift that people had before them when they last worked on a case; null of cases from before.
ALTER TABLE alert_cases ADD COLUMN shift REAL;
