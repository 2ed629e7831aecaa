/* Rows to the file formats in which research agencies deliver. */
import { type CellValue, writeXlsx } from 'hucre/xlsx';

export type Cell = string | number | Date | null;

/** CSV with the mark that makes Excel read it as UTF-8. */
export function utf8Csv(rows: Cell[][]): Uint8Array {
  return new TextEncoder().encode(`\ufeff${csvText(rows)}`);
}

/** CSV in the national encoding, as older survey systems write it; two-byte characters only. */
export function gb18030Csv(rows: Cell[][]): Uint8Array {
  const codes = doubleByteCodes();
  const bytes: number[] = [];
  for (const character of csvText(rows)) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) bytes.push(point);
    else {
      const pair = codes.get(character);
      if (pair === undefined) throw new RangeError(`gb18030Csv: ${character} takes four bytes`);
      bytes.push(pair >> 8, pair & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

/** A workbook of one sheet; the dates in its properties are fixed so that the same rows give the same bytes. */
export async function workbook(sheet: string, rows: Cell[][]): Promise<Uint8Array> {
  const stamp = new Date('2026-01-01T00:00:00Z');
  const cells = rows.map((row) => row.map((value): CellValue => value));
  return writeXlsx({
    sheets: [{ name: sheet, rows: cells }],
    properties: { creator: 'M Motors', created: stamp, modified: stamp },
  });
}

let known: Map<string, number> | undefined;

function doubleByteCodes(): Map<string, number> {
  if (known) return known;
  known = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && [...text].length === 1 && !known.has(text)) known.set(text, (lead << 8) | trail);
    }
  return known;
}

function csvText(rows: Cell[][]): string {
  return rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function csvField(value: Cell): string {
  if (value === null) return '';
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
