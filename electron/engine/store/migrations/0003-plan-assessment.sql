-- What a plan gains in its life: its dealers' targets once approved, what was spent, how it was assessed.

ALTER TABLE plans ADD COLUMN dealer_targets TEXT NOT NULL DEFAULT '[]';
ALTER TABLE plans ADD COLUMN spent TEXT NOT NULL DEFAULT '[]';
ALTER TABLE plans ADD COLUMN assessment TEXT;
ALTER TABLE plans ADD COLUMN assessed_at TEXT;
