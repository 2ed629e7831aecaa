// `csi backups`, `csi audit` and `csi people` on a small database.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSession } from '../../support/engine-session.ts';
import { RESPONSE_HEADER, respondents, responseLines, responsesMapping } from '../../support/survey-files.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');

async function folderWithPeople(): Promise<string> {
  const session = await startSession();
  const path = join(session.folder, 'a.csv');
  const lines = responseLines(respondents('2026Q2', 40)).map((line, i) => `${line},138000000${10 + i}`);
  writeFileSync(path, [`${RESPONSE_HEADER},phone`, ...lines].join('\n'));
  const mapping = responsesMapping({ identity: [{ column: 'phone', kind: 'phone' }] });
  await session.call('import.commit', { path, mapping });
  await session.engine.close();
  return session.folder;
}

function csi(folder: string, ...words: string[]) {
  const place = ['--db', join(folder, 'work.csi'), '--data', folder, '--language', 'en'];
  const run = spawnSync(process.execPath, ['--no-warnings', CLI, ...place, ...words], { encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test('a backup is made, listed, verified and restored, and a damaged one is told', async () => {
  const folder = await folderWithPeople();
  const { name } = JSON.parse(csi(folder, '--json', 'backup').out);
  expect(csi(folder, 'backups', '--verify').out).toMatch(new RegExp(`${name}.* ok`));
  expect(csi(folder, 'backups', '--restore', name).out).toContain('is restored');
  expect(csi(folder, 'backups', '--restore', 'none.csi')).toMatchObject({ status: 1 });
  const file = join(folder, 'work.csi-backups', name);
  const bytes = readFileSync(file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(file, bytes);
  expect(csi(folder, 'backups', '--verify')).toMatchObject({
    status: 1,
    out: expect.stringContaining('SHA-256'),
  });
});

test('the log is filtered and written to a file, and a person found and erased', async () => {
  const folder = await folderWithPeople();
  expect(csi(folder, 'audit', '--area', 'data').out).toMatch(/Import +a\.csv/);
  expect(csi(folder, 'audit', '--text', 'nothing such', '--json').out.trim()).toBe('[]');
  csi(folder, 'audit', '--out', join(folder, 'log.csv'));
  expect(readFileSync(join(folder, 'log.csv'), 'utf8')).toContain('Import,a.csv');
  const { people } = JSON.parse(csi(folder, '--json', 'people', '13800000011').out);
  expect(people).toHaveLength(1);
  expect(csi(folder, 'people', '13800000012', '--erase', people[0].pseudonym)).toMatchObject({ status: 1 });
  expect(csi(folder, 'people', '13800000011', '--erase', people[0].pseudonym).out).toContain(
    '1 line that named',
  );
  expect(JSON.parse(csi(folder, '--json', 'people', '13800000011').out).people).toEqual([]);
});
