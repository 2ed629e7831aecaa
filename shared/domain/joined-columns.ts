/** One question with several answers that a file spreads over several columns: read as one column of choices. */
import type { JoinedColumns } from './study-mapping.ts';

/** Stands between the choices of a cell; an asked row that chose none holds it alone. */
export const CHOICE_SEPARATOR = '|';

/**
 * One cell out of the columns of a question: a part is the choice it stands for, '' where it was not chosen, null where
 * the cell is empty. Null where every part is null: not asked. A separator within a choice becomes `/`.
 * Example: `joinedCell(['price', '', null])` is `price`, `joinedCell(['', ''])` is `|`.
 */
export function joinedCell(parts: readonly (string | null)[]): string | null {
  if (parts.every((part) => part === null)) return null;
  const choices = new Set(
    parts.map((part) => part?.replaceAll(CHOICE_SEPARATOR, '/').trim()).filter(Boolean),
  );
  return choices.size === 0 ? CHOICE_SEPARATOR : [...choices].join(CHOICE_SEPARATOR);
}

/**
 * Reads the cells of a question, given as text in the order of its columns ('' for an empty cell). Marks are compared
 * without regard to case. Example: with `chosen: ['1']` the cells `1, 0` of columns for price and brand are `price`.
 */
export function joinedReader({
  columns,
  chosen,
  empty,
}: JoinedColumns): (cells: readonly string[]) => string | null {
  const marks = chosen && new Set(chosen.map(folded));
  const blanks = new Set(empty.map(folded));
  const choices = columns.map(({ column, choice }) => choice.trim() || column);
  return (cells) =>
    joinedCell(
      cells.map((cell, i) => {
        const text = folded(cell);
        if (text === '' || blanks.has(text)) return null;
        if (marks === undefined) return cell;
        return marks.has(text) ? choices[i]! : '';
      }),
    );
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
