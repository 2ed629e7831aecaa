import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { writeTables } from '../../../electron/engine/documents/table-file.ts';
import type { AppError } from '../../../shared/errors.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const TABLE = {
  name: 'a/b',
  columns: [{ title: 'name' }, { title: 'score', decimals: 1 }],
  rows: [
    ['=HYPERLINK("http://x")', 81.25],
    ['＝1+1, "quoted"', null],
    ['plain', -3],
  ] as (string | number | null)[][],
};

test('a table as CSV holds no formula, keeps its numbers and leaves absent figures empty', async () => {
  const path = join(tempFolder(), 'a.csv');
  await writeTables(path, [TABLE]);
  expect(readFileSync(path, 'utf8')).toBe(
    '\ufeffname,score\r\n"\'=HYPERLINK(""http://x"")",81.25\r\n"\'＝1+1, ""quoted""",\r\nplain,-3\r\n',
  );
});

test('a workbook holds every table, its text as text', async () => {
  const path = join(tempFolder(), 'a.xlsx');
  const written = await writeTables(path, [
    TABLE,
    { name: 'notes', columns: [{ title: 'x' }], rows: [['@SUM(1)']] },
  ]);
  expect(written.file).toBe('a.xlsx');
  const book = await readXlsx(readFileSync(path));
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['a b', 'notes']);
  expect(book.sheets[0]!.rows[1]).toEqual(['=HYPERLINK("http://x")', 81.25]);
  expect(book.sheets[1]!.rows[1]).toEqual(['@SUM(1)']);
});

test('a CSV file holds the first of several tables, and the answer names the others', async () => {
  const path = join(tempFolder(), 'a.csv');
  const tables = [TABLE, { name: 'notes', columns: [{ title: 'x' }], rows: [['y']] }];
  expect((await writeTables(path, tables)).leftOut).toEqual(['notes']);
  expect(readFileSync(path, 'utf8').trimEnd().split('\r\n')).toHaveLength(4);
  expect(await writeTables(path, [TABLE])).not.toHaveProperty('leftOut');
  expect(await writeTables(path.replace('.csv', '.xlsx'), tables)).not.toHaveProperty('leftOut');
});

test('a place that cannot be written to is told, and nothing is left', async () => {
  const folder = tempFolder();
  const fault = await writeTables(join(folder, 'none', 'a.csv'), [TABLE]).catch((error: AppError) => error);
  expect(fault).toMatchObject({ code: 'file-not-written', details: { file: 'a.csv', detail: 'ENOENT' } });
  expect(readdirSync(folder)).toEqual([]);
});

test('a workbook prints landscape with its heads on every page, and shows small bases grey', async () => {
  const path = join(tempFolder(), 'a.xlsx');
  await writeTables(path, [{ ...TABLE, heads: 1, isGrey: (row, column) => row === 2 && column === 1 }]);
  const [sheet] = (await readXlsx(readFileSync(path), { readStyles: true })).sheets;
  expect(sheet!.pageSetup).toMatchObject({
    orientation: 'landscape',
    fitToWidth: 1,
    printTitlesRow: '$1:$1',
    printTitlesColumn: '$A:$A',
  });
  expect(sheet!.freezePane).toMatchObject({ rows: 1, columns: 1 });
  const fontAt = (row: number) => sheet!.cells!.get(`${row},1`)!.style!.font!;
  expect(fontAt(3)).toMatchObject({ italic: true });
  expect(fontAt(1).italic).not.toBe(true);
});

test('more columns than a worksheet holds are refused in words', async () => {
  const folder = tempFolder();
  const columns = Array.from({ length: 16_385 }, (_, c) => ({ title: `${c}` }));
  const fault = await writeTables(join(folder, 'a.xlsx'), [{ name: 'wide', columns, rows: [] }]).catch(
    (error: AppError) => error,
  );
  expect(fault).toMatchObject({ code: 'explore-too-large' });
  expect(readdirSync(folder)).toEqual([]);
});
