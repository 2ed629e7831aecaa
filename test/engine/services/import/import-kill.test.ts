import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../../../shared/math/random.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { leftovers } from '../../../support/kill-harness.ts';
import { respondents, responsesMapping, writeResponses } from '../../../support/survey-files.ts';

const CHILD = join(import.meta.dirname, '../../../support/import-child.ts');
const ROWS = 20_000;
const KILLS = 8;

let origin: Session;
let file: string;
/** What the database says before the import, and after a whole one. */
let former: string;
let whole: string;
/** How long an undisturbed import takes after the database is open. */
let duration: number;

beforeAll(async () => {
  origin = await startSession();
  const first = writeResponses(origin.folder, 'first.csv', respondents('2026Q1', 3000));
  await origin.call('import.commit', { path: first, mapping: responsesMapping() });
  former = origin.hash();
  await origin.call('app.close', {});
  file = writeResponses(origin.folder, 'second.csv', respondents('2026Q2', ROWS, 2));
  const folder = copy();
  const end = await importUntil(folder, () => undefined);
  expect(end.lines.at(-1)).toBe('closed');
  duration = end.milliseconds;
  whole = await stateOf(folder);
  rmSync(folder, { recursive: true });
});
afterAll(() => origin.close());

function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'csi-kill-'));
  for (const end of ['', '-watermark'])
    cpSync(join(origin.folder, `work.csi${end}`), join(folder, `work.csi${end}`));
  return folder;
}

/** Runs the import; `onLine` may kill it. */
function importUntil(
  folder: string,
  onLine: (line: string, kill: (after: number) => void) => void,
): Promise<{ lines: string[]; killed: boolean; milliseconds: number }> {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  const child = spawn(process.execPath, ['--no-warnings', CHILD, join(folder, 'work.csi'), file, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let opened = 0;
  return new Promise((resolve, reject) => {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        if (line === 'open') opened = performance.now();
        onLine(line, (after) => setTimeout(() => child.kill('SIGKILL'), after));
      }
    });
    child.on('error', reject);
    child.on('close', (_, signal) =>
      resolve({ lines, killed: signal === 'SIGKILL', milliseconds: performance.now() - opened }),
    );
  });
}

/** Opens as the next start would: sound, and what it says. */
async function stateOf(folder: string): Promise<string> {
  const session = await startSession({ folder, open: false });
  try {
    await session.call('app.open', { path: join(folder, 'work.csi') });
    const { counts } = (await session.call('app.status', {})).database!;
    expect([3000, 3000 + ROWS]).toContain(counts.responses);
    return session.hash();
  } finally {
    await session.close();
  }
}

test('an import that is killed at any moment leaves the former state or the whole of the new one', async () => {
  const random = seededRandom(20261121);
  const outcomes: string[] = [];
  for (let i = 0; i < KILLS; i++) {
    const folder = copy();
    const wait = (duration * (i + random.uniform())) / KILLS;
    const end = await importUntil(folder, (line, kill) => {
      if (line === 'open') kill(wait);
    });
    const state = await stateOf(folder);
    expect([former, whole]).toContain(state);
    if (end.lines.includes('imported')) expect(state).toBe(whole);
    const stray = leftovers(join(folder, 'work.csi')).filter(
      (text) => !/: (data|recent\.json|identity-key)$/.test(text),
    );
    expect(stray).toEqual([]);
    outcomes.push(end.killed ? (state === whole ? 'whole' : 'former') : 'ended');
    rmSync(folder, { recursive: true });
  }
  expect(outcomes.filter((outcome) => outcome === 'former').length).toBeGreaterThan(0);
});
