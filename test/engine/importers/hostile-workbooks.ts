// Hostile workbooks, each with the code and the place that the product must name.
import { deflateRawSync } from 'node:zlib';
import type { HostileFile } from './hostile-file.ts';
import { cellRow, type WorkbookParts, workbookFile, workbookParts } from './workbook-file.ts';
import { type ZipPart, zipFile } from './zip-file.ts';

const GOOD_ROWS = cellRow(1, ['dealer', 'score']) + cellRow(2, ['a', 8]);
const book = (parts: Partial<WorkbookParts>) => workbookFile({ rows: GOOD_ROWS, ...parts });
const withRow = (xml: string, parts: Partial<WorkbookParts> = {}) =>
  book({ rows: `${GOOD_ROWS}<row r="3">${xml}</row>`, ...parts });
const withPart = (part: ZipPart) => zipFile([...workbookParts({ rows: GOOD_ROWS }), part]);

function changedPart(name: string, lie: ZipPart['lie']): Buffer {
  return zipFile(
    workbookParts({ rows: GOOD_ROWS }).map((part) => (part.name === name ? { ...part, lie } : part)),
  );
}

function flipped(): Buffer {
  const file = book({});
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const at = file.indexOf(name) + name.length + 40;
  file[at] = file[at]! ^ 0x10;
  return file;
}

const BLANK = Buffer.alloc(12 * 1024 ** 2);
const BLANK_RATIO = Math.round(BLANK.length / deflateRawSync(BLANK).length);
const SHEET_PART = 'xl/worksheets/sheet1.xml';
const at3B = { row: 3, column: 'score', sheet: 'Sheet1' } as const;
const half = book({});

export const HOSTILE_WORKBOOKS: readonly HostileFile[] = [
  {
    title: 'a zip cut in half',
    file: 'a.xlsx',
    content: half.subarray(0, half.length >> 1),
    expect: { as: 'fault', code: 'zip-cut-short' },
  },
  {
    title: 'one flipped bit in a sheet',
    file: 'b.xlsx',
    content: flipped(),
    expect: { as: 'fault', code: 'zip-checksum', value: SHEET_PART },
  },
  {
    title: '1,001 parts',
    file: 'c.xlsx',
    content: zipFile(Array.from({ length: 1001 }, (_, i) => ({ name: `p${i}`, data: '' }))),
    expect: { as: 'fault', code: 'zip-too-many-entries', value: '1001' },
  },
  {
    title: 'a part of 600 MB',
    file: 'd.xlsx',
    content: changedPart(SHEET_PART, { size: 600 * 1024 ** 2 }),
    expect: { as: 'fault', code: 'zip-part-too-large', value: SHEET_PART },
  },
  {
    title: 'three parts of 400 MB',
    file: 'e.xlsx',
    content: zipFile(['a', 'b', 'c'].map((name) => ({ name, data: '', lie: { size: 400 * 1024 ** 2 } }))),
    expect: { as: 'fault', code: 'zip-too-large' },
  },
  {
    title: 'a part that unpacks to more than it says',
    file: 'f.xlsx',
    content: withPart({ name: 'bomb', data: Buffer.alloc(50_000_000), lie: { size: 10 } }),
    expect: { as: 'fault', code: 'zip-damaged', value: 'bomb' },
  },
  {
    title: 'a part that points at the header of another',
    file: 'g.xlsx',
    content: withPart({ name: 'twin.xml', data: '<a/>', lie: { headerStart: 0, localName: 'x' } }),
    expect: { as: 'fault', code: 'zip-damaged', value: 'twin.xml' },
  },
  {
    title: 'overlapping parts',
    file: 'g2.xlsx',
    content: overlapping(),
    expect: { as: 'fault', code: 'zip-overlap', value: 'outer' },
  },
  {
    title: 'a part named ../x',
    file: 'h.xlsx',
    content: withPart({ name: '../x', data: '' }),
    expect: { as: 'fault', code: 'zip-bad-name', value: '../x' },
  },
  {
    title: 'a part that is there twice',
    file: 'i.xlsx',
    content: withPart({ name: 'XL/workbook.xml', data: '<a/>' }),
    expect: { as: 'fault', code: 'zip-duplicate-part', value: 'XL/workbook.xml' },
  },
  {
    title: 'a part with a password',
    file: 'j.xlsx',
    content: changedPart(SHEET_PART, { flags: 0x801 }),
    expect: { as: 'fault', code: 'password-protected' },
  },
  {
    title: 'an unknown compression',
    file: 'k.xlsx',
    content: changedPart(SHEET_PART, { method: 99 }),
    expect: { as: 'fault', code: 'zip-unsupported', value: 'method 99' },
  },
  {
    title: 'a document type',
    file: 'l.xlsx',
    content: book({ prolog: '<!DOCTYPE x [<!ENTITY a "aaaa">]>' }),
    expect: { as: 'fault', code: 'xml-doctype', value: SHEET_PART },
  },
  {
    title: 'a sheet whose XML is not closed',
    file: 'm.xlsx',
    content: book({ after: '<mergeCells>' }),
    expect: { as: 'fault', code: 'xml-malformed', value: SHEET_PART },
  },
  {
    title: 'a text document named .xlsx',
    file: 'n.xlsx',
    content: zipFile([{ name: 'word/document.xml', data: '<w/>' }]),
    expect: { as: 'fault', code: 'not-a-workbook', value: 'word/document.xml' },
  },
  {
    title: 'a sheet that is not there',
    file: 'o.xlsx',
    content: book({}),
    options: { sheet: '一季度' },
    expect: { as: 'fault', code: 'sheet-missing', value: '一季度' },
  },
  {
    title: 'a text index out of range',
    file: 'p.xlsx',
    content: withRow('<c r="B3" t="s"><v>7</v></c>', { texts: ['one'] }),
    expect: { as: 'row', code: 'shared-string-missing', ...at3B, value: '7' },
  },
  {
    title: 'a formula without its result',
    file: 'q.xlsx',
    content: withRow('<c r="B3"><f>AVERAGE(B1:B2)</f></c>'),
    expect: { as: 'row', code: 'formula-without-value', ...at3B },
  },
  {
    title: '#N/A as a score',
    file: 'r.xlsx',
    content: withRow('<c r="B3" t="e"><v>#N/A</v></c>'),
    expect: { as: 'row', code: 'error-cell', ...at3B, value: '#N/A' },
  },
  {
    title: '1e309 as a score',
    file: 's.xlsx',
    content: withRow('<c r="B3"><v>1e309</v></c>'),
    expect: { as: 'row', code: 'number-not-finite', ...at3B, value: '1e309' },
  },
  {
    title: 'NaN as a score',
    file: 's2.xlsx',
    content: withRow('<c r="B3"><v>NaN</v></c>'),
    expect: { as: 'row', code: 'number-not-finite', ...at3B, value: 'NaN' },
  },
  {
    title: 'day 60 of the 1900 system',
    file: 't.xlsx',
    content: withRow('<c r="B3" s="1"><v>60</v></c>', { formats: ['yyyy-mm-dd'] }),
    expect: { as: 'row', code: 'date-impossible', ...at3B, value: '60' },
  },
  {
    title: 'the same cell twice',
    file: 'u.xlsx',
    content: withRow('<c r="B3"><v>1</v></c><c r="B3"><v>2</v></c>'),
    expect: { as: 'row', code: 'duplicate-cell', ...at3B, value: '2' },
  },
  {
    title: 'half of a surrogate pair in a text',
    file: 'v.xlsx',
    content: withRow('<c r="B3" t="inlineStr"><is><t>a&#xD800;</t></is></c>'),
    expect: { as: 'row', code: 'lone-surrogate', ...at3B, value: 'a\ufffd' },
  },
  {
    title: 'a value far outside the header',
    file: 'w.xlsx',
    content: withRow('<c r="XFD3"><v>5</v></c>'),
    expect: { as: 'row', code: 'too-many-fields', row: 3, column: 'XFD', sheet: 'Sheet1', value: '5' },
  },
  {
    title: 'dates counted from 1904',
    file: 'x.xlsx',
    content: book({ date1904: true }),
    expect: { as: 'warning', code: 'date-1904' },
  },
  {
    title: 'a hidden sheet',
    file: 'y.xlsx',
    content: book({ sheets: [{ name: 'Sheet1' }, { name: '底稿', state: 'veryHidden' }] }),
    expect: { as: 'warning', code: 'hidden-sheet', sheet: '底稿', value: '底稿' },
  },
  {
    title: 'a merged header',
    file: 'z.xlsx',
    content: book({
      after: '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
      rows: cellRow(1, ['a']) + cellRow(2, [1, 2]),
    }),
    expect: { as: 'warning', code: 'merged-header', row: 1, sheet: 'Sheet1' },
  },
  {
    title: 'merged cells among the data',
    file: 'z1.xlsx',
    content: book({ after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' }),
    expect: { as: 'warning', code: 'merged-cells', row: 2, sheet: 'Sheet1' },
  },
  {
    title: 'hidden columns',
    file: 'z2.xlsx',
    content: book({ before: '<cols><col min="2" max="16384" hidden="1"/></cols>' }),
    expect: { as: 'warning', code: 'hidden-columns', column: 'score', sheet: 'Sheet1' },
  },
  {
    title: 'hidden rows',
    file: 'z3.xlsx',
    content: book({ rows: `${GOOD_ROWS}<row r="3" hidden="1"><c r="A3"><v>1</v></c></row>` }),
    expect: { as: 'warning', code: 'hidden-rows', row: 3, sheet: 'Sheet1' },
  },
  {
    title: 'a part packed unusually tightly',
    file: 'z6.xlsx',
    content: withPart({ name: 'media/blank.bin', data: BLANK }),
    expect: { as: 'warning', code: 'zip-high-ratio', value: `${BLANK_RATIO}:1` },
  },
  {
    title: 'a title above the header',
    file: 'z7.xlsx',
    content: book({ rows: cellRow(1, ['2016']) + cellRow(2, ['dealer', 'score']) + cellRow(3, ['a', 8]) }),
    expect: { as: 'warning', code: 'title-skipped', row: 1, sheet: 'Sheet1' },
  },
  {
    title: 'a workbook without rows',
    file: 'z4.xlsx',
    content: book({ rows: cellRow(1, ['dealer', 'score']) }),
    expect: { as: 'fault', code: 'header-only', sheet: 'Sheet1' },
  },
  {
    title: 'a workbook named .csv',
    file: 'z5.csv',
    content: book({}),
    expect: { as: 'warning', code: 'extension-mismatch', value: 'xlsx' },
  },
];

/** An outer part whose stored data contain a second local header, both listed. */
function overlapping(): Buffer {
  const inner = zipFile([{ name: 'inner', data: 'x' }]);
  const local = inner.subarray(0, inner.indexOf(Buffer.from('504b0102', 'hex')));
  const file = zipFile([
    { name: 'outer', data: 'y'.repeat(40) },
    { name: 'inner', data: 'x' },
  ]);
  const second = file.indexOf(local);
  // The directory says that the outer part is longer than it is: its data now run into the second header.
  const entry = file.indexOf(Buffer.from('504b0102', 'hex'));
  file.writeUInt32LE(second, entry + 20);
  return file;
}
