import type { TableSection } from './document.ts';

/**
 * A table twice: cut to `max` rows for the page, with `more(count)` under it when rows were left out, and whole for
 * the workbook. A table that fits comes back once, for both.
 * Example: ten rows and `max` 4 give a page table with the note `more(6)` and a sheet table of ten rows.
 */
export function capForPrint(
  table: TableSection,
  max: number,
  more: (count: number) => string,
): TableSection[] {
  if (table.rows.length <= max) return [{ ...table, medium: 'both' }];
  return [
    { ...table, medium: 'page', rows: table.rows.slice(0, max), note: more(table.rows.length - max) },
    { ...table, medium: 'sheet' },
  ];
}
