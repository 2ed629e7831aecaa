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

export function listAudit(db: ReadableConnection, limit: number, before: number): AuditRow[] {
  return db
    .prepare<[number, number], AuditRow>(
      'SELECT id, at, actor, action, subject, detail FROM audit_log WHERE id < ? ORDER BY id DESC LIMIT ?',
    )
    .all(before, limit);
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
