// What imports remember: names matched by hand, rows kept out, the files' headers, and marks of rows that came in.
import type { ReadableConnection, WritableConnection } from './connection.ts';
import { HOLDS_ANSWERS } from './evidence.ts';

export interface AliasRow {
  kind: 'dealer' | 'city';
  key: string;
  written: string;
  province: string;
  action: 'match' | 'new' | 'leave';
  target: string;
  createdAt: string;
}

const ALIAS_COLUMNS = 'kind, name_key AS key, written, province, action, target, created_at AS createdAt';

export function listAliases(db: ReadableConnection): AliasRow[] {
  return db.prepare<[], AliasRow>(`SELECT ${ALIAS_COLUMNS} FROM place_aliases ORDER BY kind, written`).all();
}

export function saveAlias(db: WritableConnection, row: AliasRow): void {
  db.prepare(
    `INSERT INTO place_aliases (kind, name_key, written, province, action, target, created_at)
     VALUES (@kind, @key, @written, @province, @action, @target, @createdAt)
     ON CONFLICT (kind, name_key) DO UPDATE SET written = excluded.written, province = excluded.province,
       action = excluded.action, target = excluded.target, created_at = excluded.created_at`,
  ).run({ ...row });
}

export function deleteAlias(db: WritableConnection, kind: AliasRow['kind'], key: string): boolean {
  return db.prepare('DELETE FROM place_aliases WHERE kind = ? AND name_key = ?').run(kind, key).changes > 0;
}

export interface QuarantinedRow {
  position: number;
  sourceRow: number;
  cells: string[];
  issues: string;
  correctedBy: number | null;
}

export function addQuarantined(
  db: WritableConnection,
  batch: number,
  rows: readonly Pick<QuarantinedRow, 'sourceRow' | 'cells' | 'issues'>[],
): void {
  const insert = db.prepare(
    'INSERT INTO quarantined_rows (batch_id, position, source_row, cells, issues) VALUES (?, ?, ?, ?, ?)',
  );
  rows.forEach(({ sourceRow, cells, issues }, i) => {
    insert.run(batch, i + 1, sourceRow, JSON.stringify(cells), issues);
  });
}

export function listQuarantined(db: ReadableConnection, batch: number): QuarantinedRow[] {
  return db
    .prepare<[number], Omit<QuarantinedRow, 'cells'> & { cells: string }>(
      `SELECT position, source_row AS sourceRow, cells, issues, corrected_by AS correctedBy
       FROM quarantined_rows WHERE batch_id = ? ORDER BY position`,
    )
    .all(batch)
    .map((row) => ({ ...row, cells: JSON.parse(row.cells) as string[] }));
}

/** The rows that were kept out and not corrected since, by batch. */
export function countOpenQuarantined(db: ReadableConnection): Map<number, number> {
  const rows = db
    .prepare<[], { batch: number; open: number }>(
      'SELECT batch_id AS batch, count(*) AS open FROM quarantined_rows WHERE corrected_by IS NULL GROUP BY batch_id',
    )
    .all();
  return new Map(rows.map((row) => [row.batch, row.open]));
}

export function markCorrected(
  db: WritableConnection,
  batch: number,
  positions: readonly number[],
  by: number,
): void {
  const update = db.prepare(
    'UPDATE quarantined_rows SET corrected_by = ? WHERE batch_id = ? AND position = ?',
  );
  for (const position of positions) update.run(by, batch, position);
}

/** Takes a text out of the rows that were kept out: how a person was named who asked to be forgotten. */
export function forgetKept(db: WritableConnection, text: string): void {
  db.prepare(
    `UPDATE quarantined_rows SET cells = replace(cells, @text, '') WHERE instr(cells, @text) > 0`,
  ).run({ text });
}

/** An undone batch has no rows that came in, none that were kept out, and corrected nothing. */
export function forgetImport(db: WritableConnection, batch: number): void {
  db.prepare('DELETE FROM quarantined_rows WHERE batch_id = ?').run(batch);
  db.prepare('UPDATE quarantined_rows SET corrected_by = NULL WHERE corrected_by = ?').run(batch);
  db.prepare("UPDATE import_batches SET row_marks = x'' WHERE id = ?").run(batch);
}

/** The header of a batch's file and the marks of its rows, sorted. */
export function rememberFile(
  db: WritableConnection,
  batch: number,
  { headers, marks }: { headers: readonly string[]; marks: Float64Array },
): void {
  db.prepare('UPDATE import_batches SET headers = ?, row_marks = ? WHERE id = ?').run(
    JSON.stringify(headers),
    Buffer.from(marks.buffer, marks.byteOffset, marks.byteLength),
    batch,
  );
}

export function batchHeaders(db: ReadableConnection, batch: number): string[] {
  const headers = db
    .prepare<[number], string>('SELECT headers FROM import_batches WHERE id = ?')
    .pluck()
    .get(batch);
  return JSON.parse(headers ?? '[]') as string[];
}

export function batchMapping(db: ReadableConnection, batch: number): string {
  return db.prepare<[number], string>('SELECT mapping FROM import_batches WHERE id = ?').pluck().get(batch)!;
}

/** The marks of a study's rows, batch by batch. */
export function listRowMarks(
  db: ReadableConnection,
  study: string,
): { batch: number; marks: Float64Array }[] {
  return db
    .prepare<[string], { batch: number; data: Buffer }>(
      `SELECT b.id AS batch, b.row_marks AS data FROM import_batches b JOIN studies s ON s.id = b.study_id
       WHERE b.state = 'committed' AND s.code = ? AND length(b.row_marks) > 0 ORDER BY b.id`,
    )
    .all(study)
    .map(({ batch, data }) => {
      // A copy: the bytes of a row need not begin where doubles may.
      const copy = new Uint8Array(data);
      return { batch, marks: new Float64Array(copy.buffer, 0, copy.length / 8) };
    });
}

export interface FormerMapping {
  batch: number;
  fileName: string;
  mapping: string;
  headers: string[];
}

/** The mapping that each questionnaire of a study was last read with, the newest first. */
export function listFormerMappings(db: ReadableConnection): FormerMapping[] {
  return db
    .prepare<[], Omit<FormerMapping, 'headers'> & { headers: string }>(
      `SELECT b.id AS batch, b.file_name AS fileName, b.mapping, b.headers FROM import_batches b
       WHERE b.id IN (SELECT max(id) FROM import_batches WHERE state = 'committed' GROUP BY questionnaire_id)
         AND ${HOLDS_ANSWERS}
       ORDER BY b.id DESC LIMIT 60`,
    )
    .all()
    .map((row) => ({ ...row, headers: JSON.parse(row.headers) as string[] }));
}
