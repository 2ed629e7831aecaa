// `csi` as a process among others: exit codes, pipes, what reads it, databases that cannot be written.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BatchView } from '../../../shared/calls/import.ts';
import { RESPONSE_HEADER, respondents, responseLines, responsesMapping } from '../../support/survey-files.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');
const folder = mkdtempSync(join(tmpdir(), 'csi-cli-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (...words: string[]) => [
  '--no-warnings',
  CLI,
  ...['--db', join(folder, 'work.csi'), '--data', folder, '--language', 'en'],
  ...words,
];

function csi(words: string[], input?: string) {
  const run = spawnSync(process.execPath, at(...words), { encoding: 'utf8', input });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test('a file that is piped in is imported under the name it is given, with a piped mapping kept', () => {
  const mapping = join(folder, 'mapping.json');
  writeFileSync(mapping, JSON.stringify(responsesMapping()));
  const table = [RESPONSE_HEADER, ...responseLines(respondents('2026Q2', 400))].join('\n');
  const run = csi(['--json', 'import', '-', '--name', '2026Q2.csv', '--mapping', mapping], table);
  const [batch] = JSON.parse(run.out) as [BatchView];
  expect(batch).toMatchObject({ fileName: '2026Q2.csv', rowsLoaded: 400 });
  expect(csi(['mappings', 'save', 'own', '-'], readFileSync(mapping, 'utf8')).out).toContain('"own" is kept');
  expect(JSON.parse(csi(['mappings', 'show', 'own']).out)).toMatchObject({ study: { code: 'own' } });
});

test('whoever reads may stop reading', async () => {
  const child = spawn(process.execPath, at('explore', '--rows', 'dealer', '--columns', 'quarter', '--json'), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect([status, complaint]).toEqual([0, '']);
});

test('0 is done, 1 could not be done, 2 was written wrongly; JSON holds the fault', () => {
  expect(csi(['status']).status).toBe(0);
  expect(csi([])).toMatchObject({ status: 2, err: expect.stringContaining('Usage: csi') });
  const lost = csi(['--json', 'overview', '--scheme', 'nope']);
  expect(lost.status).toBe(1);
  expect(JSON.parse(lost.out).error.message.en).toMatch(/There is no region scheme "nope". Choose one of: /);
  const wrong = csi(['--json', 'overview', '--quarter', 'x']);
  expect(wrong.status).toBe(2);
  expect(JSON.parse(wrong.out).error).toMatchObject({ code: 'usage' });
  expect(csi(['overview', '--quarter', '2040Q1'])).toMatchObject({
    status: 1,
    err: expect.stringContaining('There are no data of 2040Q1. What is there: 2026Q2–2026Q2'),
  });
  expect(csi(['import', 'a.csv', '--mapping', 'none.json'])).toMatchObject({
    status: 1,
    err: expect.stringContaining('There is no file none.json'),
  });
});

test('a new database is made once, and only where it can be', () => {
  const path = join(folder, 'made', 'new.csi');
  expect(csi(['create', path]).out).toContain('Made: ');
  expect(existsSync(path)).toBe(true);
  expect(csi(['create', path])).toMatchObject({ status: 1, err: expect.stringContaining('database-exists') });
  expect(csi(['create', join(path, 'within.csi')])).toMatchObject({
    status: 1,
    err: expect.stringContaining('Choose another place. [folder-not-writable]'),
  });
});
