import { readFileSync } from 'node:fs';

/** A schema step; `version` becomes the file's `user_version` once the step has run. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
}

function step(version: number, name: string): Migration {
  const file = `${String(version).padStart(4, '0')}-${name}.sql`;
  return { version, name, sql: readFileSync(new URL(`./${file}`, import.meta.url), 'utf8') };
}

/** Every schema step in order. A new one is a file beside this and a line here. */
export const MIGRATIONS: readonly Migration[] = [
  step(1, 'foundation'),
  step(2, 'alert-cases'),
  step(3, 'plan-assessment'),
  step(4, 'samples'),
  step(5, 'people'),
  step(6, 'network'),
  step(7, 'probes'),
  step(8, 'studies-and-weights'),
  step(9, 'import-memory'),
  step(10, 'explore-views'),
  step(11, 'comparability'),
  step(12, 'visits'),
  step(13, 'forecast-refusals'),
  step(14, 'weightings'),
  step(15, 'alert-tests'),
];
