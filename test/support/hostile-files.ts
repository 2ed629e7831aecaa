// Hostile input files, each with the code and the place that the product must name. Built when a test runs.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostileFile } from '../engine/importers/hostile-file.ts';
import { HOSTILE_WORKBOOKS } from '../engine/importers/hostile-workbooks.ts';
import { type SavParts, savFile } from '../engine/importers/sav-file.ts';

/** Puts the file into the folder and returns its path. */
export function placeHostile(hostile: HostileFile, folder: string): string {
  const path = join(folder, hostile.file);
  if (typeof hostile.content === 'function') hostile.content(path);
  else writeFileSync(path, hostile.content);
  return path;
}

const HEADER = 'dealer,city,score\n';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
/** 经销商,城市,评分 / 一号店,北京,8 in GB18030. */
const GBK_TABLE = Buffer.from('beadcffac9cc2cb3c7caf02cc6c0b7d60ad2bbbac5b5ea2cb1b1bea92c380a', 'hex');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** A container whose directory stands behind 200 kB of data, as in real files. */
function oleWith(stream: string): Buffer {
  const file = Buffer.alloc(512 * 402);
  OLE.copy(file);
  file.writeUInt16LE(9, 0x1e);
  file.writeUInt32LE(400, 0x30);
  utf16('Root Entry').copy(file, 512 * 401);
  utf16(stream).copy(file, 512 * 401 + 128);
  return file;
}

function csvWith(row: number, line: Buffer): Buffer {
  const before = HEADER + Array.from({ length: row - 2 }, (_, i) => `店${i},北京,8\n`).join('');
  return Buffer.concat([Buffer.from(before), line, Buffer.from('店末,上海,9\n')]);
}

const TEXT_FILES: readonly HostileFile[] = [
  { title: 'an empty file', file: 'a.csv', content: '', expect: { as: 'fault', code: 'empty-file' } },
  {
    title: 'a byte-order mark alone',
    file: 'b.csv',
    content: '\ufeff',
    expect: { as: 'fault', code: 'empty-file' },
  },
  {
    title: 'a header without rows',
    file: 'c.csv',
    content: HEADER,
    expect: { as: 'fault', code: 'header-only' },
  },
  {
    title: 'GB18030 without a mark',
    file: 'd.csv',
    content: GBK_TABLE,
    expect: { as: 'warning', code: 'encoding-guessed', value: 'gb18030' },
  },
  {
    title: 'UTF-16LE without a mark',
    file: 'e.csv',
    content: utf16('经销商,城市,评分\n一号店,北京,8\n'),
    expect: { as: 'warning', code: 'encoding-guessed', value: 'utf-16le' },
  },
  {
    title: 'a stray FF byte in row 731',
    file: 'f.csv',
    content: csvWith(731, Buffer.from('e5ba97ff2ce58c97e4baac2c380a', 'hex')),
    expect: { as: 'row', code: 'bad-byte', row: 731, column: 'dealer', value: '店\ufffd' },
  },
  {
    title: 'half of a surrogate pair in UTF-8',
    file: 'g.csv',
    content: csvWith(5, Buffer.from('e5ba97eda0802ce58c97e4baac2c380a', 'hex')),
    expect: { as: 'row', code: 'bad-byte', row: 5, column: 'dealer', value: '店\ufffd\ufffd\ufffd' },
  },
  {
    title: 'bytes of no known encoding',
    file: 'h.csv',
    content: Buffer.concat([Buffer.from(HEADER), Buffer.from('ff2cff2cff0aff2cff2cff0aff2cfe2c310a', 'hex')]),
    expect: { as: 'fault', code: 'encoding-unknown' },
  },
  {
    title: 'an encoding that is not offered',
    file: 'h2.csv',
    content: `${HEADER}a,b,1\n`,
    options: { encoding: 'ebcdic' },
    expect: { as: 'fault', code: 'encoding-unknown', value: 'ebcdic' },
  },
  {
    title: 'a NUL in a cell',
    file: 'i.csv',
    content: `${HEADER}a,b,1\nc,d\0d,2\n`,
    expect: { as: 'row', code: 'nul-character', row: 3, column: 'city', value: 'd␀d' },
  },
  {
    title: 'a quotation mark that is never closed',
    file: 'j.csv',
    content: `${HEADER}a,b,1\nc,"d,2\ne,f,3\n`,
    expect: { as: 'fault', code: 'quote-not-closed', row: 3, column: '#2' },
  },
  {
    title: 'text behind a closing quotation mark',
    file: 'k.csv',
    content: `${HEADER}a,b,1\n"c"c,d,2\n`,
    expect: { as: 'fault', code: 'stray-quote', row: 3, column: '#1' },
  },
  {
    title: 'mixed line ends',
    file: 'l.csv',
    content: 'dealer,city,score\r\na,b,1\nc,d,2\r\n',
    expect: { as: 'warning', code: 'mixed-line-ends' },
  },
  {
    title: 'a field too many',
    file: 'm.csv',
    content: `${HEADER}a,b,1\nc,d,2,extra\n`,
    expect: { as: 'row', code: 'too-many-fields', row: 3, value: 'extra' },
  },
  {
    title: 'a field too few',
    file: 'n.csv',
    content: `${HEADER}a,b,1\nc,d\n`,
    expect: { as: 'row', code: 'too-few-fields', row: 3, value: '2' },
  },
  {
    title: 'a header that occurs twice',
    file: 'o.csv',
    content: 'dealer,score,score\na,1,2\n',
    expect: { as: 'warning', code: 'duplicate-header', row: 1, column: 'score (2)', value: 'score' },
  },
  {
    title: 'a blank header',
    file: 'p.csv',
    content: 'dealer, ,score\na,1,2\n',
    expect: { as: 'warning', code: 'blank-header', row: 1, column: '#2' },
  },
  {
    title: 'a header named __proto__',
    file: 'q.csv',
    content: 'dealer,__proto__\na,1\n',
    expect: { as: 'fault', code: 'reserved-header', row: 1, column: '__proto__', value: '__proto__' },
  },
  {
    title: 'a cell of 16 MB',
    file: 'r.csv',
    content: `${HEADER}a,b,1\nc,${'x'.repeat(16 * 1024 ** 2)},2\n`,
    expect: { as: 'fault', code: 'cell-too-long', row: 3, column: '#2' },
  },
  {
    title: '20,000 columns',
    file: 's.csv',
    content: `${Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(',')}\n1\n`,
    expect: { as: 'fault', code: 'too-many-columns', row: 1, value: '> 16384' },
  },
];

const FILE_SYSTEM: readonly HostileFile[] = [
  {
    title: 'a file of 5 GB',
    file: 'a5.csv',
    content: (path) => {
      writeFileSync(path, HEADER);
      truncateSync(path, 5 * 1024 ** 3);
    },
    expect: { as: 'fault', code: 'file-too-large' },
  },
  {
    title: 'a file that grows while it is read',
    file: 'b5.csv',
    content: `${HEADER}a,b,1\n`,
    meanwhile: (path) => appendFileSync(path, 'c,d,2\n'),
    expect: { as: 'fault', code: 'file-changed' },
  },
  {
    title: 'a file that is overwritten in place while it is read',
    file: 'c5.csv',
    content: `${HEADER}a,b,1\n`,
    meanwhile: (path) => writeFileSync(path, `${HEADER}a,b,9\n`),
    expect: { as: 'fault', code: 'file-changed' },
  },
  { title: 'a pipe', file: 'd5.csv', content: pipe, expect: { as: 'fault', code: 'not-a-file' } },
  {
    title: 'a folder',
    file: 'e5.csv',
    content: (path) => mkdirSync(path),
    expect: { as: 'fault', code: 'not-a-file' },
  },
  {
    title: 'a path to nothing',
    file: 'f5.csv',
    content: () => {},
    expect: { as: 'fault', code: 'file-missing' },
  },
  {
    title: 'a web page named .xls',
    file: 'g5.xls',
    content: '<html><table><tr><td>1</td></tr></table></html>',
    expect: { as: 'fault', code: 'html-file' },
  },
  {
    title: 'bytes of no format named .xlsx',
    file: 'h6.xlsx',
    content: Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256)),
    expect: { as: 'fault', code: 'zip-damaged', value: '.xlsx' },
  },
  {
    title: 'a GBK text named .xlsx',
    file: 'h7.xlsx',
    content: GBK_TABLE,
    expect: { as: 'fault', code: 'text-named-workbook' },
  },
  {
    title: 'text named .xlsx',
    file: 'h5.xlsx',
    content: `${HEADER}a,b,1\n`,
    expect: { as: 'fault', code: 'text-named-workbook' },
  },
  {
    title: 'an old .xls',
    file: 'i5.xls',
    content: oleWith('Workbook'),
    expect: { as: 'fault', code: 'old-xls' },
  },
  {
    title: 'a workbook with a password',
    file: 'j5.xlsx',
    content: oleWith('EncryptedPackage'),
    expect: { as: 'fault', code: 'password-protected' },
  },
  {
    title: 'an old .xls named .xlsx',
    file: 'i6.xlsx',
    content: oleWith('Workbook'),
    expect: { as: 'fault', code: 'old-xls' },
  },
  {
    title: 'an old text document',
    file: 'i7.doc',
    content: oleWith('WordDocument'),
    expect: { as: 'fault', code: 'unsupported-format', value: 'OLE' },
  },
  {
    title: 'a PDF named .csv',
    file: 'k5.csv',
    content: '%PDF-1.7\n1 0 obj',
    expect: { as: 'fault', code: 'unsupported-format', value: 'PDF' },
  },
];

function pipe(path: string): void {
  execFileSync('mkfifo', [path]);
}

const SAV: SavParts = {
  columns: [{ name: 'Q1' }, { name: 'Q2' }],
  cases: Array(50).fill([8.5, 3]),
  encodingName: 'UTF-8',
};
const sav = savFile(SAV);

const SPSS_FILES: readonly HostileFile[] = [
  {
    title: 'text named .sav',
    file: 'a.sav',
    content: `${HEADER}a,b,1\n`,
    expect: { as: 'fault', code: 'sav-bad-magic' },
  },
  {
    title: 'an SPSS file cut in its 49th case',
    file: 'b.sav',
    content: sav.subarray(0, sav.length - 20),
    expect: { as: 'fault', code: 'sav-cut-short', row: 49 },
  },
  {
    title: 'an SPSS file with a damaged zlib block',
    file: 'c.sav',
    content: withDamage(savFile({ ...SAV, compression: 'zlib' }), -90),
    expect: { as: 'fault', code: 'sav-bad-block', value: 'block 2' },
  },
  {
    title: 'an SPSS file with an unknown record',
    file: 'd.sav',
    content: withDamage(sav, 176),
    expect: { as: 'fault', code: 'sav-malformed', value: 'record 18 @176' },
  },
  {
    title: 'an SPSS file with more cases than announced',
    file: 'e.sav',
    content: savFile({ ...SAV, announced: 49 }),
    expect: { as: 'fault', code: 'sav-count-differs', value: '49 / 50' },
  },
  {
    title: 'an SPSS file without cases',
    file: 'f.sav',
    content: savFile({ ...SAV, cases: [] }),
    expect: { as: 'fault', code: 'header-only' },
  },
  {
    title: 'an SPSS text of another encoding',
    file: 'g.sav',
    content: savFile({
      columns: [{ name: 'S', width: 8 }],
      cases: [[GBK_TABLE.subarray(0, 6)]],
      encodingName: 'UTF-8',
    }),
    expect: {
      as: 'row',
      code: 'bad-byte',
      row: 1,
      column: 'S',
      value: new TextDecoder().decode(GBK_TABLE.subarray(0, 6)),
    },
  },
];

function withDamage(file: Buffer, at: number): Buffer {
  const place = at < 0 ? file.length + at : at;
  file = Buffer.from(file);
  file[place] = file[place]! ^ 0x10;
  return file;
}

export const HOSTILE_FILES: readonly HostileFile[] = [
  ...TEXT_FILES,
  ...FILE_SYSTEM,
  ...HOSTILE_WORKBOOKS,
  ...SPSS_FILES,
];
