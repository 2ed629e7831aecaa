// Rows that an import kept out: kept with the batch, written to a file that can be corrected and brought in again.
import type { QuarantineRow } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Issue } from '../../../../shared/domain/import-issue.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { writeTables } from '../../documents/table-file.ts';
import type { RawRow } from '../../importers/table.ts';
import { cellText, plainText } from '../../importers/values.ts';
import { findBatch } from '../../store/batches.ts';
import {
  batchHeaders,
  batchMapping,
  listQuarantined,
  type QuarantinedRow,
} from '../../store/import-memory.ts';
import { correctionTable, isCorrectionColumn } from './correction-file.ts';
import { issueMessage } from './import-source.ts';
import { type Pass, readAll } from './read-rows.ts';
import { soundReading, withMappedTable } from './sound-reading.ts';

/** The rows with faults as they are kept: without what identifies a person, which lives in one place only. */
export function quarantineRows(
  headers: readonly string[],
  mapping: StudyMapping,
  { quarantined }: Pass,
): Pick<QuarantinedRow, 'sourceRow' | 'cells' | 'issues'>[] {
  const kept = keptCells(headers, mapping);
  return quarantined.map(({ raw, issues }) => ({
    sourceRow: raw.row,
    cells: kept(raw),
    issues: JSON.stringify(issues.map(({ file: _, ...issue }) => issue)),
  }));
}

/** Long texts are cut: a row is kept to be corrected, not as a copy of the file. */
const MOST_CHARACTERS = 20_000;

function keptCells(headers: readonly string[], mapping: StudyMapping): (raw: RawRow) => string[] {
  const personal = new Set(mapping.identity.map(({ column }) => plainText(column)));
  const left = headers.map((header) => personal.has(plainText(header)) || isCorrectionColumn(header));
  return (raw) =>
    headers.map((_, i) =>
      left[i]
        ? ''
        : cellText(raw.cells[i] ?? null)
            .slice(0, MOST_CHARACTERS)
            .toWellFormed(),
    );
}

function standing(context: Context, id: number) {
  const batch = findBatch(context.workspace().reader, id);
  if (!batch) throw new AppError('batch-unknown', { batch: id });
  return batch;
}

export function getQuarantine(
  context: Context,
  { batch }: CallArguments<'import.quarantine'>,
): { headers: string[]; rows: QuarantineRow[] } {
  const { reader } = context.workspace();
  standing(context, batch);
  const rows = listQuarantined(reader, batch).map((row) => ({
    position: row.position,
    row: row.sourceRow,
    cells: row.cells,
    // The row has a column of its own.
    reasons: (JSON.parse(row.issues) as Issue[]).map(({ row: _, ...issue }) => issueMessage(issue)),
    correctedBy: row.correctedBy,
  }));
  return { headers: batchHeaders(reader, batch), rows };
}

/** Writes the rows of a batch that are still open. */
export async function exportQuarantine(
  context: Context,
  { batch: id, target, language }: CallArguments<'import.exportQuarantine'>,
): Promise<{ rows: number }> {
  const batch = standing(context, id);
  const { headers, rows } = getQuarantine(context, { batch: id });
  const open = rows.filter((row) => row.correctedBy === null);
  const { table } = JSON.parse(batchMapping(context.workspace().reader, id)) as Partial<StudyMapping>;
  const made = new Set(table?.joined?.map(({ name }) => name));
  await writeTables(target, [correctionTable({ headers, made }, open, batch, language)]);
  return { rows: open.length };
}

/** Writes the rows with faults of a file that was not imported. */
export async function exportFaults(
  context: Context,
  input: CallArguments<'import.exportFaults'>,
): Promise<{ rows: number }> {
  const workspace = context.workspace();
  return withMappedTable(workspace, input, async (raw, chosen) => {
    const reading = await soundReading(workspace, raw, chosen, input);
    const { table, mapping, reader, options } = reading;
    const pass = await readAll(table, reader, context.job, () => undefined, { ...options, keepFaulty: true });
    const kept = keptCells(table.headers, mapping);
    const rows = pass.quarantined.map(({ raw: row, issues }, i) => ({
      position: options.correction?.positionOf(row) ?? i + 1,
      row: row.row,
      cells: kept(row),
      reasons: issues.map(issueMessage),
    }));
    const batch = options.correction?.batch ?? null;
    const columns = { headers: table.headers, made: table.joined ?? new Set<string>() };
    await writeTables(input.target, [correctionTable(columns, rows, batch, input.language)]);
    return { rows: rows.length };
  });
}
