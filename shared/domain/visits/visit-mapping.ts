import { z } from 'zod';
import { dateOrder } from '../study-mapping.ts';

const column = z.string().min(1).max(300);

/**
 * Which columns of a file of service visits say what, one row a visit; `customerKind` says what the customer's column
 * holds. The dealer is told by `dealerCode`, else by `dealerName`.
 * Example: `{ customer: 'VIN', customerKind: 'vin', dealerCode: '店号', date: '进店日期' }`.
 */
export const visitMapping = z.strictObject({
  customer: column,
  customerKind: z.enum(['vin', 'phone', 'number']),
  dealerCode: column.optional(),
  dealerName: column.optional(),
  adviser: column.optional(),
  date: column,
  /** Which comes first in `5/1/2026`; told from the column's own values when absent. */
  order: dateOrder.optional(),
});

/** A checked mapping of visits. */
export type VisitMapping = z.output<typeof visitMapping>;

/** As it is kept with the batch: `kind` tells it from the mapping of a study. */
export const keptVisitMapping = visitMapping.extend({ kind: z.literal('visits') });
