/** Files brought in, and how they are read. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import { type Channel, type StudyMapping, studyMapping } from '../domain/study-mapping.ts';
import { call, job, nothing, path } from './call.ts';

/** A problem of a file, told in both languages by code, place and value. */
export interface IssueView {
  code: string;
  severity: 'error' | 'warning';
  message: Bilingual;
  sheet?: string;
  row?: number;
  column?: string;
  value?: string;
}

/** How one file would be read. Nothing is written. */
export interface ImportPreview {
  file: {
    path: string;
    name: string;
    bytes: number;
    sha256: string;
    format: string;
    encoding: string | null;
    delimiter: string | null;
  };
  sheets: { name: string; hidden: boolean }[];
  headers: string[];
  /** The first rows as text, beside their interpretation. */
  rows: {
    row: number;
    cells: string[];
    meaning: {
      quarter: string | null;
      place: string | null;
      weight: number | null;
      answers: (number | null)[];
      attributes: string[];
    } | null;
    rejected: boolean;
  }[];
  mapping: StudyMapping | null;
  mappingName: string | null;
  /** Why the guess could not be completed; empty when `mapping` is ready to commit. */
  mappingProblems: Bilingual[];
  counts: {
    read: number;
    accepted: number;
    rejected: number;
    quarters: { quarter: Quarter; rows: number }[];
    newDealers: number;
    newCities: number;
  };
  issues: IssueView[];
  issueTotals: { code: string; severity: 'error' | 'warning'; message: Bilingual; count: number }[];
  duplicateOf: number | null;
  unmatched: { name: string; rows: number; nearest: string[] }[];
}

/** One import batch. */
export interface BatchView {
  id: number;
  sequence: number;
  state: 'committed' | 'undone';
  study: string;
  studyName: Bilingual;
  channel: Channel;
  questionnaire: string;
  fileName: string;
  sha256: string;
  rowsRead: number;
  rowsLoaded: number;
  rowsRejected: number;
  firstQuarter: Quarter | null;
  lastQuarter: Quarter | null;
  createdAt: string;
  undoneAt: string | null;
}

/** What rests on a batch and becomes outdated when it is undone. */
export interface UndoPreview {
  batch: BatchView;
  forecastRuns: number;
  alerts: number;
  plans: { id: number; name: string; state: string }[];
  reportBatches: { id: number; quarter: Quarter; made: number }[];
}

/** A saved mapping. */
export interface MappingInfo {
  name: string;
  study: string;
  channel: Channel;
  questionnaire: string;
  savedAt: string;
}

const importSource = z.strictObject({
  path,
  /** Name the user knows the file by, where `path` is a temporary copy. */
  fileName: z.string().min(1).max(300).optional(),
  mapping: studyMapping.optional(),
  mappingName: z.string().min(1).max(120).optional(),
  table: studyMapping.shape.table.optional(),
});

/** The calls of this area. */
export const importCalls = {
  'import.preview': call<ImportPreview>()(importSource.extend({ job }), { job: true }),
  'import.commit': call<BatchView>()(
    importSource.extend({
      job,
      acceptGoodRows: z.boolean().default(false),
      saveMappingAs: z.string().min(1).max(120).optional(),
    }),
    { job: true, alone: true },
  ),
  'import.batches': call<BatchView[]>()(nothing),
  'import.undoPreview': call<UndoPreview>()(z.strictObject({ batch: z.number().int().positive() })),
  'import.undo': call<BatchView>()(z.strictObject({ job, batch: z.number().int().positive() }), {
    job: true,
    alone: true,
  }),
  'mappings.list': call<MappingInfo[]>()(nothing),
  'mappings.get': call<StudyMapping>()(z.strictObject({ name: z.string() })),
  'mappings.save': call<MappingInfo>()(
    z.strictObject({ name: z.string().min(1).max(120), mapping: studyMapping }),
  ),
  'mappings.delete': call<{ deleted: boolean }>()(z.strictObject({ name: z.string() })),
} as const;
