import { execFileSync } from 'node:child_process';
import { realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  canonicalPath,
  identifyFile,
  isOnNetworkMount,
  isUncPath,
  refuseNetworkDrive,
} from '../../../electron/engine/store/identify.ts';
import { openBatches } from '../../support/batch-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('our own file tells its page size and schema version', () => {
  const path = join(tempFolder(), 'a.csi');
  openBatches(path).close();
  const found = identifyFile(path);
  expect(found).toMatchObject({ pageSize: 8192, schemaVersion: 1 });
  expect(found.bytes % 8192).toBe(0);
});

const MOUNTS = `/dev/sda1 / ext4 rw 0 0
//server/share /mnt/team cifs rw 0 0
server:/export /home/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/team/local ext4 rw 0 0
user@host: /media/a\\040b fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuse.exfat rw 0 0`;

test.each([
  ['/home/ann/x.csi', false],
  ['/mnt/team/x.csi', true],
  ['/mnt/teams/x.csi', false],
  ['/mnt/team/local/x.csi', false],
  ['/home/nfs/deep/x.csi', true],
  ['/media/a b/x.csi', true],
  ['/media/stick/x.csi', false],
])('%s on a network drive: %s', (path, expected) => {
  expect(isOnNetworkMount(path, MOUNTS)).toBe(expected);
});

test('a mount table that names nothing refuses nothing', () => {
  expect(isOnNetworkMount('/home/x.csi', '')).toBe(false);
});

test('a local folder is accepted', () => {
  expect(() => refuseNetworkDrive(join(tempFolder(), 'a.csi'))).not.toThrow();
});

test.each([
  ['\\\\server\\share\\a.csi', true],
  ['//server/share/a.csi', true],
  ['\\\\?\\UNC\\server\\share\\a.csi', true],
  ['\\\\?\\C:\\data\\a.csi', false],
  ['C:\\data\\a.csi', false],
  ['/home/ann/a.csi', false],
])('%s is a share: %s', (path, expected) => {
  expect(isUncPath(path)).toBe(expected);
});

test('a named pipe is refused without waiting for a writer', () => {
  const path = join(tempFolder(), 'pipe.csi');
  execFileSync('mkfifo', [path]);
  expect(() => identifyFile(path)).toThrow(expect.objectContaining({ code: 'database-not-ours' }));
});

test('links, relative ways and trailing blanks lead to one name', () => {
  const folder = realpathSync(tempFolder());
  const path = join(folder, 'a.csi');
  openBatches(path).close();
  symlinkSync(path, join(folder, 'link.csi'));
  symlinkSync(folder, join(folder, 'loop'));
  const ways = ['link.csi', 'loop/a.csi', 'loop/../a.csi', 'a.csi  '].map((way) =>
    canonicalPath(`${folder}/${way}`),
  );
  expect(new Set(ways)).toEqual(new Set([path]));
  expect(canonicalPath(join(folder, 'loop', 'new.csi'))).toBe(join(folder, 'new.csi'));
});
