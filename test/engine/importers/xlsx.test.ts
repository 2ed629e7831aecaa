import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import type { OpenOptions, RawRow, Table } from '../../../electron/engine/importers/table.ts';
import { columnLetters, columnNumber } from '../../../electron/engine/importers/xlsx-sheet.ts';
import { styleOf } from '../../../electron/engine/importers/xlsx-workbook.ts';
import { cellRow, type WorkbookParts, workbookFile, workbookParts } from './workbook-file.ts';
import { zipFile } from './zip-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xlsx-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: Uint8Array, options?: OpenOptions): Promise<{ table: Table; rows: RawRow[] }> {
  const path = join(folder, 'book.xlsx');
  writeFileSync(path, content);
  const table = await openTable(path, options);
  const rows: RawRow[] = [];
  try {
    for await (const row of table.rows()) rows.push(row);
  } finally {
    await table.close();
  }
  return { table, rows };
}

const build = (parts: WorkbookParts, options?: OpenOptions) => read(workbookFile(parts), options);

test('a workbook of another writer reads back as it was written', async () => {
  const rows = [
    ['经销商', '评分', '日期', '有效'],
    ['一号店 <&>"', 8.5, new Date(Date.UTC(2016, 4, 9)), true],
    [' 带空格 ', -0.25, new Date(Date.UTC(2024, 1, 29, 14, 30)), false],
    ['x\r\ny', 1e-7, null, null],
  ];
  const file = await writeXlsx({ sheets: [{ name: '数据', rows }] });
  const { table, rows: found } = await read(file);
  expect(table.sheet).toBe('数据');
  expect(table.headers).toEqual(rows[0]);
  expect(found.map(({ cells }) => cells)).toEqual([
    ['一号店 <&>"', 8.5, { kind: 'date', iso: '2016-05-09' }, true],
    [' 带空格 ', -0.25, { kind: 'date', iso: '2024-02-29T14:30:00' }, false],
    ['x\r\ny', 1e-7, null, null],
  ]);
});

test('a dimension of the whole sheet with one cell reads one cell', async () => {
  const { table, rows } = await build({
    before: '<dimension ref="A1:XFD1048576"/>',
    rows: `${cellRow(1, ['score'])}<row r="1048576" spans="1:16384"><c r="A1048576"><v>5</v></c></row>`,
  });
  expect(table.headers).toEqual(['score']);
  expect(rows).toEqual([{ row: 1_048_576, cells: [5] }]);
});

test('texts are put together from runs without phonetic hints and with escapes undone', async () => {
  const { rows } = await build({
    rows:
      cellRow(1, ['a', 'b', 'c', 'd']) +
      '<row r="2"><c r="A2" t="inlineStr"><is><r><t>one</t></r><r><t xml:space="preserve"> two</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>' +
      '<c r="B2" t="s"><v>0</v></c><c r="C2" t="str"><f>A1</f><v>r&#233;sum&#xE9; _x000D__x4E2D_</v></c><c r="D2" t="str"><f>X</f><v></v></c></row>',
    texts: ['shared & <text>'],
  });
  expect(rows[0]!.cells).toEqual(['one two', 'shared & <text>', 'résumé \r中', null]);
});

test('dates follow the date system of the workbook and styles that are dates', async () => {
  const rows = `${cellRow(1, ['a', 'b', 'c'])}<row r="2"><c r="A2" s="1"><v>41037</v></c><c r="B2" s="2"><v>0.604166666666667</v></c><c r="C2"><v>41037</v></c></row>`;
  const formats = ['yyyy"年"m"月"d"日"', 'h:mm:ss'];
  const { rows: from1904 } = await build({ rows, formats, date1904: true });
  expect(from1904[0]!.cells).toEqual([
    { kind: 'date', iso: '2016-05-09' },
    { kind: 'date', iso: 'T14:30:00' },
    41037,
  ]);
  const { rows: from1900 } = await build({ rows, formats });
  expect(from1900[0]!.cells[0]).toEqual({ kind: 'date', iso: '2012-05-08' });
});

test.each([
  [14, undefined, 'date'],
  [31, undefined, 'date'],
  [20, undefined, 'time'],
  [2, undefined, 'plain'],
  [164, 'General', 'plain'],
  [164, '0.00_ ;[Red]\\-0.00\\ ', 'plain'],
  [164, '#,##0"days"', 'plain'],
  [164, '[$-804]yyyy"年"m"月"', 'date'],
  [164, '[h]:mm', 'time'],
  [164, 'mmm', 'date'],
  [164, '0.0"分"', 'plain'],
  [164, '0.00E+00', 'plain'],
] as const)('the number format %s %s is %s', (id, format, style) => {
  expect(styleOf(id, format)).toBe(style);
});

test('merged headers and merged data give their text to every cell below', async () => {
  const { table, rows } = await build(
    {
      rows:
        cellRow(1, ['大区', '2016Q1', undefined]) +
        cellRow(2, [undefined, '评分', '样本']) +
        cellRow(3, ['华东', 8, 30]) +
        cellRow(4, [undefined, 9, 40]) +
        cellRow(5, ['华北', 7, 20]),
      after:
        '<mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="A3:A4"/></mergeCells>',
    },
    { headerRows: 2 },
  );
  expect(table.headers).toEqual(['大区', '2016Q1 / 评分', '2016Q1 / 样本']);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['华东', 8, 30],
    ['华东', 9, 40],
    ['华北', 7, 20],
  ]);
});

test('the chosen sheet is read, by default the first that is visible', async () => {
  const sheets = [
    { name: 'hidden', state: 'hidden' },
    { name: 'two', rows: cellRow(1, ['b']) + cellRow(2, [2]) },
  ];
  const rows = cellRow(1, ['a']) + cellRow(2, [1]);
  const before = '<dimension ref="A1:A2"/>';
  expect((await build({ rows, sheets })).table.headers).toEqual(['b']);
  const { table } = await build({ rows, sheets, before }, { sheet: 'hidden' });
  expect(table.headers).toEqual(['a']);
  expect(table.sheets).toEqual([
    { name: 'hidden', hidden: true, rows: 2 },
    { name: 'two', hidden: false },
  ]);
});

test('a cover sheet without rows is passed over unless it is asked for', async () => {
  const sheets = [{ name: '封面' }, { name: 'data', rows: cellRow(1, ['a']) + cellRow(2, [1]) }];
  const cover = { rows: cellRow(1, ['2016年满意度报告']), sheets };
  expect((await build(cover)).table.sheet).toBe('data');
  await expect(build(cover, { sheet: '封面' })).rejects.toMatchObject({
    code: 'header-only',
    details: { sheet: '封面' },
  });
});

test('extensions that repeat an element of the workbook do not change it', async () => {
  const parts = workbookParts({
    rows: `${cellRow(1, ['day'])}<row r="2"><c r="A2" s="1"><v>41037</v></c></row>`,
    formats: ['yyyy-mm-dd'],
    date1904: true,
  });
  const extension =
    '<extLst><ext uri="x"><x14:workbookPr xmlns:x14="y" defaultImageDpi="32767"/></ext></extLst></workbook>';
  const changed = parts.map((part) =>
    part.name === 'xl/workbook.xml'
      ? { ...part, data: String(part.data).replace('</workbook>', extension) }
      : part,
  );
  const { rows } = await read(zipFile(changed));
  expect(rows[0]!.cells).toEqual([{ kind: 'date', iso: '2016-05-09' }]);
});

test('a title above the header is skipped with a warning, or kept when the user says so', async () => {
  const rows = cellRow(1, ['2016年满意度']) + cellRow(3, ['经销商', '评分']) + cellRow(4, ['a', 8]);
  const { table, rows: found } = await build({ rows });
  expect(table.headers).toEqual(['经销商', '评分']);
  expect(table.warnings).toMatchObject([{ code: 'title-skipped', row: 1 }]);
  expect(found).toEqual([{ row: 4, cells: ['a', 8] }]);
  const kept = await build({ rows }, { skipRows: 0, headerRows: 2 });
  expect(kept.table.headers).toEqual(['2016年满意度 / 经销商', '2016年满意度 / 评分']);
});

test('no flipped bit of a workbook gives other values', async () => {
  const good = workbookFile({
    rows: cellRow(1, ['dealer', 'score']) + cellRow(2, ['一号店', 8.25]) + cellRow(3, ['二号店', 7.5]),
    texts: ['x'],
  });
  const expected = await outcome(good);
  expect(expected).toMatch(/^\{/);
  const changed: number[] = [];
  let refused = 0;
  for (let at = 0; at < good.length; at += 3) {
    const file = Buffer.from(good);
    file[at] = file[at]! ^ (1 << (at % 8));
    const found = await outcome(file);
    if (!found.startsWith('{')) refused++;
    else if (found !== expected) changed.push(at);
  }
  expect(changed).toEqual([]);
  expect(refused).toBeGreaterThan((good.length / 3) * 0.6);
});

async function outcome(file: Uint8Array): Promise<string> {
  try {
    const { table, rows } = await read(file);
    return JSON.stringify({ headers: table.headers, rows });
  } catch (error) {
    if (error instanceof ImportFault) return error.code;
    throw error;
  }
}

test('column letters and numbers answer each other', () => {
  expect(['A1', 'Z9', 'AA1', 'XFD1048576'].map(columnNumber)).toEqual([0, 25, 26, 16_383]);
  expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
  expect(['XFE1', '1', 'AAAA1'].map(columnNumber)).toEqual([-1, -1, -1]);
});
