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

test('a place that cannot be written to is told, and nothing is left', async () => {
  const folder = tempFolder();
  const fault = await writeTables(join(folder, 'none', 'a.csv'), [TABLE]).catch((error: AppError) => error);
  expect(fault).toMatchObject({ code: 'file-not-written', details: { file: 'a.csv', detail: 'ENOENT' } });
  expect(readdirSync(folder)).toEqual([]);
});
