/** Dealer reports. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import { call, display, job, language, nothing, path, quarter, scheme, scope } from './call.ts';

/** A report batch. */
export interface ReportBatchView {
  id: number;
  quarter: Quarter;
  scheme: Bilingual;
  folder: string;
  state: 'running' | 'complete' | 'partial' | 'cancelled';
  made: number;
  failed: number;
  total: number;
  createdAt: string;
  finishedAt: string | null;
}

/** The files of a report batch. */
export interface ReportFiles {
  batch: ReportBatchView;
  files: { dealer: string; name: string; file: string; bytes: number; sha256: string }[];
  failures: { dealer: string; name: string; message: Bilingual }[];
}

/** The calls of this area. */
export const reportsCalls = {
  'reports.run': call<ReportFiles>()(
    z.strictObject({
      job,
      scheme,
      quarter: quarter.optional(),
      scope: scope.default('overall'),
      formats: z
        .array(z.enum(['pdf', 'xlsx']))
        .min(1)
        .default(['pdf', 'xlsx']),
      language: language.default('zh-CN'),
      display,
      /** Where to write; absent for a folder of its own beside the database. */
      folder: path.optional(),
      /** Continue this batch instead of starting one. */
      resume: z.number().int().optional(),
      /** At most so many dealers, in the order of their codes. */
      limit: z.number().int().positive().optional(),
    }),
    { job: true, alone: true },
  ),
  'reports.batches': call<ReportBatchView[]>()(nothing),
  'reports.files': call<ReportFiles>()(z.strictObject({ batch: z.number().int() })),
} as const;
