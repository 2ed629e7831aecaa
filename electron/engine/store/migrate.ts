/** Brings a schema up to date. Each migration is one transaction: after a crash it is wholly there or not at all. */
import { AppError } from '../../../shared/errors.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

/** One step of the schema; `version` is what `user_version` says afterwards, 1, 2, 3 and so on. */
export interface Migration {
  version: number;
  name: string;
  sql: string;
}

/** Told before each step. */
export interface MigrationProgress {
  version: number;
  name: string;
  done: number;
  total: number;
}

/** The newest version a list leads to; 0 when it is empty. Throws unless it counts 1, 2, 3 and so on. */
export function latestVersion(migrations: readonly Migration[]): number {
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1)
      throw new RangeError(
        `migration ${migration.name} has version ${migration.version}, expected ${index + 1}`,
      );
  });
  return migrations.length;
}

/** The schema version a database is at. */
export function schemaVersion(connection: ReadableConnection): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

/** Applies what is missing. `beforeFirst` makes the backup and is not called when nothing is missing. */
export function migrate(
  connection: WritableConnection,
  migrations: readonly Migration[],
  options: { beforeFirst?: () => void; onProgress?: (progress: MigrationProgress) => void } = {},
): void {
  const from = schemaVersion(connection);
  const missing = migrations.slice(from);
  if (latestVersion(migrations) < from || missing.length === 0) return;
  options.beforeFirst?.();
  // A table rebuild needs foreign keys off, and they cannot be switched inside a transaction.
  connection.pragma('foreign_keys = OFF');
  try {
    missing.forEach((migration, done) => {
      const { version, name } = migration;
      options.onProgress?.({ version, name, done, total: missing.length });
      applyMigration(connection, migration);
    });
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

function applyMigration(connection: WritableConnection, { version, name, sql }: Migration): void {
  connection.exec('BEGIN IMMEDIATE');
  try {
    connection.exec(sql);
    if (!connection.inTransaction) throw new Error(`migration ${name} ends its own transaction`);
    const orphans = connection.pragma('foreign_key_check') as { table: string }[];
    if (orphans.length > 0) throw new Error(`migration ${name} leaves orphans in ${orphans[0]!.table}`);
    connection.pragma(`user_version = ${version}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    if (error instanceof AppError) throw error;
    throw new Error(`migration ${version} ${name}: ${(error as Error).message}`, { cause: error });
  }
}
