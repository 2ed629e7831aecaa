/** The manifest of a report batch, as JSON and as CSV for Excel. No time in it: the same batch gives the same bytes. */

/** One report file. `key` is the dealer's code, `file` the name within the batch's folder. */
export interface ReportFile {
  key: string;
  name: string;
  format: ReportFormat;
  file: string;
  bytes: number;
  sha256: string;
}

export type ReportFormat = 'pdf' | 'xlsx';

/** A dealer (or one of its files) that could not be made. */
export interface ReportFailure {
  key: string;
  name: string;
  code: 'facts-failed' | 'render-failed' | 'write-failed' | 'worker-lost' | 'worker-hung';
  message: string;
}

export interface ReportManifest {
  identity: string;
  template: string;
  state: 'complete' | 'partial' | 'cancelled';
  files: ReportFile[];
  failures: ReportFailure[];
}

const DANGEROUS = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** A CSV cell whose text no spreadsheet takes for a formula; numbers stay numbers. */
function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const inert = DANGEROUS.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** UTF-8 with a byte order mark, so that Excel reads the Chinese names. */
export function manifestCsv(manifest: ReportManifest): Uint8Array {
  const head = ['dealer', 'name', 'format', 'file', 'bytes', 'sha256', 'failure'];
  const made = manifest.files.map((f) => [f.key, f.name, f.format, f.file, f.bytes, f.sha256, '']);
  const failed = manifest.failures.map((f) => [f.key, f.name, '', '', '', '', f.code]);
  const lines = [head, ...made, ...failed].map((row) => row.map(csvCell).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

export function manifestJson(manifest: ReportManifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}
