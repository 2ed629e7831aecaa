// Saved weak-point probes, their runs and what each run found.
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface ProbeRow {
  id: number;
  name: string;
  /** JSON. */
  definition: string;
  actor: string;
  savedAt: string;
}

export interface ProbeRunRow {
  id: number;
  probeId: number;
  definition: string;
  dataVersion: number;
  actor: string;
  at: string;
  hits: number;
}

export interface StoredHit {
  unit: string;
  indicator: string;
  quarter: number;
  score: number;
  nEff: number;
}

const PROBE = 'SELECT id, name, definition, actor, saved_at AS savedAt FROM probes';
const RUN = `SELECT id, probe_id AS probeId, definition, data_version AS dataVersion, actor, at, hits FROM probe_runs`;

export function listProbes(db: ReadableConnection): ProbeRow[] {
  return db.prepare<[], ProbeRow>(`${PROBE} ORDER BY name`).all();
}

export function findProbe(db: ReadableConnection, id: number): ProbeRow | undefined {
  return db.prepare<[number], ProbeRow>(`${PROBE} WHERE id = ?`).get(id);
}

export function findProbeByName(db: ReadableConnection, name: string): ProbeRow | undefined {
  return db.prepare<[string], ProbeRow>(`${PROBE} WHERE name = ?`).get(name);
}

/** Writes a probe: a new one, or over the one with that id; its runs stay. */
export function putProbe(db: WritableConnection, row: Omit<ProbeRow, 'id'> & { id: number | null }): number {
  const made = db
    .prepare(
      `INSERT INTO probes (id, name, definition, actor, saved_at) VALUES (@id, @name, @definition, @actor, @savedAt)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition, actor = excluded.actor,
         saved_at = excluded.saved_at`,
    )
    .run({ ...row });
  return row.id ?? Number(made.lastInsertRowid);
}

export function deleteProbe(db: WritableConnection, id: number): boolean {
  return db.prepare('DELETE FROM probes WHERE id = ?').run(id).changes > 0;
}

export function addProbeRun(
  db: WritableConnection,
  run: Omit<ProbeRunRow, 'id' | 'hits'>,
  hits: readonly StoredHit[],
): number {
  const made = db
    .prepare(
      `INSERT INTO probe_runs (probe_id, definition, data_version, actor, at, hits)
       VALUES (@probeId, @definition, @dataVersion, @actor, @at, @hits)`,
    )
    .run({ ...run, hits: hits.length });
  const id = Number(made.lastInsertRowid);
  const insert = db.prepare(
    'INSERT INTO probe_hits (run_id, unit, indicator, quarter, score, n_eff) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const { unit, indicator, quarter, score, nEff } of hits)
    insert.run(id, unit, indicator, quarter, score, nEff);
  return id;
}

/** The newest first. */
export function listProbeRuns(db: ReadableConnection, probe: number): ProbeRunRow[] {
  return db.prepare<[number], ProbeRunRow>(`${RUN} WHERE probe_id = ? ORDER BY id DESC`).all(probe);
}

export function findProbeRun(db: ReadableConnection, id: number): ProbeRunRow | undefined {
  return db.prepare<[number], ProbeRunRow>(`${RUN} WHERE id = ?`).get(id);
}

/** What the first run found and the second did not. */
export function hitsOnlyIn(db: ReadableConnection, first: number, second: number): StoredHit[] {
  return db
    .prepare<[number, number], StoredHit>(
      `SELECT a.unit, a.indicator, a.quarter, a.score, a.n_eff AS nEff FROM probe_hits a
       LEFT JOIN probe_hits b ON b.run_id = ? AND b.unit = a.unit AND b.indicator = a.indicator
         AND b.quarter = a.quarter
       WHERE a.run_id = ? AND b.unit IS NULL ORDER BY a.quarter DESC, a.score`,
    )
    .all(second, first);
}
