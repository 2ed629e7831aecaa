import { z } from 'zod';
import { ATTRIBUTE_GROUPS } from './attribute-group.ts';
import { IDENTITY_KINDS } from './identity.ts';
import type { Bilingual } from './language.ts';
import { LEFT_COLUMNS, LEFT_ROWS } from './leave-out.ts';

/** The satisfaction channels: 第三方研究, 自有调研, 流失客户, 战败客户. */
export const CHANNELS = ['third-party', 'in-house', 'lost-customer', 'lost-sale'] as const;

/** One satisfaction channel. */
export type Channel = (typeof CHANNELS)[number];

/** What each channel is called. */
export const CHANNEL_NAMES: Record<Channel, Bilingual> = {
  'third-party': { zh: '第三方研究', en: 'Third-party study' },
  'in-house': { zh: '自有调研', en: 'In-house study' },
  'lost-customer': { zh: '流失客户', en: 'Lost customers' },
  'lost-sale': { zh: '战败客户', en: 'Lost sales' },
};

/** Which comes first in `03/04/2026`. */
export const dateOrder = z.enum(['month-first', 'day-first']);

/** Which comes first in `03/04/2026`: the month or the day. */
export type DateOrder = z.infer<typeof dateOrder>;

const bilingual = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
const code = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[\p{L}\p{N}._-]+$/u);
const column = z.string().min(1).max(300);
const source = z.union([
  z.strictObject({ column }),
  z.strictObject({ constant: z.string().min(1).max(200) }),
]);
const missing = z.array(z.union([z.string(), z.number()])).max(200);

/** The quarter that a bare year counts for, 1-4; without it a bare year is no date. */
const yearQuarter = z.number().int().min(1).max(4).optional();

const item = z.strictObject({
  /** Header of the score or rated answer. */
  column,
  /** The stable indicator this question measures. */
  indicator: code,
  label: bilingual.optional(),
  scale: z.strictObject({ min: z.number(), max: z.number() }),
  /** True where the low end of the scale is the satisfied end. */
  reversed: z.boolean().default(false),
  /** Codes that mean "no answer"; compared as numbers where both are numbers, else as trimmed text. */
  missing: missing.default([]),
  /** Score-level studies: header of this item's base size, where it differs from `base`. */
  baseColumn: column.optional(),
  /** Score-level studies: header of the respondent standard deviation in native points. */
  sdColumn: column.optional(),
});

const attribute = z.strictObject({
  column,
  code,
  label: bilingual,
  /** What it tells of the respondent; guessed from its words when absent. */
  group: z.enum(ATTRIBUTE_GROUPS).optional(),
  /** Labels of coded values, code as text to label. */
  values: z.record(z.string(), bilingual).default({}),
  missing: missing.default([]),
  /** Multiple choice: a separator, or the list of choices where the file runs them together. */
  multiple: z
    .union([
      z.strictObject({ separator: z.string().min(1) }),
      z.strictObject({ choices: z.array(z.string().min(1)).min(1) }),
    ])
    .optional(),
  /** Values of this file that stand for a code of the list: `18-24` for `2` where other waves hold codes. */
  recode: z.record(z.string(), z.string().min(1).max(200)).optional(),
  /** Amounts (prices, ages, distances) as bands: limits that rise, in `unit`; see `band.ts`. */
  bands: z
    .strictObject({
      limits: z
        .array(z.number())
        .min(1)
        .max(40)
        .refine(
          (limits) => limits.every((limit, i) => i === 0 || limit > limits[i - 1]!),
          'limits must rise',
        ),
      unit: z.string().max(20).default(''),
    })
    .optional(),
});

const words = z.array(z.string().min(1).max(60)).max(80);

/** Which rows and columns of a table are no data; see `leave-out.ts` for how a rule reads. */
const leaveOut = z.strictObject({
  rows: words.default([...LEFT_ROWS]),
  columns: words.default([...LEFT_COLUMNS]),
});

/** Waves side by side become a row each. What is not said here is told from the headers. */
const unpivot = z.strictObject({
  /** Header to its part where the header does not tell: kept on every row, left out, or the value of a wave. */
  columns: z
    .record(
      z.string(),
      z.union([
        z.enum(['keep', 'leave']),
        z.strictObject({
          wave: z.string().regex(/^\d{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$/),
          measure: z.string().max(200).default(''),
        }),
      ]),
    )
    .default({}),
});

/** Several columns that are one question with several answers: read as one column, its choices parted by `|`. */
const joinedColumns = z.strictObject({
  /** Header of the column that they become; an attribute of this column holds the answers. */
  name: column,
  columns: z
    .array(
      z.strictObject({
        column,
        /** The answer that a mark in this column stands for; the header where it is empty. */
        choice: z.string().max(200).default(''),
      }),
    )
    .min(2)
    .max(200),
  /** What a chosen cell holds, such as `1` or `是`; absent where the cells hold the answers themselves. */
  chosen: z.array(z.string().min(1).max(40)).min(1).max(20).optional(),
  /** What counts as an empty cell, such as `-3` for a skipped question. A row of empty cells was not asked. */
  empty: z.array(z.string().min(1).max(40)).max(20).default([]),
});

const indicator = z.strictObject({
  code,
  /** `index` is the root, `factor` groups items, `item` is weighted into the index, `question` stands beside it. */
  role: z.enum(['index', 'factor', 'item', 'question']),
  parent: code.optional(),
  name: bilingual,
  /** The study's own weight R of an item, 1 unless given; the index uses R / sum R over the items that were asked. */
  weight: z.number().min(0).default(1),
});

/** How the columns of a study's file become facts. Saved with the batch, so that every figure can be traced. */
export const studyMapping = z.strictObject({
  version: z.literal(1),
  study: z.strictObject({
    code,
    channel: z.enum(CHANNELS),
    name: bilingual,
    provider: z.string().max(200).default(''),
    /** Respondent standard deviation on 0-100, for score-level studies without one of their own. */
    respondentSd100: z.number().positive().max(50).optional(),
    /** Quarters that one reported score covers; 4 for a rolling year. */
    windowQuarters: z.number().int().min(1).max(16).default(1),
  }),
  /** `responses`: a row is one respondent. `scores`: a row is one unit's scores with their base size. */
  kind: z.enum(['responses', 'scores']),
  /** Version of the questionnaire, e.g. `2025`. */
  questionnaire: z.string().min(1).max(80),
  table: z
    .strictObject({
      sheet: z.string().optional(),
      headerRows: z.number().int().min(1).max(10).optional(),
      /** Rows above the header that hold something, such as a title; found by itself when absent. */
      skipRows: z.number().int().min(0).max(50).optional(),
      encoding: z.string().optional(),
      delimiter: z.string().min(1).max(4).optional(),
      /** Absent: every row and column is data. */
      leaveOut: leaveOut.optional(),
      /** Absent: the table is read as it stands. */
      unpivot: unpivot.optional(),
      /** Absent: every column stands for itself. */
      joined: z.array(joinedColumns).max(100).optional(),
    })
    .default({}),
  period: z.union([
    z.strictObject({
      kind: z.literal('date'),
      column,
      /** Which comes first in `5/1/2013`; told from the column's own values when absent. */
      order: dateOrder.optional(),
      /** `2013-05` where the column holds only the day of that month. */
      dayOf: z
        .string()
        .regex(/^\d{4}-\d{2}$/)
        .optional(),
      yearQuarter,
    }),
    z.strictObject({ kind: z.literal('quarter'), column, yearQuarter }),
    z.strictObject({ kind: z.literal('constant'), quarter: z.string().regex(/^\d{4}Q[1-4]$/) }),
    /** The first `2017Q1` in the file's name. */
    z.strictObject({ kind: z.literal('file-name') }),
  ]),
  place: z.strictObject({
    dealerCode: source.optional(),
    dealerName: source.optional(),
    city: source.optional(),
    province: source.optional(),
    region: source.optional(),
    /** `national`: names are matched to the national list. `free`: places are made as the file names them. */
    geography: z.enum(['national', 'free']).default('national'),
    /** Region scheme that `region` fills. */
    scheme: z.strictObject({ code, name: bilingual }).optional(),
    /** Make dealers that the database does not know yet; otherwise their rows are rejected. */
    createDealers: z.boolean().default(true),
  }),
  respondent: z.strictObject({ column }).optional(),
  weight: z.strictObject({ column }).optional(),
  /** Score-level studies: header of the base size. */
  base: z.strictObject({ column }).optional(),
  items: z.array(item).min(1).max(400),
  attributes: z.array(attribute).max(400).default([]),
  /** Columns that identify a person; kept apart under a pseudonym. */
  identity: z.array(z.strictObject({ column, kind: z.enum(IDENTITY_KINDS) })).default([]),
  /** Indicators this study brings; those that exist keep their place and weight. */
  indicators: z.array(indicator).default([]),
});

/** A checked mapping. */
export type StudyMapping = z.infer<typeof studyMapping>;

/** A mapping as a file or a page gives it, defaults still open. */
export type StudyMappingInput = z.input<typeof studyMapping>;

/** What the reading of rows takes of a mapping; a file that is no study, such as one of visits, has no more than this. */
export type RowMapping = Pick<
  StudyMapping,
  | 'kind'
  | 'table'
  | 'period'
  | 'place'
  | 'respondent'
  | 'weight'
  | 'base'
  | 'items'
  | 'attributes'
  | 'identity'
> & { study: Pick<StudyMapping['study'], 'code'> };

/** One rated item of a mapping. */
export type MappedItem = StudyMapping['items'][number];

/** One attribute of a mapping. */
export type MappedAttribute = StudyMapping['attributes'][number];

/** A value that comes from a column or is the same for every row. */
export type MappedSource = { column: string } | { constant: string };

/** One indicator that a mapping brings. */
export type MappedIndicator = StudyMapping['indicators'][number];

/** Columns that are read as one question with several answers. */
export type JoinedColumns = z.infer<typeof joinedColumns>;

/** How a table is read before any column has a meaning. */
export type TableLayout = StudyMapping['table'];
