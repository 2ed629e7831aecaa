/** Files that appear whole or not at all, and their fingerprints. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes under a temporary name in the same folder, forces it to disk, renames. A failure leaves no temporary file. */
export function writeAtomically(path: string, temporary: string, bytes: Uint8Array): void {
  try {
    const file = openSync(temporary, 'w');
    try {
      let at = 0;
      while (at < bytes.length) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes renames in the folder of a file durable; Windows has no such call and does without. */
export function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Whether a file is there with exactly this content; anything unreadable counts as not. */
export function hasContent(path: string, bytes: number, sha256: string): boolean {
  try {
    const found = readFileSync(path);
    return found.length === bytes && sha256Hex(found) === sha256;
  } catch {
    return false;
  }
}
