/** The audit log. */
import { z } from 'zod';
import { call } from './call.ts';

/** A line of the audit log. */
export interface AuditEntry {
  id: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

/** The calls of this area. */
export const auditCalls = {
  'audit.list': call<AuditEntry[]>()(
    z.strictObject({
      limit: z.number().int().min(1).max(1000).default(200),
      before: z.number().int().optional(),
    }),
  ),
} as const;
