/**
 * A backup of a database that its owner goes on using, made on connections of its own: the copy and what it is
 * compared with are two looks at the database, one right after the other. Where somebody wrote between the two, both
 * are taken again.
 */
import { type BackupManifest, type BackupOptions, makeBackup } from './backup.ts';
import { connectReader } from './database.ts';

const ATTEMPTS = 3;

/** Made in a thread, since it blocks for about a second per 100 MB. Throws `backup-failed` and leaves nothing. */
export function backUpLive(
  path: string,
  options: Omit<BackupOptions, 'openCopy' | 'compareWith'>,
  attempt = 1,
): BackupManifest {
  const source = connectReader(path);
  const pinned = connectReader(path);
  const written = () => pinned.pragma('data_version', { simple: true });
  try {
    // The driver still opens the file for reading only; this would refuse the file of the copy as well.
    source.pragma('query_only = OFF');
    pinned.prepare('BEGIN').run();
    // Only a read fixes what a transaction sees.
    pinned.prepare('SELECT count(*) FROM sqlite_schema').get();
    const before = written();
    try {
      return makeBackup(source, path, { ...options, openCopy: connectReader, compareWith: pinned });
    } catch (error) {
      pinned.prepare('COMMIT').run();
      if (attempt === ATTEMPTS || written() === before) throw error;
    }
  } finally {
    source.close();
    pinned.close();
  }
  return backUpLive(path, options, attempt + 1);
}
