// A first mapping for a file: that of the batch it corrects, an earlier one whose columns it has, an earlier one whose
// columns were renamed, else one read from headers and values.
import type { MappingBasis } from '../../../../shared/calls/import.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import {
  columnRule,
  LEFT_COLUMNS,
  LEFT_ROWS,
  leaveOutRules,
  matchingRule,
} from '../../../../shared/domain/leave-out.ts';
import {
  type StudyMapping,
  studyMapping,
  type TableLayout,
} from '../../../../shared/domain/study-mapping.ts';
import { shapedTable } from '../../importers/shape.ts';
import type { Table } from '../../importers/table.ts';
import { planUnpivot, WAVE_HEADER } from '../../importers/unpivot.ts';
import { batchMapping } from '../../store/import-memory.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { correctionMapping, correctionOf, isCorrectionColumn } from './correction-file.ts';
import { closestFormer, plainBasis } from './former-mapping.ts';
import { mappingFromHeaders } from './mapping-from-headers.ts';
import { profileColumns } from './profile-columns.ts';

export interface Guess {
  mapping?: StudyMapping;
  name?: string;
  basis?: MappingBasis;
  problems?: Bilingual[];
}

export async function guessMapping(
  workspace: Workspace,
  raw: Table,
  fileName: string,
  choices: Partial<TableLayout> = {},
): Promise<Guess> {
  const correction = await correctionOf(workspace.reader, raw);
  if (correction !== undefined && correction !== 'unknown') {
    const kept = studyMapping.safeParse(JSON.parse(batchMapping(workspace.reader, correction.batch.id)));
    if (!kept.success) return { problems: [OF_VISITS] };
    const former = kept.data;
    const basis = plainBasis('correction', correction.batch.fileName);
    return { mapping: correctionMapping(former, correction.batch), basis };
  }
  const layout = { ...(await guessLayout(raw)), ...choices };
  const table = shapedTable(raw, layout);
  const columns = (await profileColumns(table)).filter(({ header }) => !isCorrectionColumn(header));
  const former = closestFormer(workspace, columns, raw, fileName);
  if (former) return former;
  return { ...mappingFromHeaders(columns, table, fileName, layout), basis: plainBasis('headers', '') };
}

const OF_VISITS: Bilingual = {
  zh: '这是售后进店记录的更正文件，请在“流失与战败 › 导入进店记录”中导入',
  en: 'this file corrects service visits; import it under Losses › Import service visits',
};

const LOOKED_AT = 300;

/** Waves side by side, and the usual rules where the table has totals or changes. */
async function guessLayout(table: Table): Promise<Partial<TableLayout>> {
  const leaveOut = { rows: [...LEFT_ROWS], columns: [...LEFT_COLUMNS] };
  const rules = { rows: leaveOutRules(LEFT_ROWS), columns: leaveOutRules(LEFT_COLUMNS) };
  if (!table.headers.includes(WAVE_HEADER) && planUnpivot(table.headers, rules.columns))
    return { unpivot: { columns: {} }, leaveOut };
  if (table.headers.some((header) => columnRule(header, rules.columns))) return { leaveOut };
  let looked = 0;
  for await (const { cells } of table.rows()) {
    // A total stands at the left of its row, where the places are.
    const named = cells
      .slice(0, 6)
      .some((cell) => typeof cell === 'string' && matchingRule(cell, rules.rows));
    if (named) return { leaveOut };
    if (++looked >= LOOKED_AT) break;
  }
  return {};
}
