import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guessDelimiter } from '../../../electron/engine/importers/delimiter.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import type { OpenOptions, RawRow, Table } from '../../../electron/engine/importers/table.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'csv-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(
  content: string | Buffer,
  options?: OpenOptions,
): Promise<{ table: Table; rows: RawRow[] }> {
  const path = join(folder, 'table.csv');
  writeFileSync(path, content);
  const table = await openTable(path, options);
  const rows: RawRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  await table.close();
  return { table, rows };
}

const cellsOf = (rows: readonly RawRow[]) => rows.map(({ cells }) => cells);
const CHINESE = '经销商,评分\n一号店,8\n';
/** The same table in GB18030. */
const CHINESE_GBK = Buffer.from('beadcffac9cc2cc6c0b7d60ad2bbbac5b5ea2c380a', 'hex');

test('every encoding gives the same table', async () => {
  const utf16be = Buffer.from(`\ufeff${CHINESE}`, 'utf16le').swap16();
  for (const content of [
    CHINESE,
    `\ufeff${CHINESE}`,
    CHINESE_GBK,
    Buffer.from(`\ufeff${CHINESE}`, 'utf16le'),
    Buffer.from(CHINESE, 'utf16le'),
    utf16be,
    utf16be.subarray(2),
  ]) {
    const { table, rows } = await read(content);
    expect(table.headers).toEqual(['经销商', '评分']);
    expect(cellsOf(rows)).toEqual([['一号店', '8']]);
  }
});

test('the encoding that the user chooses wins over what the bytes suggest', async () => {
  const { table, rows } = await read(CHINESE_GBK, { encoding: 'windows-1252' });
  expect(table.encoding).toBe('windows-1252');
  expect(rows[0]!.cells[0]).toBe('Ò»ºÅµê');
  expect((await read(CHINESE_GBK, { encoding: 'GBK' })).table.encoding).toBe('gb18030');
});

test('a short GBK text is told from UTF-8 even when it could be both by its first bytes', async () => {
  // 联通 in GBK is a valid pair of UTF-8 sequences up to its last byte; the table decides.
  const { table } = await read(Buffer.from('c1aacda82cc6c0b7d60a312c320a', 'hex'));
  expect(table.headers).toEqual(['联通', '评分']);
});

test('quoted cells keep delimiters, quotation marks and line breaks, and count as one row', async () => {
  const { rows } = await read('a,b\n"x, ""y""\r\nz",1\n\n5" wide,2\n');
  expect(rows).toEqual([
    { row: 2, cells: ['x, "y"\r\nz', '1'] },
    { row: 4, cells: ['5" wide', '2'] },
  ]);
});

test('formulas stay the text that they are', async () => {
  const { rows } = await read('a\n"=HYPERLINK(""http://x"")"\n@SUM(A1)\n"\t=1"\n');
  expect(cellsOf(rows)).toEqual([['=HYPERLINK("http://x")'], ['@SUM(A1)'], ['\t=1']]);
});

test.each([';', '\t', '|', ',', '||', '::', '~|~', '^', '~'])(
  'the delimiter %j is found',
  async (delimiter) => {
    const { table, rows } = await read(`店${delimiter}分\na${delimiter}"8${delimiter}5"\n`);
    expect(table.delimiter).toBe(delimiter);
    expect(rows[0]!.cells).toEqual(['a', `8${delimiter}5`]);
  },
);

test('semicolons win where decimal commas stand in every row', () => {
  expect(guessDelimiter('store;score;weight\na;8,5;1,0\nb;7,5;1,0\n')).toBe(';');
  expect(guessDelimiter('one column\nand, sometimes\na comma\n')).toBe(',');
});

test('the line sep=; of Excel is no data and keeps its row number', async () => {
  const { table, rows } = await read('sep=;\r\na;b\r\n1;2\r\n');
  expect(table.headers).toEqual(['a', 'b']);
  expect(rows).toEqual([{ row: 3, cells: ['1', '2'] }]);
});

test('two header rows make one name, the upper one carried to the right', async () => {
  const { table, rows } = await read('经销商,2016Q1,,2016Q2,\n,评分,样本,评分,样本\na,1,2,3,4\n', {
    headerRows: 2,
  });
  expect(table.headers).toEqual([
    '经销商',
    '2016Q1 / 评分',
    '2016Q1 / 样本',
    '2016Q2 / 评分',
    '2016Q2 / 样本',
  ]);
  expect(rows).toEqual([{ row: 3, cells: ['a', '1', '2', '3', '4'] }]);
});

test('empty fields behind the header are no extra fields', async () => {
  const { rows } = await read('a,b,,\n1,2,,\n3,4\n');
  expect(rows).toEqual([
    { row: 2, cells: ['1', '2'] },
    { row: 3, cells: ['3', '4'] },
  ]);
});

test('rows can be read again and an abort stops them', async () => {
  const path = join(folder, 'again.csv');
  writeFileSync(path, `a,b\n${'1,2\n'.repeat(200_000)}`);
  const table = await openTable(path);
  let count = 0;
  for await (const _ of table.rows()) count++;
  const abort = new AbortController();
  let seen = 0;
  const stopped = (async () => {
    for await (const _ of table.rows(abort.signal)) if (++seen === 10) abort.abort();
  })();
  await expect(stopped).rejects.toThrow(/abort/i);
  await table.close();
  expect(count).toBe(200_000);
  expect(table.rowCount).toBe(200_000);
  expect(seen).toBeLessThan(200_000);
});

test('pieces of any size give the same records', async () => {
  const line = '"a ""quoted"" 中文 cell",b\r\n';
  const { rows } = await read(`x,y\r\n${line.repeat(20_000)}`);
  expect(rows).toHaveLength(20_000);
  expect(rows.every(({ cells }) => cells[0] === 'a "quoted" 中文 cell' && cells[1] === 'b')).toBe(true);
});

test('a delimiter of several characters is found across the pieces that a file is read in, and may be chosen', async () => {
  const line = `${'x'.repeat(97)}|;8\n`;
  const { table, rows } = await read(`店|;分\n${line.repeat(4000)}`, { delimiter: '|;' });
  expect(table.headers).toEqual(['店', '分']);
  expect(table.rowCount).toBe(4000);
  expect(rows.every(({ cells, issues }) => cells[1] === '8' && issues === undefined)).toBe(true);
});

test('a column without a name is kept where the header leaves room for it, and never where values moved', async () => {
  const named = await read('a,b,,\n1,2,x,\n3,4,y,\n');
  expect(named.table.headers).toEqual(['a', 'b', '#3']);
  expect(named.table.warnings).toMatchObject([{ code: 'blank-header', column: '#3' }]);
  expect(cellsOf(named.rows)).toEqual([
    ['1', '2', 'x'],
    ['3', '4', 'y'],
  ]);
  const moved = await read('a,b\n1,2,3\n4,5,6\n');
  expect(moved.table.headers).toEqual(['a', 'b']);
  expect(moved.rows.flatMap(({ issues = [] }) => issues.map(({ code }) => code))).toEqual([
    'too-many-fields',
    'too-many-fields',
  ]);
});
