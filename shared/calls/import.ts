/** Files brought in, and how they are read. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { ColumnMatch } from '../domain/column-match.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import {
  type Channel,
  type JoinedColumns,
  type StudyMapping,
  studyMapping,
} from '../domain/study-mapping.ts';
import { call, job, nothing, path } from './call.ts';
import type { Score } from './figure.ts';

/** A problem of a file, told in both languages by code, place and value. */
export interface IssueView {
  code: string;
  severity: 'error' | 'warning';
  /** With its place in front. */
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
  /** How many rows were taken as the header; null where the format has none. */
  headerRows: number | null;
  headers: string[];
  /** What is known of each header's column before it has a meaning. */
  columns: Record<string, ColumnFacts>;
  /** The headers before waves were turned and columns left out. */
  wideHeaders: string[];
  /** Set where waves stand side by side, whether or not the mapping turns them. */
  waves: { wave: string; columns: string[] }[] | null;
  /** Columns that look like one question with several answers and stand for themselves so far. */
  joinable: JoinedColumns[];
  /** What the mapping's rules left out; rows as far as the file was read. */
  left: {
    columns: { header: string; rule: string }[];
    rows: number;
    firstRows: { row: number; text: string; rule: string }[];
  };
  /** Set where the file is a correction of rows that a batch had kept out. */
  correctionOf: { batch: number; fileName: string; open: number } | null;
  /** The first rows as text, beside their interpretation. */
  rows: {
    row: number;
    cells: string[];
    meaning: {
      quarter: string | null;
      place: string | null;
      weight: number | null;
      answers: (number | null)[];
      /** What each attribute's answer is called; null where there is none. */
      attributes: (Bilingual | null)[];
    } | null;
    rejected: boolean;
  }[];
  mapping: StudyMapping | null;
  mappingName: string | null;
  /** Where the mapping comes from and which columns were carried over; null for one that was given. */
  basis: MappingBasis | null;
  /** Why the guess could not be completed; empty when `mapping` is ready to commit. */
  mappingProblems: Bilingual[];
  counts: {
    read: number;
    accepted: number;
    rejected: number;
    quarters: { quarter: Quarter; rows: number }[];
    newDealers: number;
    newCities: number;
    /** Rows whose content a batch of the same study holds already, and whether they are left out. */
    loadedBefore: number;
    loadedBatches: number[];
    skipLoaded: boolean;
    /** Rows that the user's choice of places leaves out. */
    leftByChoice: number;
    /** Rows with nothing to load: empty ones, and in a file of scores those without any score. */
    blank: number;
  };
  issues: (IssueView & { sentence: Bilingual })[];
  /** Each kind of issue, told by its first case, which stands in `row`. */
  issueTotals: {
    code: string;
    severity: 'error' | 'warning';
    message: Bilingual;
    count: number;
    row: number | null;
  }[];
  duplicateOf: number | null;
  unmatched: UnmatchedPlace[];
  /** Rated items that the current indicator tree lacks; null where there are none, or no tree yet. */
  newItems: NewItems | null;
}

/** Items that come with a file: they make a version of the indicator tree, which becomes the current one. */
export interface NewItems {
  /** Version of the tree that is current before. */
  version: number;
  /** Quarters of the file that the channel has data of already: items that count change its index there. */
  measured: Quarter[];
  items: {
    code: string;
    name: Bilingual;
    /** Of the index of who answers all of this questionnaire, 0-1, where the item counts. */
    share: number;
  }[];
}

/** What a file says about a column beyond its name: a question's text, its code list, the answers in its first rows. */
export interface ColumnFacts {
  label: string;
  values: { value: string; label: string }[];
  missing: string[];
  /** The different cells of its first rows; empty where they are too many to be answers to choose from. */
  seen: string[];
  weight: boolean;
  /** What stands between the choices of a cell; null where a cell has one answer. */
  choicesBy: string | null;
  /** Bands that its amounts would fall into; null where it holds no amounts. */
  bands: { limits: number[]; unit: string } | null;
}

/** Why a mapping was proposed. */
export interface MappingBasis {
  kind: 'saved' | 'batch' | 'headers' | 'correction';
  /** Name of the saved mapping or of the batch's file. */
  source: string;
  /** Columns that were carried over under another name. */
  renamed: ColumnMatch[];
  /** Columns that the earlier file had and this one lacks: their questions are left out. */
  gone: { column: string; indicator: string | null }[];
  /** Columns of this file that look like rated questions and are not used yet. */
  unused: { column: string; scale: { min: number; max: number }; missing: number[] }[];
  /** What to look at, in words. */
  notes: Bilingual[];
}

/** What was decided for a place that a file names in its own way; remembered for later files. */
export type PlaceChoice = z.infer<typeof placeChoice>;

/** A name that no place has, or that was matched by a choice, with the nearest places. */
export interface UnmatchedPlace {
  kind: 'dealer' | 'city';
  name: string;
  province: string;
  rows: number;
  /** `unknown` keeps its rows out, `chosen` follows a choice, `new` was made although its name is like a known one. */
  state: 'unknown' | 'chosen' | 'new';
  choice: { action: PlaceChoice['action']; target: string; label: string; remembered: boolean } | null;
  nearest: { code: string; name: string }[];
}

/** A choice that later imports follow. */
export interface PlaceAlias {
  kind: 'dealer' | 'city';
  key: string;
  written: string;
  province: string;
  action: PlaceChoice['action'];
  target: string;
  /** Name of the place that is meant; empty where it is gone. */
  label: string;
  createdAt: string;
}

/** What a batch would change: figures before and after it; null while there is none. */
export interface ImportEffect {
  channel: Channel;
  quarters: Quarter[];
  rows: {
    scope: string;
    scopeName: Bilingual;
    /** '' is the index. */
    indicator: string;
    indicatorName: Bilingual;
    quarter: Quarter;
    scale: { min: number; max: number };
    before: Score | null;
    after: Score | null;
  }[];
  outdated: RestingResults;
}

/** Results that rest on data: they were made from them or stand for their quarters. */
export interface RestingResults {
  forecasts: { id: number; channel: Channel; quarter: Quarter; scheme: Bilingual; createdAt: string }[];
  alerts: {
    id: number;
    channel: Channel;
    quarter: Quarter;
    scope: string;
    scopeName: Bilingual;
    indicator: string;
    indicatorName: Bilingual;
  }[];
  /** All of them, where the list above was cut. */
  alertCount: number;
  plans: { id: number; name: string; year: number; state: string }[];
  reportBatches: { id: number; quarter: Quarter; made: number }[];
}

/** A row that an import kept out. */
export interface QuarantineRow {
  position: number;
  row: number;
  cells: string[];
  reasons: Bilingual[];
  correctedBy: number | null;
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
  /** Rows kept out that can still be exported and were not corrected since. */
  rowsOpen: number;
  firstQuarter: Quarter | null;
  lastQuarter: Quarter | null;
  createdAt: string;
  undoneAt: string | null;
  /** Version of the indicator tree that its new items made; null where it brought none. */
  treeVersion: number | null;
}

/** What rests on a batch and becomes outdated when it is undone. */
export interface UndoPreview extends RestingResults {
  batch: BatchView;
}

/** A saved mapping. */
export interface MappingInfo {
  name: string;
  study: string;
  channel: Channel;
  questionnaire: string;
  savedAt: string;
}

/** The choice for one name. */
export const placeChoice = z.strictObject({
  kind: z.enum(['dealer', 'city']),
  /** The dealer's code, or its name where the file has no code; the city's name. */
  name: z.string().min(1).max(300),
  province: z.string().max(300).default(''),
  /** `match`: it is the dealer or city of this code. `new`: make it. `leave`: leave its rows out. */
  action: z.enum(['match', 'new', 'leave']),
  /** Code of the dealer or city; for a new city of a national study the code of its province. */
  target: z.string().max(300).default(''),
});

/** A file and how it is to be read. */
export const importSource = z.strictObject({
  path,
  /** Name the user knows the file by, where `path` is a temporary copy. */
  fileName: z.string().min(1).max(300).optional(),
  mapping: studyMapping.optional(),
  mappingName: z.string().min(1).max(120).optional(),
  table: studyMapping.shape.table.optional(),
  places: z.array(placeChoice).max(5000).optional(),
  /** Leave out rows that a batch of the study holds already; where absent, done for rows with a respondent number. */
  skipLoaded: z.boolean().optional(),
  /** Whether items that the current tree lacks count in the index, by the mapping's weights, or wait without a weight. */
  newItems: z.enum(['weighted', 'unweighted']).default('weighted'),
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
  'import.effect': call<ImportEffect>()(
    importSource.extend({ job, acceptGoodRows: z.boolean().default(true) }),
    {
      job: true,
    },
  ),
  /** Writes the rows with faults to a .csv or .xlsx at `target`: of a file, or as a batch keeps them. */
  'import.exportFaults': call<{ rows: number }>()(
    importSource.extend({ job, target: path, language: z.enum(['zh-CN', 'en']).default('zh-CN') }),
    { job: true },
  ),
  'import.quarantine': call<{ headers: string[]; rows: QuarantineRow[] }>()(
    z.strictObject({ batch: z.number().int().positive() }),
  ),
  'import.exportQuarantine': call<{ rows: number }>()(
    z.strictObject({
      batch: z.number().int().positive(),
      target: path,
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    }),
  ),
  'import.batches': call<BatchView[]>()(nothing),
  'import.undoPreview': call<UndoPreview>()(z.strictObject({ batch: z.number().int().positive() })),
  'import.undo': call<BatchView>()(z.strictObject({ job, batch: z.number().int().positive() }), {
    job: true,
    alone: true,
  }),
  'aliases.list': call<PlaceAlias[]>()(nothing),
  'aliases.save': call<PlaceAlias[]>()(z.strictObject({ choices: z.array(placeChoice).min(1).max(5000) })),
  'aliases.delete': call<{ deleted: boolean }>()(
    z.strictObject({ kind: z.enum(['dealer', 'city']), key: z.string().min(1).max(700) }),
  ),
  'mappings.list': call<MappingInfo[]>()(nothing),
  'mappings.get': call<StudyMapping>()(z.strictObject({ name: z.string() })),
  'mappings.save': call<MappingInfo>()(
    z.strictObject({ name: z.string().min(1).max(120), mapping: studyMapping }),
  ),
  'mappings.delete': call<{ deleted: boolean }>()(z.strictObject({ name: z.string() })),
} as const;
