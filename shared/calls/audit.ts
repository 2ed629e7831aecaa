/** The audit log. */
import { z } from 'zod';
import { AUDIT_AREAS, type AuditArea } from '../domain/audit-action.ts';
import type { Bilingual } from '../domain/language.ts';
import { call, language, nothing, path } from './call.ts';
import type { WrittenFile } from './figure.ts';

/** A line of the audit log. Where something was changed, `detail` holds `before` and `after`. */
export interface AuditEntry {
  id: number;
  at: string;
  actor: string;
  action: string;
  actionName: Bilingual;
  subject: string;
  detail: Record<string, unknown>;
}

/** What the log can be filtered by: who is in it, from which day to which, how many lines. */
export interface AuditSummary {
  actors: string[];
  first: string | null;
  last: string | null;
  entries: number;
}

const filter = z.strictObject({
  areas: z.array(z.enum(Object.keys(AUDIT_AREAS) as [AuditArea, ...AuditArea[]])).default([]),
  actors: z.array(z.string().max(300)).max(200).default([]),
  /** Days, both included, in the local time that `offsetMinutes` (minutes east of UTC) tells. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  offsetMinutes: z.number().int().min(-1440).max(1440).default(0),
  /** Found in the subject or the detail, whatever the case of its letters. */
  text: z.string().max(200).default(''),
});

/** The calls of this area. */
export const auditCalls = {
  'audit.list': call<AuditEntry[]>()(
    filter.extend({
      limit: z.number().int().min(1).max(1000).default(200),
      before: z.number().int().optional(),
    }),
  ),
  'audit.summary': call<AuditSummary>()(nothing),
  /** Every line that passes the filter, as a workbook or by the path's extension as CSV. */
  'audit.export': call<WrittenFile>()(filter.extend({ path, language: language.default('zh-CN') })),
} as const;
