/** What every connection is told; SQLite remembers only the journal mode from one opening to the next. */
import type { ReadableConnection, WritableConnection } from './connection.ts';

function setCommonPragmas(connection: ReadableConnection): void {
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('mmap_size = 0');
  connection.pragma('temp_store = MEMORY');
}

/** A connection that cannot write, even by mistake. */
export function setReaderPragmas(reader: ReadableConnection): void {
  setCommonPragmas(reader);
  reader.pragma('query_only = ON');
}

/** A connection whose commits are lasting when they return, and whose deletions leave no bytes. */
export function setWriterPragmas(writer: WritableConnection): void {
  setCommonPragmas(writer);
  const mode = writer.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new Error(`journal mode is ${mode}`);
  writer.pragma('synchronous = FULL');
  writer.pragma('fullfsync = ON');
  writer.pragma('checkpoint_fullfsync = ON');
  writer.pragma('secure_delete = ON');
  writer.pragma('foreign_keys = ON');
}

/** At rest the database is one plain file: it can be copied, and opened from a medium that is read-only. */
export function foldLog(writer: WritableConnection): void {
  try {
    writer.pragma('journal_mode = DELETE');
  } catch {
    // A reader is still at work, or the disk is full: the log stays and is read at the next start.
  }
}
