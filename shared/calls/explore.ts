/** Free analysis: tables of any dimensions and measures, and their saved views. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import {
  basis,
  call,
  channel,
  display,
  indicator,
  language,
  nothing,
  path,
  quarter,
  scheme,
  scope,
} from './call.ts';
import type { Score, WrittenFile } from './figure.ts';

/** What a table can count. */
export const EXPLORE_MEASURES = [
  'score',
  'satisfied',
  'n',
  'n-eff',
  'margin',
  'share',
  'change-previous',
  'change-year',
  'against-rest',
  'against-channel',
  'surprise',
] as const;

/** One measure of a table. */
export type ExploreMeasure = (typeof EXPLORE_MEASURES)[number];

const attributeCode = z.string().min(1).max(80);

const dimension = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scope'), level: z.enum(['region', 'province', 'city', 'dealer']) }),
  z.strictObject({ kind: z.literal('time'), grain: z.enum(['quarter', 'year']) }),
  z.strictObject({ kind: z.literal('indicator'), show: z.enum(['factors', 'items', 'all']) }),
  z.strictObject({ kind: z.literal('channel') }),
  z.strictObject({
    kind: z.literal('attribute'),
    code: attributeCode,
    /** Lower ends of bands, rising, for answers that are numbers. */
    bands: z.array(z.number()).min(1).max(40).optional(),
  }),
]);

/** One dimension of a table. */
export type ExploreDimension = z.output<typeof dimension>;

/** Narrows to respondents who gave one of these values; '' stands for no answer. */
export const attributeFilter = z.strictObject({
  code: attributeCode,
  values: z.array(z.string().max(500)).min(1).max(500),
});

/** Narrows to values of an attribute. */
export type AttributeFilter = z.output<typeof attributeFilter>;

const filters = z.strictObject({
  scope: scope.default('overall'),
  /** Both absent: every quarter where time is a dimension, else the latest. */
  from: quarter.optional(),
  to: quarter.optional(),
  /** The first with data when absent; narrows a channel dimension to this one only when `channels` is absent. */
  channel: channel.optional(),
  indicator: indicator.default(''),
  attributes: z.array(attributeFilter).max(20).default([]),
});

const query = z.strictObject({
  scheme,
  rows: z.array(dimension).max(2).default([]),
  columns: z.array(dimension).max(2).default([]),
  filters: filters.prefault({}),
  measures: z.array(z.enum(EXPLORE_MEASURES)).min(1).max(2).default(['score']),
  /** The channel of the measure `against-channel`; absent, or the table's own: the first other one with data. */
  against: channel.optional(),
  /** Sorts the rows under each parent by a measure in a column; absent: in their own order. */
  sort: z
    .strictObject({
      column: z.number().int().min(0).max(10_000),
      measure: z.number().int().min(0).max(1),
      order: z.enum(['ascending', 'descending']),
    })
    .optional(),
  basis,
  /** Most rows to answer. */
  limit: z.number().int().min(1).max(100_000).default(500),
  /** Holds the false-discovery rate of all marks of the table together at 5 %. */
  falseDiscovery: z.boolean().default(true),
  /** Works out the intervals of differences too, which takes longer than everything else together. */
  intervals: z.boolean().default(false),
  /** The last eight quarters of each row's score in the first column. */
  sparks: z.boolean().default(false),
});

/** What a table is made of, defaults filled in. */
export type ExploreQuery = z.output<typeof query>;

/** A query as a page gives it, defaults still open. */
export type ExploreQueryInput = z.input<typeof query>;

/** What a row or column stands for, as filters that lead to it; absent is as the table's own filters. */
export interface ExplorePlace {
  scope?: ScopeId;
  from?: Quarter;
  to?: Quarter;
  channel?: Channel;
  indicator?: string;
  attributes?: AttributeFilter[];
}

/** A row or column. `labels` one a dimension; `kind` total: all members of every dimension. */
export interface ExploreEntry {
  kind: 'member' | 'subtotal' | 'total';
  labels: Bilingual[];
  place: ExplorePlace;
  /** Code by which a place is drawn on the map of provinces. */
  province?: string;
}

/** A mark of a difference; null where nothing was tested. */
export type ExploreMark = 'higher' | 'lower' | 'none' | null;

/** A cell. A hidden one has neither score nor values; one without answers is null in the table. */
export interface ExploreCell {
  score: Score | null;
  /** One a measure: half the 95 % interval of a score or, where asked for, of a tested difference; else null. */
  margins: (number | null)[];
  /** One a measure. */
  values: (number | null)[];
  marks: ExploreMark[];
}

/** The unit of a measure: points of 0-100, respondents, percent, a difference in points, standard deviations. */
export type ExploreUnit = 'score' | 'count' | 'percent' | 'points' | 'deviations';

/** A table with everything needed to print it and to say what it rests on. */
export interface ExploreTable {
  measures: { code: ExploreMeasure; name: Bilingual; unit: ExploreUnit }[];
  /** What each dimension of rows and of columns is called. */
  rowHeads: Bilingual[];
  columnHeads: Bilingual[];
  /** A total comes first, members after what they are part of. */
  rows: ExploreEntry[];
  columns: ExploreEntry[];
  /** By row, then by column. */
  cells: (ExploreCell | null)[][];
  /** Scores of the first column, one a row, oldest first; null when not asked for. */
  sparks: (number | null)[][] | null;
  /** Rows before the limit. */
  rowCount: number;
  /** Cells hidden because their base is too small, or because they would give a small one away. */
  hidden: number;
  /** Tests whose false-discovery rate was held together. */
  tests: number;
  from: Quarter;
  to: Quarter;
  channels: Channel[];
  /** What a reader has to know: the filters, the weights, choices that count more than once, waves that did not ask. */
  notes: Bilingual[];
}

/** An attribute that a channel's studies asked. `multiple`: a respondent may be in several of its values. */
export interface ExploreAttribute {
  channel: Channel;
  code: string;
  label: Bilingual;
  multiple: boolean;
  /** All values are numbers, so that bands can be made. */
  numeric: boolean;
  values: { value: string; label: Bilingual }[];
  studies: Bilingual[];
}

/** What a table can be made of beyond the catalog. */
export interface ExploreOptions {
  levels: ScopeLevel[];
  attributes: ExploreAttribute[];
}

/** A saved view's content, defaults filled in: one that was saved before a choice existed takes the default. */
export const viewContent = z.strictObject({
  query,
  chart: z.enum(['none', 'auto', 'bar', 'line', 'scatter', 'heat', 'map']).default('auto'),
  /** The column of a chart that has a place for one only, by its place; '' for the first. */
  column: z.string().max(5000).default(''),
  heat: z.boolean().default(true),
  /** Prints margin and base under every figure. */
  bases: z.boolean().default(false),
});

/** What a saved view restores. */
export type ExploreViewContent = z.output<typeof viewContent>;

/** A saved view. */
export interface ExploreView {
  id: number;
  name: string;
  content: ExploreViewContent;
  createdAt: string;
  updatedAt: string;
}

const viewName = z.string().trim().min(1).max(120);

/** The calls of this area. */
export const exploreCalls = {
  'explore.options': call<ExploreOptions>()(z.strictObject({ scheme })),
  'explore.table': call<ExploreTable>()(query),
  'explore.export': call<WrittenFile>()(
    z.strictObject({
      query,
      path,
      format: z.enum(['xlsx', 'csv']),
      title: z.string().max(200).default(''),
      language,
      display,
    }),
  ),
  'explore.picture': call<WrittenFile>()(
    z.strictObject({
      path,
      /** A PNG file in base64. */
      png: z
        .string()
        .max(20_000_000)
        .regex(/^iVBORw0KGgo[A-Za-z0-9+/]*={0,2}$/),
    }),
  ),
  'explore.views': call<ExploreView[]>()(nothing),
  'explore.saveView': call<ExploreView>()(
    z.strictObject({
      /** Absent: a new one. */
      view: z.number().int().optional(),
      name: viewName,
      content: viewContent,
    }),
    { alone: true },
  ),
  'explore.renameView': call<ExploreView>()(z.strictObject({ view: z.number().int(), name: viewName }), {
    alone: true,
  }),
  'explore.deleteView': call<{ deleted: boolean }>()(z.strictObject({ view: z.number().int() }), {
    alone: true,
  }),
} as const;
