/** Small files that are either wholly there or not at all, also after a power cut. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Makes renames and deletions in a folder lasting. Windows has no such call; NTFS journals them. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  syncPath(folder);
}

/** Makes the content of a file lasting. Never call it on a database that is open in this process. */
export function syncFile(path: string): void {
  syncPath(path, process.platform === 'win32' ? 'r+' : 'r');
}

function syncPath(path: string, mode = 'r'): void {
  const handle = openSync(path, mode);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Renames and makes it lasting. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** Replaces a file by a new content: temporary name, fsync, rename, fsync of the folder. */
export function writeJsonDurably(path: string, value: unknown): void {
  const temporary = `${path}.tmp`;
  try {
    const handle = openSync(temporary, 'w');
    try {
      writeSync(handle, `${JSON.stringify(value, null, 1)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameDurably(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The parsed content, or `undefined` when the file is absent or no JSON. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Makes a folder, lasting, unless it exists. */
export function makeFolderDurably(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  syncFolder(dirname(folder));
}
