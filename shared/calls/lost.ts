/** Customers who left: service visits with who stopped coming (流失), and prospects lost to another brand (战败). */
import { z } from 'zod';
import type { FunnelPosition } from '../domain/funnel.ts';
import type { Bilingual } from '../domain/language.ts';
import type { PrecisionTier } from '../domain/precision.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import {
  DEFAULT_LAPSE_RULES,
  type LapseCounts,
  type LapseMonth,
  type LapseRules,
  type VisitClass,
} from '../domain/visits/lapse.ts';
import { type VisitMapping, visitMapping } from '../domain/visits/visit-mapping.ts';
import { basis, call, display, job, language, path, quarter, scheme, scope } from './call.ts';
import type { Change, Score, WrittenFile } from './figure.ts';
import { type BatchView, type IssueView, importSource, placeChoice, type UnmatchedPlace } from './import.ts';

/** A file of visits as it would be read. Nothing is written. */
export interface VisitPreview {
  file: string;
  sheets: { name: string; hidden: boolean }[];
  /** The sheet that is read; null where the format has none. */
  sheet: string | null;
  headers: string[];
  mapping: VisitMapping | null;
  /** Set where the file is a correction of visits that a batch had kept out. */
  correctionOf: { batch: number; fileName: string; open: number } | null;
  problems: Bilingual[];
  counts: {
    read: number;
    accepted: number;
    rejected: number;
    customers: number;
    dealers: number;
    advisers: number;
    from: string | null;
    to: string | null;
  };
  issues: IssueView[];
  duplicateOf: number | null;
  /** Dealers that the network does not know, with the nearest; a choice is remembered when the file is imported. */
  unmatched: UnmatchedPlace[];
}

/** A dealer or adviser by customers lost. `rate` is null below ten customers. */
export interface LossUnit extends LapseCounts {
  id: string;
  name: Bilingual;
  /** Of an adviser: the dealer. */
  within: Bilingual | null;
  n: number;
  rate: number | null;
  low: number | null;
  high: number | null;
  tier: PrecisionTier;
  /** Against the rate of all units under funnel limits; null where the base is not full. */
  funnel: FunnelPosition | null;
}

/** A customer at the margin, under a pseudonym. */
export interface MarginCustomer {
  pseudonym: string;
  dealer: Bilingual;
  adviser: string;
  since: number;
  visits: number;
  class: VisitClass;
}

/** Who stopped coming, at the end of a month. */
export interface VisitLoss {
  /** The last month with a visit; null while there are no visits. */
  lastMonth: number | null;
  firstMonth: number | null;
  month: number;
  rules: LapseRules;
  months: LapseMonth[];
  total: LapseCounts;
  rate: number | null;
  n: number;
  dealers: LossUnit[];
  advisers: LossUnit[];
  margin: { total: number; rows: MarginCustomer[] };
  /** Customers of dealers that the network does not know. */
  elsewhere: number;
}

const whole = (low: number, high: number) => z.number().int().min(low).max(high);
const rules = z
  .strictObject({
    marginalAfter: whole(1, 60),
    lostAfter: whole(2, 120),
    permanentAfter: whole(2, 240),
    classA: whole(3, 100),
    classB: whole(2, 99),
  })
  .refine((one) => one.lostAfter > one.marginalAfter && one.permanentAfter >= one.lostAfter, {
    path: ['lostAfter'],
    message: 'limits must rise',
  })
  .refine((one) => one.classA > one.classB, { path: ['classA'], message: 'classes must rise' })
  .default(DEFAULT_LAPSE_RULES);

const lossInput = z.strictObject({
  scheme,
  scope: scope.default('overall'),
  /** `year * 12 + month - 1`; the last month with visits when absent. */
  month: z
    .number()
    .int()
    .min(0)
    .max(2200 * 12)
    .optional(),
  rules,
});

/** What an attribute of the study of lost sales tells. */
export const LOST_SALE_ROLES = ['reason', 'brand', 'stage'] as const;
export type LostSaleRole = (typeof LOST_SALE_ROLES)[number];

/** A choice's share of the lost sales, all on 0-1. */
export interface LostShare {
  value: string;
  label: Bilingual;
  n: number;
  share: number;
  low: number;
  high: number;
  /** Share of the quarter before; null where its base is too small. */
  before: number | null;
  /** Percentage points on 0-100 against the quarter before, tested with false discoveries held over all choices. */
  change: Change | null;
}

/** One role: which attribute tells it, and the shares of the quarter and of the quarters before. */
export interface LostSalePart {
  role: LostSaleRole;
  attribute: string | null;
  label: Bilingual | null;
  n: number;
  nEff: number;
  tier: PrecisionTier;
  shares: LostShare[];
  /** Shares in the order of `shares`; null where the base is too small to show. */
  quarters: { quarter: Quarter; n: number; shares: (number | null)[] }[];
}

/** A choice's share in an area with its 95 % interval, on 0-1; null where the base is too small to show. */
export type AreaShare = { share: number; low: number; high: number } | null;

/** An area beside what those who bought say there. */
export interface LostSaleArea {
  scope: ScopeId;
  level: ScopeLevel;
  name: Bilingual;
  n: number;
  tier: PrecisionTier;
  /** By role, in the order of the part's shares. */
  shares: Record<LostSaleRole, AreaShare[]>;
  /** Of those who were lost, and of those who bought. */
  lost: Score | null;
  /** `difference`: those who bought minus those who were lost, marked over all areas and channels together. */
  bought: { channel: Channel; score: Score | null; difference: Change | null }[];
}

/** Sales lost to other brands in a place and quarter. */
export interface LostSales {
  quarter: Quarter;
  quarters: Quarter[];
  parts: LostSalePart[];
  /** Attributes that a role may be given to. */
  attributes: { code: string; label: Bilingual }[];
  /** The place itself, then the places below it. */
  areas: LostSaleArea[];
  boughtChannels: { channel: Channel; name: Bilingual }[];
  /** What the basis leaves out. */
  notes: Bilingual[];
}

const role = z.string().max(80).nullable();

const salesInput = z.strictObject({
  scheme,
  scope: scope.default('overall'),
  quarter: quarter.optional(),
  basis,
});

const visitSource = importSource.pick({ path: true, fileName: true, table: true }).extend({
  job,
  mapping: visitMapping.optional(),
  /** A visit makes no dealer: a name is matched or its rows are left out. */
  places: z
    .array(placeChoice.extend({ action: placeChoice.shape.action.exclude(['new']) }))
    .max(5000)
    .optional(),
});

/** The calls of this area. */
export const lostCalls = {
  'visits.preview': call<VisitPreview>()(visitSource, { job: true }),
  'visits.import': call<BatchView>()(visitSource.extend({ acceptGoodRows: z.boolean().default(false) }), {
    job: true,
    alone: true,
  }),
  'lost.visits': call<VisitLoss>()(lossInput),
  /** All customers at the margin, as a workbook or by the path's extension as CSV. */
  'lost.exportMargin': call<WrittenFile>()(lossInput.extend({ path, language: language.default('zh-CN') })),
  /** States by month, loss by dealer and adviser, and the rules they were told by. */
  'lost.exportLoss': call<WrittenFile>()(lossInput.extend({ path, language: language.default('zh-CN') })),
  'lost.sales': call<LostSales>()(salesInput),
  'lost.exportSales': call<WrittenFile>()(
    salesInput.extend({ path, language: language.default('zh-CN'), display }),
  ),
  /** Which attribute tells the reason, the brand and the stage; null for none. */
  'lost.setRoles': call<{ saved: boolean }>()(z.strictObject({ reason: role, brand: role, stage: role }), {
    alone: true,
  }),
} as const;
