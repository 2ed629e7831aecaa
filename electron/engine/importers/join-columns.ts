// Columns of one question with several answers, read as one more column of choices.
import { CHOICE_SEPARATOR, joinedReader } from '../../../shared/domain/joined-columns.ts';
import type { JoinedColumns } from '../../../shared/domain/study-mapping.ts';
import type { ColumnMeaning, RawCell, RawRow, Table } from './table.ts';
import { cellText, plainText } from './values.ts';

interface Joined {
  set: JoinedColumns;
  /** Where its columns stand; -1 for one that the table lacks. */
  members: number[];
  at: number;
  cellOf(cells: readonly string[]): string | null;
}

/** The table with a column for each question; one that has its name already, as in a correction file, is made anew. */
export function joinColumns(
  table: Table,
  sets: readonly JoinedColumns[],
): Pick<Table, 'headers' | 'columns' | 'rows'> {
  const headers = [...table.headers];
  const places = new Map(headers.map((header, i) => [plainText(header), i]));
  const joined = sets.map((set): Joined => {
    const members = set.columns.map(({ column }) => places.get(plainText(column)) ?? -1);
    const known = places.get(plainText(set.name));
    const at = known ?? headers.push(set.name) - 1;
    places.set(plainText(set.name), at);
    return { set, members, at, cellOf: joinedReader(set) };
  });
  return {
    headers,
    columns: meanings(table, headers, joined),
    rows: (signal) => joinedRows(table, headers, joined, signal),
  };
}

async function* joinedRows(
  table: Table,
  headers: readonly string[],
  joined: readonly Joined[],
  signal: AbortSignal | undefined,
): AsyncGenerator<RawRow> {
  for await (const row of table.rows(signal)) {
    const cells: RawCell[] = headers.map((_, i) => row.cells[i] ?? null);
    for (const { members, at, cellOf } of joined)
      cells[at] = cellOf(members.map((member) => plainText(cellText(row.cells[member] ?? null))));
    yield {
      ...row,
      cells,
      ...(row.names ? { names: headers.map((header, i) => row.names![i] ?? header) } : {}),
    };
  }
}

function meanings(table: Table, headers: readonly string[], joined: readonly Joined[]): ColumnMeaning[] {
  const columns = headers.map((_, i) => table.columns?.[i] ?? {});
  for (const { set, members, at } of joined) {
    const labels = members.flatMap((member) => table.columns?.[member]?.valueLabels ?? []);
    const shared = [...new Map(labels.map((one) => [String(one.value), one])).values()];
    for (const member of members) if (member >= 0) columns[member] = { ...columns[member], partOf: set.name };
    columns[at] = {
      measure: 'nominal',
      choicesBy: CHOICE_SEPARATOR,
      ...(set.chosen === undefined && shared.length > 0 ? { valueLabels: shared } : {}),
    };
  }
  return columns;
}
