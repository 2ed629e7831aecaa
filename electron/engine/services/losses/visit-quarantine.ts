// Visits that an import kept out, kept to be corrected: the columns of a visit alone, its customer as a pseudonym.
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { keptVisitMapping, type VisitMapping } from '../../../../shared/domain/visits/visit-mapping.ts';
import { cellText, plainText } from '../../importers/values.ts';
import type { ReadableConnection } from '../../store/connection.ts';
import { batchMapping, type QuarantinedRow } from '../../store/import-memory.ts';
import type { Correction } from '../import/correction-file.ts';
import type { Pass } from '../import/read-rows.ts';
import { customerKey, keptCustomer } from './visit-columns.ts';

const LONGEST = 300;

/** `pseudonymOf` of a customer's key. A row that names nobody keeps nothing in that place. */
export function keptVisits(
  mapping: VisitMapping,
  headers: readonly string[],
  { quarantined }: Pass,
  pseudonymOf: (customer: string) => string,
): { headers: string[]; rows: Pick<QuarantinedRow, 'sourceRow' | 'cells' | 'issues'>[] } {
  const { customer, dealerCode, dealerName, adviser, date } = mapping;
  const columns = [...new Set([customer, dealerCode, dealerName, adviser, date])].filter(
    (column) => column !== undefined,
  );
  const places = columns.map((column) =>
    headers.findIndex((header) => plainText(header) === plainText(column)),
  );
  return {
    headers: columns,
    rows: quarantined.map(({ raw, issues }) => ({
      sourceRow: raw.row,
      cells: places.map((at, i) => {
        const text = cellText(raw.cells[at] ?? null);
        if (columns[i] !== customer) return text.slice(0, LONGEST).toWellFormed();
        const key = customerKey(mapping, plainText(text));
        return key === '' ? '' : keptCustomer(pseudonymOf(key));
      }),
      issues: JSON.stringify(issues.map(({ file: _, ...issue }) => issue)),
    })),
  };
}

/** The mapping of the batch that a file of visits corrects; `other` where that batch is none of visits. */
export function correctedVisits(db: ReadableConnection, correction: Correction): VisitMapping | 'other' {
  const kept = keptVisitMapping.safeParse(JSON.parse(batchMapping(db, correction.batch.id)));
  if (!kept.success) return 'other';
  const { kind: _, ...mapping } = kept.data;
  return mapping;
}

export const NOT_VISITS: Bilingual = {
  zh: '这是研究数据的更正文件，请在“数据 › 导入”中导入',
  en: 'this file corrects data of a study; import it under Data › Import',
};
