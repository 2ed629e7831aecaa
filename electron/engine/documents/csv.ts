/** CSV that no spreadsheet takes for formulas. */

const DANGEROUS = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** One cell: text that could be a formula gets a leading quote, numbers stay numbers, absent is empty. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const inert = DANGEROUS.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Rows as a file: UTF-8 with a byte order mark, so that Excel reads the Chinese names. */
export function csvBytes(rows: readonly (readonly (string | number | null)[])[]): Uint8Array {
  return Buffer.from(`\ufeff${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`);
}
