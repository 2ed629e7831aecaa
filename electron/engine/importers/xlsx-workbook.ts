// The parts of a workbook around its sheets: which sheets there are, the shared texts, which styles are dates.

import { MAX_CELL_LENGTH } from './csv-survey.ts';
import { ImportFault } from './import-fault.ts';
import type { SourceFile } from './source-file.ts';
import type { SheetInfo } from './table.ts';
import { attribute, type XmlHandler, XmlScanner } from './xml-scan.ts';
import { type CheckedZip, partBytes } from './zip-check.ts';
import type { ZipEntry } from './zip-directory.ts';

export interface WorkbookSheet extends SheetInfo {
  part: ZipEntry;
}

export const LAST_ROW = 1_048_576;
const MAX_HINTS = 100;

export type CellStyle = 'plain' | 'date' | 'time';

export interface Workbook {
  sheets: WorkbookSheet[];
  date1904: boolean;
  texts: readonly string[];
  styles: readonly CellStyle[];
}

type Relations = { id: string; kind: string; target: string }[];

/** Feeds a part through the scanner piece by piece. Text that is no UTF-8 is refused. */
export async function* scanPart(
  source: SourceFile,
  entry: ZipEntry,
  handler: XmlHandler,
  signal?: AbortSignal,
): AsyncGenerator<void> {
  const scanner = new XmlScanner(handler, entry.name);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Buffer) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new ImportFault('xml-malformed', { value: entry.name }, error);
    }
  };
  for await (const piece of partBytes(source, entry, signal)) {
    scanner.push(decode(piece));
    yield;
  }
  scanner.push(decode());
  scanner.end();
}

async function readPart(source: SourceFile, entry: ZipEntry, handler: XmlHandler): Promise<void> {
  for await (const _ of scanPart(source, entry, handler));
}

export async function readWorkbook(source: SourceFile, zip: CheckedZip): Promise<Workbook> {
  const part = (path: string) => zip.entries.get(path.toLowerCase());
  const root = part('_rels/.rels');
  const main = root && (await readRelations(source, root, '')).find(({ kind }) => kind === 'officeDocument');
  const book = main && part(main.target);
  if (!book?.name.endsWith('.xml') || !/^xl\/|workbook/i.test(book.name))
    throw new ImportFault('not-a-workbook', {
      value: book?.name ?? [...zip.entries.values()][0]?.name ?? 'zip',
    });
  const folder = book.name.slice(0, book.name.lastIndexOf('/') + 1);
  const relationsPart = part(`${folder}_rels/${book.name.slice(folder.length)}.rels`);
  const relations = relationsPart ? await readRelations(source, relationsPart, folder) : [];
  const { listed, date1904 } = await readSheetList(source, book);
  const sheets = listed.flatMap(({ name, hidden, id }): WorkbookSheet[] => {
    const relation = relations.find((candidate) => candidate.id === id);
    if (relation && relation.kind !== 'worksheet') return [];
    const entry = relation && part(relation.target);
    if (!entry) throw new ImportFault('sheet-missing', { value: name });
    return [{ name, hidden, part: entry }];
  });
  if (sheets.length === 0) throw new ImportFault('not-a-workbook', { value: book.name });
  const ofKind = (kind: string) => part(relations.find((relation) => relation.kind === kind)?.target ?? '');
  const texts = ofKind('sharedStrings');
  const styles = ofKind('styles');
  for (const sheet of sheets.slice(0, MAX_HINTS)) sheet.rows = await rowsHint(source, sheet.part);
  return {
    sheets,
    date1904,
    texts: texts ? await readTexts(source, texts) : [],
    styles: styles ? await readStyles(source, styles) : [],
  };
}

/** Rows as the dimension at the head of the sheet has it; none for the whole-sheet dimension of careless writers. */
async function rowsHint(source: SourceFile, part: ZipEntry): Promise<number | undefined> {
  for await (const piece of partBytes(source, part)) {
    const rows = /<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(piece.toString('latin1'))?.[1];
    return rows === undefined || Number(rows) >= LAST_ROW ? undefined : Number(rows);
  }
  return undefined;
}

async function readRelations(source: SourceFile, entry: ZipEntry, folder: string): Promise<Relations> {
  const relations: Relations = [];
  await readPart(source, entry, {
    open(name, raw) {
      if (name !== 'Relationship') return;
      const [id, type, target] = ['Id', 'Type', 'Target'].map((key) => attribute(raw, key, entry.name) ?? '');
      if (attribute(raw, 'TargetMode') === 'External') return;
      relations.push({
        id: id!,
        kind: type!.slice(type!.lastIndexOf('/') + 1),
        target: resolved(folder, target!),
      });
    },
    close() {},
  });
  return relations;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

async function readSheetList(source: SourceFile, book: ZipEntry) {
  const listed: { name: string; hidden: boolean; id: string }[] = [];
  let date1904 = false;
  await readPart(source, book, {
    open(name, raw) {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attribute(raw, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const hidden = (attribute(raw, 'state') ?? 'visible') !== 'visible';
      listed.push({ name: attribute(raw, 'name', book.name) ?? '', hidden, id: attribute(raw, 'id') ?? '' });
    },
    close() {},
  });
  return { listed, date1904 };
}

/** The shared texts; phonetic hints (`rPh`) are no part of a text. */
async function readTexts(source: SourceFile, entry: ZipEntry): Promise<string[]> {
  const texts: string[] = [];
  let text = '';
  let inText = false;
  let phonetic = 0;
  await readPart(source, entry, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic++;
      else if (name === 't') inText = phonetic === 0;
    },
    text(piece) {
      if (!inText) return;
      text += piece;
      if (text.length > MAX_CELL_LENGTH) throw new ImportFault('cell-too-long', { value: text });
    },
    close(name) {
      if (name === 'si') texts.push(unescaped(text));
      else if (name === 'rPh') phonetic--;
      else if (name === 't') inText = false;
    },
  });
  return texts;
}

/** Characters that XML cannot hold are written `_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

async function readStyles(source: SourceFile, entry: ZipEntry): Promise<CellStyle[]> {
  const formats = new Map<number, string>();
  const ids: number[] = [];
  let inCellStyles = false;
  await readPart(source, entry, {
    open(name, raw) {
      if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'numFmt')
        formats.set(Number(attribute(raw, 'numFmtId')), attribute(raw, 'formatCode', entry.name) ?? '');
      else if (name === 'xf' && inCellStyles) ids.push(Number(attribute(raw, 'numFmtId') ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return ids.map((id) => styleOf(id, formats.get(id)));
}

/** Built-in ids first (27-36 and 50-58 are the East Asian dates), then the format's own letters. */
export function styleOf(id: number, format: string | undefined): CellStyle {
  if (format === undefined) {
    if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time';
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'plain';
  }
  const letters = format
    .split(';', 1)[0]!
    .replaceAll(/"[^"]*"|\\.|[_*]./g, '')
    .replaceAll(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (letters.trim() === 'general') return 'plain';
  if (/[yd]|^m+$|mmm/.test(letters)) return 'date';
  return /[hs]/.test(letters) ? 'time' : 'plain';
}
