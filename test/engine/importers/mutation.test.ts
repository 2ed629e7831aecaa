import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportFault } from '../../../electron/engine/importers/import-fault.ts';
import { openTable } from '../../../electron/engine/importers/registry.ts';
import { seededRandom } from '../../../shared/math/random.ts';
import { savFile } from './sav-file.ts';
import { cellRow, workbookParts } from './workbook-file.ts';
import { zipFile } from './zip-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mutation-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const random = seededRandom(20_260_331);

/** One to four random changes: a flipped bit, a byte of its own, a cut-out or a doubled stretch. */
function mutated(bytes: Buffer): Buffer {
  let file = Buffer.from(bytes);
  for (let n = random.whole(4); n >= 0 && file.length > 1; n--) {
    const at = random.whole(file.length);
    const to = Math.min(file.length, at + 1 + random.whole(16));
    const kind = random.whole(4);
    if (kind === 0) file[at] = file[at]! ^ (1 << random.whole(8));
    else if (kind === 1) file[at] = random.whole(256);
    else if (kind === 2) file = Buffer.concat([file.subarray(0, at), file.subarray(to)]);
    else file = Buffer.concat([file.subarray(0, to), file.subarray(at)]);
  }
  return file;
}

/** Reads all; a fault is an answer, anything else that is thrown is not. */
async function answers(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, content);
  try {
    const table = await openTable(path);
    try {
      for await (const { cells } of table.rows()) expect(cells).toHaveLength(table.headers.length);
    } finally {
      await table.close();
    }
    return 'read';
  } catch (error) {
    if (error instanceof ImportFault) return error.code;
    throw new Error(`mutation ${content.toString('base64')}`, { cause: error });
  }
}

const CSV = Buffer.from('经销商,城市,"评 ""分"""\n一号店,北京,8\r\n"二,号\n店",上海,9\n三号店,,\n');
const PARTS = workbookParts({
  rows: `${cellRow(1, ['dealer', 'score', 'day'])}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" s="1"><v>42499</v></c></row>`,
  texts: ['一号店 &amp;'],
  formats: ['yyyy-mm-dd'],
  before: '<cols><col min="2" max="2" hidden="1"/></cols>',
  after: '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
});
const SAV = (['none', 'bytecode', 'zlib'] as const).map((compression) =>
  savFile({
    columns: [
      { name: 'S', width: 12, label: Buffer.from('经销商') },
      { name: 'Q', missing: [98], valueLabels: [{ value: 98, label: Buffer.from('x') }], format: 20 },
    ],
    cases: Array.from({ length: 20 }, (_, i) => [Buffer.from(`店${i}`), i + 0.5]),
    compression,
    encodingName: 'UTF-8',
  }),
);

/** Mutates the XML of one part, so that its checksum is right again. */
function mutatedBook(): Buffer {
  const changed = random.whole(PARTS.length);
  return zipFile(
    PARTS.map((part, i) =>
      i === changed ? { ...part, data: mutated(Buffer.from(part.data as string)) } : part,
    ),
  );
}

test.each([
  ['text', 'a.csv', 400, () => mutated(CSV)],
  ['workbook', 'a.xlsx', 500, mutatedBook],
  ['archive', 'b.xlsx', 200, () => mutated(zipFile(PARTS))],
  ['SPSS file', 'a.sav', 600, () => mutated(SAV[random.whole(3)]!)],
] as const)(
  'a mutated %s is read or refused by a code, never anything else',
  async (_, name, times, make) => {
    const codes = new Map<string, number>();
    for (let i = 0; i < times; i++) {
      const answer = await answers(name, make());
      codes.set(answer, (codes.get(answer) ?? 0) + 1);
    }
    expect(codes.get('read') ?? 0).toBeGreaterThan(0);
    expect(codes.size).toBeGreaterThan(2);
  },
);
