import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

/** What an error of SQLite or of a file call means to the user; anything else is handed back as it is. */
export function faultOf(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = String((error as Error & { code?: unknown }).code);
  const details = { path, detail: `${code}: ${error.message}` };
  // A full disk also shows as a failed fsync or as a shared-memory file that cannot grow.
  if (
    /^(SQLITE_FULL|ENOSPC|EDQUOT)$/.test(code) ||
    (code.startsWith('SQLITE_IOERR') && isFull(dirname(path)))
  )
    return new AppError('database-full', details, { cause: error });
  if (/^SQLITE_(BUSY|LOCKED)/.test(code))
    return new AppError('database-locked', { ...details, holder: '—', since: '—' }, { cause: error });
  if (/^(SQLITE_(READONLY|CANTOPEN)|EACCES|EPERM|EROFS)/.test(code))
    return new AppError('database-read-only', details, { cause: error });
  // A page that is not there is damage; a disk that would not read or write says nothing about the database.
  if (/^(SQLITE_IOERR|EIO)/.test(code) && code !== 'SQLITE_IOERR_SHORT_READ')
    return new AppError('database-disk-fault', details, { cause: error });
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code))
    return new AppError('database-damaged', details, { cause: error });
  return error;
}

function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 1 << 20;
}
