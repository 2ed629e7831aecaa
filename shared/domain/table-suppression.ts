import { suppress } from './suppression.ts';

/** The printed table: effective bases by row, then column, and for either side where each entry is a part of. */
export interface PrintedTable {
  /** `rowSums[r]` is the row that row r adds up into, -1 for none; sums stand before their parts. */
  rowSums: readonly number[];
  columnSums: readonly number[];
  /** `bases[r][c]`, 0 where nobody answered. */
  bases: readonly Float64Array[];
  /** 1 where something else already asks for a cell to be hidden. */
  hidden: readonly Uint8Array[];
}

const MOST_ROUNDS = 12;

/**
 * Hides, in place, every cell of a printed table whose base is below `least`, and those that would give one of them
 * away by subtraction along a row or a column, until nothing changes: a cell hidden for the sake of one direction is
 * protected in the other too. Returns how many cells with answers are hidden.
 * Example: a total row over 5, 25 and 70 at `least` 10 hides the 5 and the 25.
 */
export function suppressTable({ rowSums, columnSums, bases, hidden }: PrintedTable, least: number): number {
  const rows = bases.length;
  const columns = columnSums.length;
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) if (isSmall(bases[r]![c]!, least)) hidden[r]![c] = 1;
  let changed = hidden.some((row) => row.includes(1));
  for (let round = 0; changed && round < MOST_ROUNDS; round++) {
    changed = false;
    for (let c = 0; c < columns; c++)
      if (
        protectLine(
          rowSums,
          least,
          (r) => bases[r]![c]!,
          (r) => hidden[r]![c] === 1,
          (r) => {
            hidden[r]![c] = 1;
          },
        )
      )
        changed = true;
    for (let r = 0; r < rows; r++)
      if (
        protectLine(
          columnSums,
          least,
          (c) => bases[r]![c]!,
          (c) => hidden[r]![c] === 1,
          (c) => {
            hidden[r]![c] = 1;
          },
        )
      )
        changed = true;
  }
  return hidden.reduce(
    (sum, row, r) => sum + row.reduce((count, flag, c) => count + (bases[r]![c]! > 0 ? flag : 0), 0),
    0,
  );
}

/** A base of ten equal weights can sum to 9.999999999999998. */
function isSmall(n: number, least: number): boolean {
  return n > 0 && n * (1 + 1e-12) < least;
}

function protectLine(
  sums: readonly number[],
  least: number,
  base: (i: number) => number,
  isHidden: (i: number) => boolean,
  hide: (i: number) => void,
): boolean {
  if (!sums.some((_, i) => isHidden(i) && base(i) > 0)) return false;
  const nodes = sums.map((parent, i) => ({
    parent,
    nEff: base(i) * (1 + 1e-12),
    hidden: isHidden(i),
  }));
  let changed = false;
  suppress(nodes, least).forEach((reason, i) => {
    if (reason === undefined || isHidden(i)) return;
    hide(i);
    changed = true;
  });
  return changed;
}
