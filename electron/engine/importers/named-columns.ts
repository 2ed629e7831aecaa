// A small table that a person brings, whole, its columns known by what people call them.
import { basename } from 'node:path';
import { describeIssue } from '../../../shared/domain/import-issue.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { ImportFault } from './import-fault.ts';
import { openTable } from './registry.ts';
import type { RawCell } from './table.ts';
import { cellText, plainText } from './values.ts';

export interface NamedRow<C extends string> {
  row: number;
  /** '' where the table has no such column or the cell is empty. */
  text(column: C): string;
  cell(column: C): RawCell;
}

export interface NamedTable<C extends string> {
  fileName: string;
  sha256: string;
  sheets: string[];
  columns: Set<C>;
  headers: readonly string[];
  rows: NamedRow<C>[];
}

const MOST_ROWS = 50_000;

const plain = (header: string) =>
  plainText(header)
    .replace(/[（(].*?[)）]/g, '')
    .replace(/[\s_\-*]/g, '')
    .toLowerCase();

/** Opens, reads and closes; a file that cannot be read throws what `fault` makes of the sentence. */
export async function readNamedTable<C extends string>(
  source: { path: string; fileName?: string | undefined; sheet?: string | undefined },
  calls: Record<C, readonly string[]>,
  fault: (file: string, problem: Bilingual) => Error,
): Promise<NamedTable<C>> {
  const fileName = source.fileName ?? basename(source.path);
  try {
    const table = await openTable(source.path, source.sheet === undefined ? {} : { sheet: source.sheet });
    try {
      const at = new Map<C, number>();
      table.headers.forEach((header, index) => {
        for (const [name, names] of Object.entries(calls) as [C, readonly string[]][])
          if (names.includes(plain(header)) && !at.has(name)) at.set(name, index);
      });
      const rows: NamedRow<C>[] = [];
      for await (const { row, cells } of table.rows()) {
        if (rows.length >= MOST_ROWS) break;
        const cell = (column: C) => cells[at.get(column) ?? -1] ?? null;
        rows.push({ row, cell, text: (column) => plainText(cellText(cell(column))) });
      }
      const sheets = (table.sheets ?? []).filter(({ hidden }) => !hidden).map(({ name }) => name);
      const { sha256, headers } = table;
      return { fileName, sha256, sheets, columns: new Set(at.keys()), headers, rows };
    } finally {
      await table.close();
    }
  } catch (error) {
    if (!(error instanceof ImportFault)) throw error;
    const { file: _, ...issue } = error.toIssue();
    throw fault(fileName, { zh: describeIssue(issue, 'zh-CN'), en: describeIssue(issue, 'en') });
  }
}
