/** The manifest of a report batch, as JSON and as CSV for Excel. No time in it: the same batch gives the same bytes. */
import { csvBytes } from './csv.ts';

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

export function manifestCsv(manifest: ReportManifest): Uint8Array {
  const head = ['dealer', 'name', 'format', 'file', 'bytes', 'sha256', 'failure'];
  const made = manifest.files.map((f) => [f.key, f.name, f.format, f.file, f.bytes, f.sha256, '']);
  const failed = manifest.failures.map((f) => [f.key, f.name, '', '', '', '', f.code]);
  return csvBytes([head, ...made, ...failed]);
}

export function manifestJson(manifest: ReportManifest): Uint8Array {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}
