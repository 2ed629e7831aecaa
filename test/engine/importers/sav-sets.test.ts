import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import type { RawCell, Table } from '../../../electron/engine/importers/table.ts';
import { type SavParts, savFile } from './sav-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sav-sets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function readPath(path: string): Promise<{ table: Table; cells: Record<string, RawCell>[] }> {
  const table = await openTable(path);
  const cells: Record<string, RawCell>[] = [];
  try {
    for await (const row of table.rows())
      cells.push(Object.fromEntries(table.headers.map((header, i) => [header, row.cells[i] ?? null])));
  } finally {
    await table.close();
  }
  return { table, cells };
}

function read(parts: SavParts) {
  const path = join(folder, 'data.sav');
  writeFileSync(path, savFile(parts));
  return readPath(path);
}

const utf8 = (text: string) => Buffer.from(text);
const meaningOf = (table: Table, header: string) => table.columns![table.headers.indexOf(header)]!;

const PARTS: SavParts = {
  columns: [
    { name: 'ID' },
    { name: 'WEB', label: utf8('网站'), valueLabels: [{ value: 1, label: utf8('看过网站') }] },
    { name: 'SHOP', label: utf8('门店') },
    { name: 'FIRST', valueLabels: [{ value: 1, label: utf8('价格') }], missing: [99] },
    { name: 'SECOND', valueLabels: [{ value: 2, label: utf8('服务') }], missing: [99] },
  ],
  cases: [
    [1, 1, 1, 2, 1],
    [2, 0, 1, 1, 99],
    [3, 0, 0, 99, 99],
    [4, null, null, 1, 1],
  ],
  encodingName: 'UTF-8',
};

/** Length in bytes, a blank, the text: as the records write it. */
const sized = (text: string) => `${Buffer.byteLength(text)} ${text}`;

test('dichotomies and categories are each one column of choices, none chosen being no blank', async () => {
  const lines = `$seen=D${sized('1')} ${sized('渠道')} web shop\n$why=C ${sized('原因')} first second\n`;
  const { table, cells } = await read({ ...PARTS, sets: [{ subtype: 7, text: lines }] });
  expect(table.headers.slice(5)).toEqual(['$seen', '$why']);
  expect(cells.map((row) => [row.$seen, row.$why])).toEqual([
    ['WEB|SHOP', '2|1'],
    ['SHOP', '1'],
    ['|', null],
    [null, '1'],
  ]);
  expect(meaningOf(table, '$seen')).toMatchObject({
    label: '渠道',
    choicesBy: '|',
    valueLabels: [
      { value: 'WEB', label: '网站' },
      { value: 'SHOP', label: '门店' },
    ],
  });
  expect(meaningOf(table, '$why').valueLabels).toEqual([
    { value: 1, label: '价格' },
    { value: 2, label: '服务' },
  ]);
  expect(['WEB', 'FIRST', 'ID'].map((name) => meaningOf(table, name).partOf)).toEqual([
    '$seen',
    '$why',
    undefined,
  ]);
  expect(table.warnings).toEqual([]);
});

test('a set of the newer kind is named by its counted values, and a label may hold a line break', async () => {
  const text = `$seen=E 1 ${sized('1')} ${sized('渠道\n（可多选）')} web shop\n`;
  const { table } = await read({ ...PARTS, sets: [{ subtype: 19, text }] });
  expect(meaningOf(table, '$seen')).toMatchObject({
    label: '渠道\n（可多选）',
    valueLabels: [{ label: '看过网站' }, { label: '门店' }],
  });
});

test.each([
  ['a column that is not there', '$seen=D1 1 1 x web gone\n', '$seen: gone'],
  ['one column only', '$seen=C 1 x web\n', '$seen'],
  ['a length beyond the record', '$seen=C 9999999 x web shop\n', '$seen=C 9999999 x web shop'],
  ['an absurd length', '$seen=D99999999999 1 1 x web shop\n', '$seen=D99999999999 1 1 x web shop'],
  ['a negative length', '$seen=C -1 x web shop\n', '$seen=C -1 x web shop'],
  ['another kind', '$seen=Q 1 x web shop\n', '$seen=Q 1 x web shop'],
  ['no name', '=C 1 x web shop\n', '=C 1 x web shop'],
  ['bytes of nothing', Buffer.from([0x24, 0xff, 0xfe, 0x01, 0x0a]), '$��\u2401'],
])('a set with %s is left out with a warning, the rest is read', async (_, text, value) => {
  const good = `$why=C ${sized('原因')} first second\n`;
  const sets = [{ subtype: 7, text: Buffer.concat([Buffer.from(text as string), utf8(good)]) }] as const;
  const { table, cells } = await read({ ...PARTS, sets });
  expect(table.headers).toEqual(['ID', 'WEB', 'SHOP', 'FIRST', 'SECOND', '$why']);
  expect(table.warnings).toMatchObject([{ code: 'sav-set-left-out', severity: 'warning', value }]);
  expect(cells).toHaveLength(4);
});

test('a file cut within its sets is refused, and a record that announces more than there is too', async () => {
  const text = `$why=C ${sized('原因')} first second\n`;
  const whole = savFile({ ...PARTS, sets: [{ subtype: 7, text }] });
  const at = whole.indexOf('$why');
  const path = join(folder, 'cut.sav');
  const faultOf = async (content: Buffer) => {
    writeFileSync(path, content);
    return readPath(path).then(
      () => undefined,
      (error: unknown) => (error as ImportFault).code,
    );
  };
  for (let length = at - 16; length < at + Buffer.byteLength(text); length += 3)
    expect(await faultOf(whole.subarray(0, length))).toBe('sav-cut-short');
  const absurd = Buffer.from(whole);
  absurd.writeInt32LE(0x7fffffff, at - 4);
  expect(await faultOf(absurd)).toBe('sav-malformed');
});

test('a record of nothing but line ends or of a million false sets is passed in no time', async () => {
  const { table } = await read({
    ...PARTS,
    sets: [
      { subtype: 7, text: '\n'.repeat(2_000_000) },
      { subtype: 19, text: 'x\n'.repeat(1_000_000) },
    ],
  });
  expect(table.headers).toHaveLength(5);
  expect(table.warnings.length).toBeLessThan(2000);
});

const SYNTAX = `
DATA LIST LIST (';') /id (F8.0) 渠道网站 渠道朋友 渠道广告 first second (F2.0) s1 s2 (A6).
BEGIN DATA
1;1;0;1;1;2;Yes;No
2;0;0;0;3;;No;No
3;;;;;;;
END DATA.
VARIABLE LABELS 渠道网站 '网站' 渠道朋友 '朋友' 渠道广告 '广告' s1 'Alpha' s2 'Beta'.
VALUE LABELS first second 1 '价格' 2 '服务' 3 '距离'.
MRSETS /MDGROUP NAME=$channel LABEL='信息渠道' VARIABLES=渠道网站 渠道朋友 渠道广告 VALUE=1
 /MCGROUP NAME=$reason LABEL='选择原因' VARIABLES=first second
 /MDGROUP NAME=$said CATEGORYLABELS=COUNTEDVALUES VARIABLES=s1 s2 VALUE='Yes'.
`;

test('sets that PSPP wrote are read', async (context) => {
  const [syntax, path] = [join(folder, 'make.sps'), join(folder, 'pspp.sav')];
  writeFileSync(syntax, `${SYNTAX}SAVE OUTFILE='${path}'.\n`);
  const run = spawnSync('pspp', [syntax], { encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8' } });
  if (run.error) {
    console.warn('pspp is not installed: its sets were not read.');
    return context.skip();
  }
  expect(run.status).toBe(0);
  const { table, cells } = await readPath(path);
  expect(table.warnings).toEqual([]);
  expect(cells.map((row) => [row.$channel, row.$reason, row.$said])).toEqual([
    ['渠道网站|渠道广告', '1|2', 's1'],
    ['|', '3', '|'],
    [null, null, null],
  ]);
  expect(meaningOf(table, '$channel')).toMatchObject({
    label: '信息渠道',
    valueLabels: [{ label: '网站' }, { label: '朋友' }, { label: '广告' }],
  });
});
