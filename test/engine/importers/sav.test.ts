import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import type { OpenOptions, RawRow, Table } from '../../../electron/engine/importers/table.ts';
import { type SavParts, savFile } from './sav-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sav-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function readPath(path: string, options?: OpenOptions): Promise<{ table: Table; rows: RawRow[] }> {
  const table = await openTable(path, options);
  const rows: RawRow[] = [];
  try {
    for await (const row of table.rows()) rows.push(row);
  } finally {
    await table.close();
  }
  return { table, rows };
}

async function read(content: Buffer, options?: OpenOptions): Promise<{ table: Table; rows: RawRow[] }> {
  const path = join(folder, 'data.sav');
  writeFileSync(path, content);
  return await readPath(path, options);
}

const utf8 = (text: string) => Buffer.from(text);
/** 一号店 and 总体 in GB18030. */
const GBK_STORE = Buffer.from('d2bbbac5b5ea', 'hex');
const GBK_LABEL = Buffer.from('d7dccce5', 'hex');

const PARTS: SavParts = {
  columns: [
    { name: 'ID' },
    { name: 'STORE', width: 20 },
    {
      name: 'Q1',
      label: utf8('总体满意度'),
      valueLabels: [{ value: 98, label: utf8('不知道') }],
      missing: [98, 99],
    },
    { name: 'WT', missing: { from: -9, to: 0 } },
    { name: 'DAY', format: 20 },
  ],
  cases: [
    [1, utf8('一号店'), 8, 0.55, 13_682_131_200],
    [2, utf8('二号店'), 98, -1, null],
    [3, null, 8.25, 151, 13_682_131_200],
    [1e6, utf8('a store, 20 bytes...'), null, 1, 0],
  ],
  encodingName: 'UTF-8',
};

describe.each(['none', 'bytecode', 'zlib'] as const)('compression %s', (compression) => {
  test.each([false, true])('values, labels and missing codes are read, big-endian: %s', async (bigEndian) => {
    const { table, rows } = await read(savFile({ ...PARTS, compression, bigEndian }));
    expect(table.headers).toEqual(['ID', 'STORE', 'Q1', 'WT', 'DAY']);
    expect(table.columns![2]).toMatchObject({
      label: '总体满意度',
      valueLabels: [{ value: 98, label: '不知道' }],
      missing: [98, 99],
    });
    expect(rows.map(({ cells }) => cells)).toEqual([
      [1, '一号店', 8, 0.55, { kind: 'date', iso: '2016-05-09' }],
      [2, '二号店', null, null, null],
      [3, null, 8.25, 151, { kind: 'date', iso: '2016-05-09' }],
      [1e6, 'a store, 20 bytes...', null, 1, { kind: 'date', iso: '1582-10-14' }],
    ]);
    expect(table.warnings).toEqual([]);
  });

  test('a file cut anywhere is refused, never read in part', async () => {
    const whole = savFile({ ...PARTS, compression });
    const codes = new Set<string>();
    for (let length = 4; length < whole.length; length += 5) {
      const error = await read(whole.subarray(0, length)).then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(ImportFault);
      codes.add((error as ImportFault).code);
    }
    expect([...codes]).toEqual(['sav-cut-short']);
  });
});

test('the encoding is the one stated by name or code page, else guessed, else chosen', async () => {
  const columns = [{ name: 'STORE', width: 8, label: GBK_LABEL }];
  const parts: SavParts = { columns, cases: [[GBK_STORE]] };
  for (const stated of [
    { encodingName: 'GB18030' },
    { encodingName: 'windows-936' },
    { characterCode: 936 },
  ]) {
    const { table, rows } = await read(savFile({ ...parts, ...stated }));
    expect([table.encoding, table.columns![0]!.label, rows[0]!.cells[0]]).toEqual([
      'gb18030',
      '总体',
      '一号店',
    ]);
    expect(table.warnings).toEqual([]);
  }
  const { table } = await read(savFile(parts));
  expect(table.columns![0]!.label).toBe('总体');
  expect(table.warnings).toMatchObject([{ code: 'encoding-guessed', value: 'gb18030' }]);
  const { rows } = await read(savFile({ ...parts, encodingName: 'UTF-8' }), { encoding: 'gb18030' });
  expect(rows[0]!.cells).toEqual(['一号店']);
});

test('text that the stated encoding cannot hold is an issue of its row', async () => {
  const { rows } = await read(
    savFile({ columns: [{ name: 'S', width: 8 }], cases: [[GBK_STORE]], encodingName: 'UTF-8' }),
  );
  expect(rows[0]!.issues).toMatchObject([{ code: 'bad-byte', severity: 'error', row: 1, column: 'S' }]);
});

const PSPP_SYNTAX = `
DATA LIST LIST (';') /id (F8.0) 经销商 (A30) 评分 (F8.2) 日期 (SDATE10) 长文本 (A600) 时刻 (DATETIME20) 原因 (A12).
BEGIN DATA
1;一号店;8.5;2016/05/09;短;09-MAY-2016 14:30:00;拒答
2;二号店;98;2016/05/10;二;10-MAY-2016 00:00:00;价格
END DATA.
IF (id = 2) 长文本 = CONCAT(RPAD("头", 400, "x"), "尾").
VARIABLE LABELS 评分 '总体满意度'.
VALUE LABELS 评分 98 '不知道' 99 '拒答' /原因 '价格' '价格太高'.
MISSING VALUES 评分 (90 THRU 99, -1) /原因 ('拒答').
`;

test('files of PSPP read as they were written, in all three compressions', async (context) => {
  const written = { none: '/UNCOMPRESSED', bytecode: '/COMPRESSED', zlib: '/ZCOMPRESSED' };
  const saves = Object.entries(written).map(
    ([name, option]) => `SAVE OUTFILE='${join(folder, name)}.sav' ${option}.`,
  );
  const syntax = join(folder, 'make.sps');
  writeFileSync(syntax, `${PSPP_SYNTAX}${saves.join('\n')}\n`);
  const run = spawnSync('pspp', [syntax], { encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8' } });
  if (run.error) {
    console.warn('pspp is not installed: its files were not read.');
    return context.skip();
  }
  expect(run.status).toBe(0);
  for (const name of Object.keys(written)) {
    const { table, rows } = await readPath(join(folder, `${name}.sav`));
    expect(table.headers).toEqual(['id', '经销商', '评分', '日期', '长文本', '时刻', '原因']);
    expect(table.columns![2]).toEqual({
      label: '总体满意度',
      valueLabels: [
        { value: 98, label: '不知道' },
        { value: 99, label: '拒答' },
      ],
      missing: [{ from: 90, to: 99 }, -1],
      measure: 'scale',
    });
    expect(table.columns![6]).toMatchObject({
      valueLabels: [{ value: '价格', label: '价格太高' }],
      missing: ['拒答'],
    });
    const long = `${'头'.padEnd(398, 'x')}尾`;
    expect(rows.map(({ cells }) => cells)).toEqual([
      [
        1,
        '一号店',
        8.5,
        { kind: 'date', iso: '2016-05-09' },
        '短',
        { kind: 'date', iso: '2016-05-09T14:30:00' },
        null,
      ],
      [
        2,
        '二号店',
        null,
        { kind: 'date', iso: '2016-05-10' },
        long,
        { kind: 'date', iso: '2016-05-10T00:00:00' },
        '价格',
      ],
    ]);
  }
});
