-- How alike two channels are, as somebody declared it; channel_a stands before channel_b in the order of channels.
CREATE TABLE comparability (
  channel_a TEXT NOT NULL,
  channel_b TEXT NOT NULL,
  scale TEXT NOT NULL CHECK (scale IN ('same', 'similar', 'different')),
  population TEXT NOT NULL CHECK (population IN ('same', 'similar', 'different')),
  question TEXT NOT NULL CHECK (question IN ('same', 'similar', 'different')),
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (channel_a, channel_b)
) STRICT, WITHOUT ROWID;
