/** A table from the clipboard, as text that reads the same everywhere. */
export interface PastedTable {
  /** Comma-separated text, every cell that needs it in quotation marks. */
  text: string;
  rows: number;
  columns: number;
}

/** The longest text that is taken, in UTF-16 units; a spreadsheet of this size is better chosen as a file. */
export const MOST_PASTED = 20_000_000;

/**
 * What a spreadsheet puts on the clipboard: cells between tabs, rows between line ends; a cell with a tab, a line end or
 * leading quotation mark may stand in quotation marks, but a mark that is never closed before a tab or line end is plain
 * text. Text without any tab is a table in another form and is handed on as it is. Blank rows at the end are left out.
 * Example: `pastedTable('店\t分\r\n5" 轮\t8')` has 2 rows, 2 columns and the cell `5" 轮`.
 */
export function pastedTable(pasted: string): PastedTable {
  const text = pasted.replace(/^\ufeff/, '');
  const rows = text.includes('\t') ? cellsOf(text) : linesOf(text);
  while (rows.length > 0 && rows.at(-1)!.every((cell) => cell.trim() === '')) rows.pop();
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (!text.includes('\t')) return { text, rows: rows.length, columns };
  return { text: rows.map((row) => row.map(quoted).join(',')).join('\n'), rows: rows.length, columns };
}

function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    row.push(cell);
    if (text[end] === '\t') {
      at = end + 1;
      continue;
    }
    rows.push(row);
    row = [];
    at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    if (at >= text.length) break;
  }
  return rows;
}

const END = /[\t\r\n]/g;

function plainCell(text: string, from: number): { cell: string; end: number } {
  END.lastIndex = from;
  const end = END.exec(text)?.index ?? text.length;
  return { cell: text.slice(from, end), end };
}

function quotedCell(text: string, from: number): { cell: string; end: number } {
  for (let at = from + 1; ; ) {
    const mark = text.indexOf('"', at);
    if (mark < 0) return plainCell(text, from);
    if (text[mark + 1] === '"') {
      at = mark + 2;
      continue;
    }
    const after = text[mark + 1];
    if (after !== undefined && !/[\t\r\n]/.test(after)) return plainCell(text, from);
    return { cell: text.slice(from + 1, mark).replaceAll('""', '"'), end: mark + 1 };
  }
}

function linesOf(text: string): string[][] {
  return text.split(/\r\n|\n|\r/).map((line) => line.split(/[,;|]/));
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
