// Column names out of header rows: trimmed, never blank, unique, with a warning for whatever had to be changed.
import { readUnit } from '../../../shared/domain/amount.ts';
import type { Issue, IssueCode } from '../../../shared/domain/import-issue.ts';
import { issueValue } from '../../../shared/domain/import-issue.ts';
import type { FaultDetails } from './import-fault.ts';
import { ImportFault } from './import-fault.ts';

export interface Header {
  names: string[];
  warnings: Issue[];
}

/**
 * `rows` are the header rows from top to bottom. With several, a name reads `upper / lower`; an empty upper cell
 * takes the text to its left, as merged cells are stored. Trailing columns without any name are dropped, unless most of
 * the rows right `below` fill them.
 */
export function headerFrom(
  rows: readonly (readonly string[])[],
  place: FaultDetails,
  below: readonly (readonly string[])[] = [],
): Header {
  const width = Math.max(lastNamed(rows), lastFilled(below));
  const cleaned = rows.map((row, level) => {
    const cells = Array.from({ length: width }, (_, column) => cleanName(row[column] ?? ''));
    return level < rows.length - 1 ? carriedRight(cells) : cells;
  });
  const warnings: Issue[] = [];
  const seen = new Set<string>();
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    const parts = cleaned
      .map((row) => row[column] ?? '')
      .filter((part, i, all) => part !== '' && part !== all[i - 1]);
    const name = parts.join(' / ');
    if (name === '__proto__')
      throw new ImportFault('reserved-header', { ...place, column: name, value: name });
    const unique = uniqueName(name === '' ? `#${column + 1}` : name, seen);
    if (name === '') warnings.push(warning('blank-header', place, unique));
    else if (unique !== name)
      warnings.push({ ...warning('duplicate-header', place, unique), value: issueValue(name) });
    names.push(unique);
  }
  return { names, warnings };
}

/**
 * How many leading rows are titles: each holds one text alone, and the row after them holds several texts and no
 * number. Example: `['2016年满意度'], ['经销商', '评分'], ['a', '8']` has one.
 */
export function titleRows(rows: readonly (readonly string[])[]): number {
  const filled = rows.map((row) => row.filter((cell) => cleanName(cell) !== ''));
  const titles = filled.findIndex((cells) => cells.length !== 1);
  if (titles <= 0) return 0;
  return filled[titles]!.some((cell) => /^[+-]?[\d.,]+%?$/.test(cleanName(cell))) ? 0 : titles;
}

/**
 * True for a row that says in what the columns above it are measured: every text in it is a unit or stands in brackets.
 * Example: `['', '（1-10分）', '%', '万元']`.
 */
export function isUnitRow(cells: readonly string[]): boolean {
  const texts = cells.map(cleanName).filter((text) => text !== '');
  return (
    texts.length > 0 &&
    texts.every((text) => BRACKETED.test(text) || readUnit(text)?.unit || SCORE_UNIT.test(text))
  );
}

const BRACKETED = /^[（([【][^（([【]{1,30}[)）\]】]$/;
const SCORE_UNIT = /^(分|分值|points?)$/i;

/** Title rows are looked for among this many rows. */
export const TITLE_WINDOW = 6;

/** Line breaks, tabs and runs of blanks inside a header become one blank. */
export function cleanName(text: string): string {
  return text
    .replaceAll(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function lastNamed(rows: readonly (readonly string[])[]): number {
  let width = 0;
  for (const row of rows)
    for (let i = row.length - 1; i >= width; i--) if (cleanName(row[i]!) !== '') width = i + 1;
  return width;
}

/** The columns up to the last that at least two rows, and half of them, fill. */
function lastFilled(rows: readonly (readonly string[])[]): number {
  const widest = Math.max(0, ...rows.map((row) => row.length));
  for (let width = widest; width > 0; width--) {
    const filled = rows.filter((row) => cleanName(row[width - 1] ?? '') !== '').length;
    if (filled > 1 && filled * 2 >= rows.length) return width;
  }
  return 0;
}

function carriedRight(cells: readonly string[]): string[] {
  let left = '';
  return cells.map((cell) => {
    if (cell !== '') left = cell;
    return left;
  });
}

function uniqueName(name: string, seen: Set<string>): string {
  let unique = name;
  for (let n = 2; seen.has(unique); n++) unique = `${name} (${n})`;
  seen.add(unique);
  return unique;
}

function warning(code: IssueCode, place: FaultDetails, column: string): Issue {
  return { ...place, code, severity: 'warning', column };
}
