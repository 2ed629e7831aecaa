/**
 * A calendar quarter as a whole number: `year * 4 + (quarter - 1)`, so that the next quarter is `q + 1`
 * and the same quarter of last year is `q - 4`.
 */
export type Quarter = number;

/** The quarter of a year, `quarter` 1-4. Example: `quarterOf(2026, 3)` is 8106. Throws on anything else. */
export function quarterOf(year: number, quarter: number): Quarter {
  if (!Number.isInteger(year) || !Number.isInteger(quarter) || quarter < 1 || quarter > 4)
    throw new RangeError(`quarterOf: year ${year}, quarter ${quarter}`);
  return year * 4 + quarter - 1;
}

/** The calendar year of a quarter. Example: `yearOf(8106)` is 2026. */
export function yearOf(q: Quarter): number {
  return Math.floor(q / 4);
}

/** The quarter within its year, 1-4. Example: `quarterNumber(8106)` is 3. */
export function quarterNumber(q: Quarter): number {
  return (q % 4) + 1;
}

/** The quarter of a month, `month` 1-12. Example: `quarterOfMonth(2026, 8)` is 2026Q3. */
export function quarterOfMonth(year: number, month: number): Quarter {
  return quarterOf(year, Math.ceil(month / 3));
}

/** `2026Q3`. The same text in both languages; it sorts as time does. */
export function formatQuarter(q: Quarter): string {
  return `${yearOf(q)}Q${quarterNumber(q)}`;
}

/** Reads `2026Q3` (also `2026-Q3`, `2026 q3`, `2026年3季度`); `undefined` when the text is no quarter. */
export function parseQuarter(text: string): Quarter | undefined {
  const m = /^(\d{4})\s*[-年]?\s*(?:[Qq第]\s*([1-4])|([1-4])\s*季度?)\s*(?:季度?)?$/.exec(text.trim());
  if (!m) return undefined;
  return quarterOf(Number(m[1]), Number(m[2] ?? m[3]));
}
