// Columns of a table that look like one question with several answers and are not joined yet.
import { type JoinCandidate, proposeJoined } from '../../../../shared/domain/join-proposal.ts';
import type { JoinedColumns, StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { cellText, plainText } from '../../importers/values.ts';
import { isCorrectionColumn } from './correction-file.ts';
import { mappedColumns } from './mapped-columns.ts';
import type { ColumnProfile } from './profile-columns.ts';

/** Attributes may be joined; whatever has another use, or is part of a question of several columns, may not. */
export function joinableColumns(
  columns: readonly ColumnProfile[],
  mapping: StudyMapping | null,
): JoinedColumns[] {
  const used = new Set(mapping ? mappedColumns({ ...mapping, attributes: [] }) : []);
  return proposeJoined(
    columns.map(({ header, meaning, values }): JoinCandidate => {
      const inSet = meaning.partOf !== undefined || meaning.choicesBy !== undefined;
      return {
        header,
        label: meaning.label ?? '',
        values: [...new Set(values.map((cell) => plainText(cellText(cell))))],
        filled: values.length,
        free: !used.has(header) && !inSet && !isCorrectionColumn(header),
      };
    }),
  );
}
