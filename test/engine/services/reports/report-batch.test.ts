import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../../electron/engine/documents/atomic-file.ts';
import {
  type ReportBatchOptions,
  runReportBatch,
} from '../../../../electron/engine/services/reports/report-batch.ts';
import { AppError } from '../../../../shared/errors.ts';
import { sampleFacts } from '../../../shared/report/sample-facts.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const RESOURCES = join(import.meta.dirname, '../../../../resources');
const CHILD = join(import.meta.dirname, 'report-batch-child.ts');
const DEALERS = 6;

function batch(folder: string, changes: Partial<ReportBatchOptions> = {}) {
  return runReportBatch({
    folder,
    resourcesFolder: RESOURCES,
    identity: 'batch 1',
    template: 'dealer',
    formats: ['pdf', 'xlsx'],
    workers: 2,
    items: Array.from({ length: DEALERS }, (_, i) => ({
      key: `D${i}`,
      name: `店 ${i}`,
      fileStem: `店 ${i}`,
    })),
    factsFor: (key) => sampleFacts(Number(key.slice(1))),
    ...changes,
  });
}

/** Names and contents of a folder, the journal aside: its lines come in the order of finishing. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name !== 'journal.jsonl');
  return Object.fromEntries(names.sort().map((name) => [name, sha256Hex(readFileSync(join(folder, name)))]));
}

/** Runs the batch in a child and kills it so many milliseconds after so many dealers; tells whether it was alive. */
function runAndKill(folder: string, afterDealers: number, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--no-warnings', CHILD, folder, String(DEALERS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let armed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const done = Math.max(...text.trim().split('\n').map(Number));
    if (armed || done < afterDealers) return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  return new Promise((resolve) => child.on('close', (_, signal) => resolve(signal === 'SIGKILL')));
}

/** An uninterrupted run: its folder, and what is in it. */
let finished: string;
let whole: Record<string, string>;
beforeAll(async () => {
  finished = mkdtempSync(join(tmpdir(), 'csi-report-batch-'));
  await batch(finished);
  whole = contents(finished);
});
afterAll(() => rmSync(finished, { recursive: true, force: true }));

describe('a report batch', () => {
  test('leaves one PDF and one XLSX a dealer, and a manifest whose hashes are theirs', async () => {
    const folder = tempFolder();
    const progress: number[] = [];
    const manifest = await batch(folder, { workers: 1, onProgress: (done) => progress.push(done) });
    expect(manifest.state).toBe('complete');
    expect(manifest.files.map((file) => file.file)).toEqual(
      Array.from({ length: DEALERS }, (_, i) => [`店 ${i}.pdf`, `店 ${i}.xlsx`]).flat(),
    );
    for (const file of manifest.files) {
      const bytes = readFileSync(join(folder, file.file));
      expect(file).toMatchObject({ bytes: bytes.length, sha256: sha256Hex(bytes) });
    }
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(progress).toEqual(Array.from({ length: DEALERS + 1 }, (_, i) => i));
    expect(contents(folder), 'one worker makes the same bytes as two').toEqual(whole);
  });

  test('a dealer whose facts fail is listed, the others are made, and the next run makes up for it', async () => {
    const folder = tempFolder();
    const manifest = await batch(folder, {
      factsFor: (key) => {
        if (key === 'D3') throw new Error('no such dealer');
        return sampleFacts(Number(key.slice(1)));
      },
    });
    expect(manifest.state).toBe('partial');
    expect(manifest.failures).toEqual([
      { key: 'D3', name: '店 3', code: 'facts-failed', message: 'no such dealer' },
    ]);
    expect(manifest.files).toHaveLength((DEALERS - 1) * 2);
    const asked: string[] = [];
    const again = await batch(folder, {
      factsFor: (key) => {
        asked.push(key);
        return sampleFacts(Number(key.slice(1)));
      },
    });
    expect(asked).toEqual(['D3']);
    expect(again.state).toBe('complete');
    expect(contents(folder)).toEqual(whole);
  });

  test('a dealer that cannot be laid out or written fails alone', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'sub'));
    const items = ['ok', 'bad', 'taken', 'ok2'].map((key) => ({ key, name: key, fileStem: key }));
    const manifest = await batch(folder, {
      items,
      formats: ['pdf'],
      factsFor: (key) => {
        // Appears after the folder was checked, as another program's doing would.
        if (key === 'taken') mkdirSync(join(folder, 'taken.pdf', 'x'), { recursive: true });
        return { ...sampleFacts(1), generatedOn: key === 'bad' ? 'never' : '2026-10-15' };
      },
    });
    expect(manifest.failures.map((failure) => [failure.key, failure.code])).toEqual([
      ['bad', 'render-failed'],
      ['taken', 'write-failed'],
    ]);
    expect(manifest.files.map((file) => file.key)).toEqual(['ok', 'ok2']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('cancelled, it keeps the finished files, leaves no temporary ones, and can be continued', async () => {
    const folder = tempFolder();
    const controller = new AbortController();
    const manifest = await batch(folder, {
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 3) controller.abort();
      },
    });
    expect(manifest.state).toBe('cancelled');
    const made = manifest.files.length / 2;
    expect(made).toBeGreaterThanOrEqual(3);
    expect(made).toBeLessThan(DEALERS);
    const names = readdirSync(folder);
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(names.filter((name) => /\.(pdf|xlsx)$/.test(name))).toHaveLength(made * 2);
    await batch(folder);
    expect(contents(folder)).toEqual(whole);
  });

  test('colliding and hostile names become safe, distinct files', async () => {
    const folder = tempFolder();
    const stems = ['CON', 'con', '..\\CON:', 'manifest', '星'.repeat(300)];
    const items = stems.map((fileStem, i) => ({ key: `D${i}`, name: `=${fileStem}`, fileStem }));
    const manifest = await batch(folder, { items, formats: ['xlsx'] });
    const names = manifest.files.map((file) => file.file.toLowerCase());
    expect(new Set(names).size).toBe(5);
    expect(names.slice(0, 4)).toEqual(['con_.xlsx', 'con_ (2).xlsx', 'con_ (3).xlsx', 'manifest (2).xlsx']);
    const csv = readFileSync(join(folder, 'manifest.csv'), 'utf8');
    expect(csv).toContain("\r\nD0,'=CON,xlsx,CON_.xlsx,");
  });

  test('refuses a folder that holds another batch or a file of the same name', async () => {
    const folder = tempFolder();
    const items = [{ key: 'D0', name: 'a', fileStem: 'a' }];
    await batch(folder, { items, formats: ['xlsx'] });
    const before = contents(folder);
    await expect(batch(folder, { items, identity: 'batch 2' })).rejects.toThrow(AppError);
    expect(contents(folder)).toEqual(before);
    const other = tempFolder();
    writeFileSync(join(other, 'a.xlsx'), 'mine');
    await expect(batch(other, { items, formats: ['xlsx'] })).rejects.toThrow(AppError);
    expect(readFileSync(join(other, 'a.xlsx'), 'utf8')).toBe('mine');
  });
});

describe('a report batch after a crash', () => {
  test('killed again and again it ends with every report once, byte-equal to an uninterrupted run', async () => {
    const folder = tempFolder();
    const kills = [
      [0, 0],
      [0, 350],
      [1, 20],
      [3, 45],
      [5, 5],
    ] as const;
    let killed = 0;
    for (const [dealers, milliseconds] of kills)
      if (await runAndKill(folder, dealers, milliseconds)) killed++;
    expect(killed).toBeGreaterThanOrEqual(3);
    const manifest = await batch(folder);
    expect(manifest.state).toBe('complete');
    expect(contents(folder)).toEqual(whole);
  });

  const journalOf = (folder: string) => join(folder, 'journal.jsonl');

  test.each<[string, (folder: string) => void]>([
    ['a temporary file was half written', (f) => writeFileSync(join(f, '.csi-0-pdf.part'), '%PDF')],
    [
      'a file was renamed but not journalled',
      (f) => truncateSync(journalOf(f), readFileSync(journalOf(f)).lastIndexOf('{')),
    ],
    [
      'the last journal line was torn',
      (f) => truncateSync(journalOf(f), readFileSync(journalOf(f)).length - 9),
    ],
    ['the journal ends in rubbish', (f) => appendFileSync(journalOf(f), '\0\0\0{"key":1}\n{"key"')],
    [
      'the journal was only begun',
      (f) => {
        for (const name of readdirSync(f)) if (!name.startsWith('journal')) rmSync(join(f, name));
        writeFileSync(journalOf(f), '{"iden');
      },
    ],
    ['a finished file was cut short', (f) => truncateSync(join(f, '店 2.pdf'), 1000)],
    ['a finished file was changed', (f) => appendFileSync(join(f, '店 2.xlsx'), 'x')],
    ['a finished file was deleted', (f) => rmSync(join(f, '店 5.pdf'))],
    ['the manifest is missing', (f) => rmSync(join(f, 'manifest.json'))],
  ])('recovers when %s', async (_, damage) => {
    const folder = tempFolder();
    cpSync(finished, folder, { recursive: true });
    damage(folder);
    await batch(folder);
    expect(contents(folder)).toEqual(whole);
    expect(existsSync(join(folder, '.csi-0-pdf.part'))).toBe(false);
  });
});

describe('render threads', () => {
  test('that hang cost one dealer each and are replaced', async () => {
    const manifest = await batch(tempFolder(), {
      timeoutMs: 1,
      workers: 1,
      items: [{ key: 'D0', name: 'a', fileStem: 'a' }],
    });
    expect(manifest.failures.map((failure) => failure.code)).toEqual(['worker-hung']);
    expect(manifest.state).toBe('partial');
  });

  test('that never come up end the batch with an error instead of failing every dealer', async () => {
    await expect(batch(tempFolder(), { timeoutMs: 1 })).rejects.toThrow(/no answer in 1 ms/);
  });
});
