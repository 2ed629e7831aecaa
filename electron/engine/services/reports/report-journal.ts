/**
 * The journal of a report batch: one JSON line a finished file, appended after the file is in place. A crash at any
 * point costs at most the last line, and then that file is made again with the same bytes.
 */
import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { ReportFormat } from '../../documents/manifest.ts';

export interface JournalEntry {
  key: string;
  format: ReportFormat;
  file: string;
  bytes: number;
  sha256: string;
}

export interface ReportJournal {
  /** What former runs finished; the last entry for a file counts. */
  entries: ReadonlyMap<string, JournalEntry>;
  append: (entries: readonly JournalEntry[]) => void;
  close: () => void;
}

/** The map key of a file's entry. */
export const journalKey = (key: string, format: ReportFormat): string => `${format}:${key}`;

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isEntry(value: Record<string, unknown>): boolean {
  return (
    typeof value.key === 'string' &&
    (value.format === 'pdf' || value.format === 'xlsx') &&
    typeof value.file === 'string' &&
    typeof value.bytes === 'number' &&
    typeof value.sha256 === 'string'
  );
}

/** The identity in a journal's first line; null when there is no journal, or none whose first line was finished. */
export function journalIdentity(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const end = text.indexOf('\n');
  const identity = end < 0 ? undefined : parsed(text.slice(0, end))?.identity;
  return typeof identity === 'string' ? identity : null;
}

/** Opens the journal, starting one when there is none; a torn last line is cut off. */
export function openReportJournal(path: string, identity: string): ReportJournal {
  const file = openSync(path, 'a+');
  const text = readFileSync(path);
  const whole = text.subarray(0, text.lastIndexOf(0x0a) + 1);
  if (whole.length < text.length) ftruncateSync(file, whole.length);
  const entries = new Map<string, JournalEntry>();
  for (const line of whole.toString('utf8').split('\n').slice(1)) {
    const value = parsed(line);
    if (!value || !isEntry(value)) continue;
    const entry = value as unknown as JournalEntry;
    entries.set(journalKey(entry.key, entry.format), entry);
  }
  const write = (lines: readonly object[]) => {
    writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    fdatasyncSync(file);
  };
  if (whole.length === 0) write([{ identity }]);
  return {
    entries,
    append: (added) => {
      if (added.length > 0) write(added);
    },
    close: () => closeSync(file),
  };
}
