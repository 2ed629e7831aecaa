// Opens a table of whatever format. To add one: write the importer, add its line, in the order they are asked, and its endings in shared/domain/import-format.ts.
import { extname } from 'node:path';
import { FORMAT_ENDINGS } from '../../../shared/domain/import-format.ts';
import { csvImporter } from './csv.ts';
import { ImportFault } from './import-fault.ts';
import { savImporter } from './sav.ts';
import { refuseOtherFormats } from './sniff.ts';
import { SourceFile } from './source-file.ts';
import type { Importer, OpenOptions, Table } from './table.ts';
import { xlsxImporter } from './xlsx.ts';

export const IMPORTERS: readonly Importer[] = [xlsxImporter, savImporter, csvImporter];

/** Picks the importer by the first bytes, not by the name; throws ImportFault. The caller closes the table. */
export async function openTable(path: string, options: OpenOptions = {}): Promise<Table> {
  const source = await SourceFile.open(path);
  const extension = extname(path).toLowerCase();
  try {
    const importer = IMPORTERS.find(({ accepts }) => accepts(source.head))!;
    if (importer === csvImporter) await refuseOtherFormats(source, extension);
    const table = await importer.open(source, options);
    const endings: readonly string[] = FORMAT_ENDINGS[importer.format];
    if (extension === '' || endings.includes(extension.slice(1))) return table;
    const warning = {
      code: 'extension-mismatch',
      severity: 'warning',
      file: source.name,
      value: table.format,
    } as const;
    return { ...table, warnings: [warning, ...table.warnings] };
  } catch (error) {
    await source.close();
    throw inFile(error, source.name);
  }
}

function inFile(error: unknown, file: string): unknown {
  if (!(error instanceof ImportFault) || error.details.file !== undefined) return error;
  return new ImportFault(error.code, { file, ...error.details }, error.cause);
}
