// The audit log, the settings and the saved mappings.
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface AuditRow {
  id: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: string;
}

export function addAudit(db: WritableConnection, entry: Omit<AuditRow, 'id'>): void {
  db.prepare('INSERT INTO audit_log (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)').run(
    entry.at,
    entry.actor,
    entry.action,
    entry.subject,
    entry.detail,
  );
}

/** What passes: any of the names given (none: all), in the span `from` (included) to `until` (excluded), '' for open. */
export interface AuditFilter {
  actions: readonly string[];
  actors: readonly string[];
  from: string;
  until: string;
  text: string;
}

/** The latest first, older than the entry `before`. */
export function listAudit(
  db: ReadableConnection,
  filter: AuditFilter,
  page: { before: number; limit: number },
): AuditRow[] {
  return db
    .prepare<[Record<string, string | number>], AuditRow>(
      `SELECT id, at, actor, action, subject, detail FROM audit_log
       WHERE id < @before
         AND (@actions = '[]' OR action IN (SELECT value FROM json_each(@actions)))
         AND (@actors = '[]' OR actor IN (SELECT value FROM json_each(@actors)))
         AND (@from = '' OR at >= @from) AND (@until = '' OR at < @until)
         AND (@text = '' OR instr(lower(subject || char(10) || detail), lower(@text)) > 0)
       ORDER BY id DESC LIMIT @limit`,
    )
    .all({
      ...page,
      actions: JSON.stringify(filter.actions),
      actors: JSON.stringify(filter.actors),
      from: filter.from,
      until: filter.until,
      text: filter.text,
    });
}

export function summariseAudit(db: ReadableConnection): {
  actors: string[];
  first: string | null;
  last: string | null;
  entries: number;
} {
  const span = db
    .prepare<[], { first: string | null; last: string | null; entries: number }>(
      'SELECT min(at) AS first, max(at) AS last, count(*) AS entries FROM audit_log',
    )
    .get()!;
  const actors = db
    .prepare<[], string>("SELECT DISTINCT actor FROM audit_log WHERE actor <> '' ORDER BY actor")
    .pluck()
    .all();
  return { actors, ...span };
}

export function readSetting(db: ReadableConnection, name: string): string | undefined {
  return db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?').get(name)
    ?.value;
}

export function writeSetting(db: WritableConnection, name: string, value: string): void {
  db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}

/** Grows with every change of data; results name the version they were made from. */
export function dataVersion(db: ReadableConnection): number {
  return Number(readSetting(db, 'data-version') ?? 0);
}

export function bumpDataVersion(db: WritableConnection): number {
  const next = dataVersion(db) + 1;
  writeSetting(db, 'data-version', String(next));
  return next;
}

export interface MappingRow {
  name: string;
  mapping: string;
  headers: string;
  savedAt: string;
}

export function listMappings(db: ReadableConnection): MappingRow[] {
  return db
    .prepare<[], MappingRow>(
      'SELECT name, mapping, headers, saved_at AS savedAt FROM mappings ORDER BY saved_at DESC, name',
    )
    .all();
}

export function findMapping(db: ReadableConnection, name: string): MappingRow | undefined {
  return db
    .prepare<[string], MappingRow>(
      'SELECT name, mapping, headers, saved_at AS savedAt FROM mappings WHERE name = ?',
    )
    .get(name);
}

export function saveMapping(db: WritableConnection, row: MappingRow): void {
  db.prepare(
    `INSERT INTO mappings (name, mapping, headers, saved_at) VALUES (@name, @mapping, @headers, @savedAt)
     ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, headers = excluded.headers, saved_at = excluded.saved_at`,
  ).run({ ...row });
}

export function deleteMapping(db: WritableConnection, name: string): boolean {
  return db.prepare('DELETE FROM mappings WHERE name = ?').run(name).changes > 0;
}
