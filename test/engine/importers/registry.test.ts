import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { IMPORTERS, openTable } from '../../../electron/engine/importers/registry.ts';
import type { RawRow } from '../../../electron/engine/importers/table.ts';
import { FORMAT_ENDINGS, type TableFormat } from '../../../shared/domain/import-format.ts';
import { savFile } from './sav-file.ts';
import { cellRow, workbookFile } from './workbook-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'registry-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The same table in every format: 300 stores and their scores, the second score missing. */
const SCORES = Array.from({ length: 300 }, (_, i) => ({
  store: `店${i}`,
  score: i === 1 ? null : (i % 10) + 0.5,
}));
const FIXTURES: Record<TableFormat, { bytes: Buffer; damaged: Buffer; firstRow: number }> = {
  csv: withDamaged(
    Buffer.from(`store,score\n${SCORES.map(({ store, score }) => `${store},${score ?? ''}\n`).join('')}`),
    2,
  ),
  xlsx: withDamaged(
    workbookFile({
      rows: [['store', 'score'], ...SCORES.map(({ store, score }) => [store, score ?? undefined])]
        .map((values, i) => cellRow(i + 1, values))
        .join(''),
    }),
    2,
  ),
  sav: withDamaged(
    savFile({
      columns: [{ name: 'store', width: 8 }, { name: 'score' }],
      cases: SCORES.map(({ store, score }) => [Buffer.from(store), score]),
      encodingName: 'UTF-8',
      compression: 'zlib',
    }),
    1,
  ),
};

/** The damaged fixture opens in no format: an open quotation mark, or the file cut in half. */
function withDamaged(bytes: Buffer, firstRow: number) {
  const isText = bytes.subarray(0, 5).toString() === 'store';
  const damaged = isText ? Buffer.concat([bytes, Buffer.from('"')]) : bytes.subarray(0, bytes.length >> 1);
  return { bytes, damaged, firstRow };
}

describe.each(IMPORTERS.map((importer) => [importer.format, importer] as const))(
  'the importer %s',
  (format, importer) => {
    const { bytes, damaged, firstRow } = FIXTURES[format];
    const place = (name: string, content: Buffer) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };

    test('is the first that accepts its own fixture', () => {
      expect(IMPORTERS.find(({ accepts }) => accepts(bytes))).toBe(importer);
    });

    test('gives every row once, in order, with its number and as many cells as headers, as often as asked', async () => {
      const table = await openTable(place(`whole.${FORMAT_ENDINGS[importer.format][0]}`, bytes));
      expect(table).toMatchObject({
        format,
        bytes: bytes.length,
        rowCount: 300,
        headers: ['store', 'score'],
        warnings: [],
      });
      expect(table.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      for (let time = 0; time < 2; time++) {
        const rows: RawRow[] = [];
        for await (const row of table.rows()) rows.push(row);
        expect(rows.map(({ row }) => row)).toEqual(SCORES.map((_, i) => i + firstRow));
        expect(rows.map(({ cells }) => [cells[0], cells[1] === null ? null : Number(cells[1])])).toEqual(
          SCORES.map(({ store, score }) => [store, score]),
        );
      }
      await table.close();
    });

    test('refuses a damaged file with a code that names the file and leaves it closed', async () => {
      const path = place(`damaged.${FORMAT_ENDINGS[importer.format][0]}`, damaged);
      const caught = await openTable(path).catch((error: unknown) => error);
      expect(caught).toBeInstanceOf(ImportFault);
      expect((caught as ImportFault).details.file).toBe(`damaged.${FORMAT_ENDINGS[importer.format][0]}`);
      if (existsSync('/proc/self/fd')) expect(openFiles()).not.toContain(path);
    });

    test('stops when told, while opening and while reading', async () => {
      const path = place(`abort.${FORMAT_ENDINGS[importer.format][0]}`, bytes);
      await expect(openTable(path, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
      const table = await openTable(path);
      await expect(table.rows(AbortSignal.abort())[Symbol.asyncIterator]().next()).rejects.toThrow(/abort/i);
      await table.close();
    });

    test('notices that the file was changed after it was opened', async () => {
      const path = place(`changed.${FORMAT_ENDINGS[importer.format][0]}`, bytes);
      const table = await openTable(path);
      appendFileSync(path, 'x');
      const readAll = async () => {
        for await (const _ of table.rows());
      };
      await expect(readAll()).rejects.toMatchObject({ code: 'file-changed' });
      await table.close();
    });

    test('says when the name does not fit the content', async () => {
      const table = await openTable(place(`${format}.dat`, bytes));
      expect(table.warnings).toEqual([
        { code: 'extension-mismatch', severity: 'warning', file: `${format}.dat`, value: format },
      ]);
      await table.close();
    });
  },
);

function openFiles(): string {
  return spawnSync('ls', ['-l', `/proc/${process.pid}/fd`], { encoding: 'utf8' }).stdout;
}

const READER = `
const { openTable } = await import(process.argv[1]);
await openTable(process.argv[2]).then(() => console.log('read'), (error) => console.log(error.code));
`;

test.skipIf(process.platform === 'win32')('a file without read permission is named', () => {
  const path = join(folder, 'secret.csv');
  writeFileSync(path, 'a,b\n1,2\n');
  chmodSync(path, 0);
  chmodSync(folder, 0o755);
  const registry = join(import.meta.dirname, '../../../electron/engine/importers/registry.ts');
  // Root may read anything: the reading happens as somebody else.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const run = (file: string) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', READER, registry, file], {
      encoding: 'utf8',
      ...user,
    });
  const found = run(path);
  chmodSync(path, 0o644);
  expect(run(path).stdout.trim()).toBe('read');
  expect(found.stdout.trim()).toBe('no-permission');
});

test.skipIf(process.platform === 'win32')('a device is refused without being opened', async () => {
  await expect(openTable('/dev/zero')).rejects.toMatchObject({
    code: 'not-a-file',
    details: { file: 'zero' },
  });
});
