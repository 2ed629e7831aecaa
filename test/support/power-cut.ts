/**
 * A disk that can lose its power: an ext4 image on a loop device. What was not flushed lives in the kernel's
 * memory only, so a copy of the image is what a computer finds after the power came back.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder.ts';

/** A mounted disk. `cutPower` answers the disk as it would be found afterwards. */
export interface Disk {
  folder: string;
  /** Writes down everything so far. */
  flush(): void;
  cutPower(): Disk;
}

/** A fresh disk of 24 MB, gone when the test has finished. */
export function makeDisk(): Disk {
  const image = join(tempFolder(), 'disk.img');
  format(image);
  const disk = mountImage(image);
  mkdirSync(disk.folder);
  disk.flush();
  return disk;
}

/** Whether this computer lets us mount images: Linux, root, loop devices. */
export function canCutPower(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'csi-probe-'));
  try {
    format(join(folder, 'disk.img'));
    mount(join(folder, 'disk.img'), folder);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mountImage(image: string): Disk {
  const root = join(tempFolder(), 'disk');
  mkdirSync(root);
  mount(image, root);
  onTestFinished(() => unmount(root));
  return {
    folder: join(root, 'data'),
    flush: () => run('sync', ['-f', root]),
    cutPower() {
      const copy = join(tempFolder(), 'disk.img');
      copyFileSync(image, copy);
      return mountImage(copy);
    },
  };
}

function format(image: string): void {
  run('truncate', ['-s', '24M', image]);
  run('mkfs.ext4', ['-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image]);
}

/** Without ext4's own kindness towards programs that forget to flush. */
function mount(image: string, folder: string): void {
  run('mount', ['-o', 'loop,noauto_da_alloc,commit=300', image, folder]);
}

function unmount(folder: string): void {
  run('umount', ['-l', folder]);
}

function run(command: string, args: string[]): void {
  execFileSync(command, args, { stdio: 'ignore' });
}
