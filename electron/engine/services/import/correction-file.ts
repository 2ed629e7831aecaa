// Rows that were kept out, as a file to correct, and that file when it comes back: which batch and which rows it is
// about stands in columns of its own.
import type { Bilingual, Language } from '../../../../shared/domain/language.ts';
import { inLanguage } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import type { FileTable } from '../../documents/table-file.ts';
import type { RawRow, Table } from '../../importers/table.ts';
import { cellText } from '../../importers/values.ts';
import { type BatchRow, findBatch } from '../../store/batches.ts';
import type { ReadableConnection } from '../../store/connection.ts';
import { listQuarantined } from '../../store/import-memory.ts';

const BATCH = '#批次 batch';
const ROW = '#行 row';
const SOURCE_ROW = '#原行号 source row';
const REASON = '#原因 reason';
const OWN = new Set([BATCH, ROW, SOURCE_ROW, REASON]);

/** True for the columns that a correction file has beside those of the study. */
export function isCorrectionColumn(header: string): boolean {
  return OWN.has(header);
}

interface FaultyRow {
  position: number;
  row: number;
  cells: readonly string[];
  reasons: readonly Bilingual[];
}

/**
 * The faulty rows with their reasons behind them; `made` are columns that are made of others again when the file comes
 * back, `batch` is null for a file that was not imported.
 */
export function correctionTable(
  { headers, made }: { headers: readonly string[]; made: ReadonlySet<string> },
  rows: readonly FaultyRow[],
  batch: Pick<BatchRow, 'id' | 'sha256'> | null,
  language: Language,
): FileTable {
  const own = headers.flatMap((header, i) => (isCorrectionColumn(header) || made.has(header) ? [] : [i]));
  return {
    name: language === 'en' ? 'To correct' : '待更正',
    columns: [...own.map((i) => headers[i]!), SOURCE_ROW, REASON, BATCH, ROW].map((title) => ({ title })),
    rows: rows.map(({ position, row, cells, reasons }) => [
      ...own.map((i) => cells[i] ?? ''),
      row,
      reasons.map((reason) => inLanguage(reason, language)).join(' '),
      batch ? `${batch.id}-${batch.sha256.slice(0, 12)}` : '',
      position,
    ]),
  };
}

/** The batch that a file corrects, and its rows that are still open. */
export interface Correction {
  batch: BatchRow;
  open: ReadonlySet<number>;
  /** The row of the quarantine that a row of the file corrects; `undefined` when it names none. */
  positionOf(row: RawRow): number | undefined;
}

/** `unknown`: the file says that it corrects a batch that is not here. */
export async function correctionOf(
  db: ReadableConnection,
  table: Table,
): Promise<Correction | 'unknown' | undefined> {
  const [batchAt, rowAt] = [table.headers.indexOf(BATCH), table.headers.indexOf(ROW)];
  if (batchAt < 0 || rowAt < 0) return undefined;
  let named = '';
  for await (const row of table.rows()) {
    named = cellText(row.cells[batchAt] ?? null).trim();
    break;
  }
  if (named === '') return undefined;
  const [, id, sha256] = /^(\d{1,9})-([0-9a-f]{12})$/.exec(named) ?? [];
  const batch = id === undefined ? undefined : findBatch(db, Number(id));
  if (batch?.state !== 'committed' || !batch.sha256.startsWith(sha256!)) return 'unknown';
  const open = listQuarantined(db, batch.id).flatMap((row) =>
    row.correctedBy === null ? [row.position] : [],
  );
  return {
    batch,
    open: new Set(open),
    positionOf(row) {
      const position = Number(cellText(row.cells[rowAt] ?? null));
      const same = cellText(row.cells[batchAt] ?? null).trim() === named;
      return same && Number.isInteger(position) && position > 0 ? position : undefined;
    },
  };
}

/** The mapping of the corrected batch, for a plain table of one kept row a line. */
export function correctionMapping(
  mapping: StudyMapping,
  batch: Pick<BatchRow, 'firstQuarter' | 'lastQuarter'>,
): StudyMapping {
  const { period } = mapping;
  const one = batch.firstQuarter !== null && batch.firstQuarter === batch.lastQuarter;
  return {
    ...mapping,
    table: mapping.table.joined ? { joined: mapping.table.joined } : {},
    period:
      period.kind === 'file-name' && one
        ? { kind: 'constant', quarter: formatQuarter(batch.firstQuarter!) }
        : period,
  };
}

/** Exports put a quotation mark before text that a spreadsheet could run; it is no part of the value. */
export function withoutGuard(row: RawRow): RawRow {
  const guarded = row.cells.some((cell) => typeof cell === 'string' && GUARDED.test(cell));
  if (!guarded) return row;
  const cells = row.cells.map((cell) =>
    typeof cell === 'string' && GUARDED.test(cell) ? cell.slice(1) : cell,
  );
  return { ...row, cells };
}

const GUARDED = /^'[=+\-@\t\r\n\0＝＋－＠]/;
