/**
 * What a path holds, told from its first 100 bytes before SQLite sees it: SQLite opens a file of 0 or 1 bytes
 * as a sound, empty database. Plain reads are safe only while this process has no connection to the file
 * (closing any handle drops the process's POSIX locks), so the lock is taken first.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

/** Marks our files in the SQLite header: the letters "CSIw". */
export const APPLICATION_ID = 0x43534977;

const MAGIC = 'SQLite format 3\0';

/** The header facts of one of our databases. */
export interface FileIdentity {
  bytes: number;
  pageSize: number;
  schemaVersion: number;
}

/** Reads the header; throws `database-not-found`, `-damaged` or `-not-ours`. */
export function identifyFile(path: string): FileIdentity {
  const { bytes, head } = readHead(path);
  if (bytes < head.length)
    throw new AppError(looksLikeSqlite(head, bytes) ? 'database-damaged' : 'database-not-ours', {
      path,
      detail: `${bytes} bytes`,
    });
  if (head.toString('latin1', 0, 16) !== MAGIC) throw new AppError('database-not-ours', { path });
  const rawPageSize = head.readUInt16BE(16);
  const pageSize = rawPageSize === 1 ? 65536 : rawPageSize;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0)
    throw new AppError('database-damaged', { path, detail: `page size ${pageSize}` });
  if (head.readUInt32BE(68) !== APPLICATION_ID) throw new AppError('database-not-ours', { path });
  refuseTruncated(path, bytes, pageSize, head);
  return { bytes, pageSize, schemaVersion: head.readUInt32BE(60) };
}

function looksLikeSqlite(head: Buffer, bytes: number): boolean {
  const known = Math.min(bytes, MAGIC.length);
  return bytes <= 1 || head.toString('latin1', 0, known) === MAGIC.slice(0, known);
}

/** With a log or journal still to be applied the file may rightly be shorter than its header says. */
function refuseTruncated(path: string, bytes: number, pageSize: number, head: Buffer): void {
  const headerIsCurrent = head.readUInt32BE(24) === head.readUInt32BE(92);
  const expected = head.readUInt32BE(28) * pageSize;
  if (headerIsCurrent && bytes < expected && !hasContent(`${path}-wal`) && !existsSync(`${path}-journal`))
    throw new AppError('database-damaged', { path, detail: `${bytes} of ${expected} bytes` });
}

function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function readHead(path: string): { bytes: number; head: Buffer } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new AppError('database-not-found', { path });
  // Opening a named pipe would wait for ever.
  if (!stat.isFile()) throw new AppError('database-not-ours', { path });
  const head = Buffer.alloc(100);
  const handle = openSync(path, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
    return { bytes: stat.size, head };
  } finally {
    closeSync(handle);
  }
}

/**
 * The one name of a file, through links and drive letters, so that the same database always has the same lock.
 * SQLite's driver drops trailing blanks, so we do too.
 */
export function canonicalPath(path: string): string {
  const absolute = resolve(path).trimEnd();
  if (existsSync(absolute)) return realpathSync.native(absolute);
  return join(realFolder(dirname(absolute)), basename(absolute));
}

const NETWORK_FILE_SYSTEMS = /^(nfs\d?|cifs|smb\w*|afs|ncpfs|9p|davfs|fuse\.(sshfs|rclone|s3fs|davfs\S*))$/;

/** Whether a mount table (the text of `/proc/mounts`) puts a path on a network file system. */
export function isOnNetworkMount(path: string, mounts: string): boolean {
  let best = { point: '', kind: '' };
  for (const line of mounts.split('\n')) {
    const [, rawPoint = '', kind = ''] = line.split(' ');
    const point = rawPoint.replace(/\\(\d{3})/g, (_, octal) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const covers = path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
    if (covers && point !== '' && point.length >= best.point.length) best = { point, kind };
  }
  return NETWORK_FILE_SYSTEMS.test(best.kind);
}

/** Refuses a place where SQLite's locks cannot be trusted; `path` as `canonicalPath` tells it. */
export function refuseNetworkDrive(path: string): void {
  const remote =
    (process.platform === 'win32' && isUncPath(path)) ||
    (process.platform === 'linux' && isOnNetworkMount(path, readMounts()));
  if (remote) throw new AppError('database-network-drive', { path });
}

/** Whether a Windows path names a share. A mapped drive letter does too, once it is resolved. */
export function isUncPath(path: string): boolean {
  return /^[\\/]{2}([?.][\\/]UNC[\\/]|(?![?.][\\/]))/i.test(path);
}

/** Resolved by the system, so that a drive letter mapped to a share shows its UNC path. */
function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

function readMounts(): string {
  try {
    return readFileSync('/proc/mounts', 'utf8');
  } catch {
    return '';
  }
}
