/** Dealers, cities and region schemes: kept, loaded and edited. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
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
import type { Change, Score, WrittenFile } from './figure.ts';

/** A city as screens name it. */
export interface CityName {
  code: string;
  name: Bilingual;
  province: Bilingual;
}

/** One dealer with its history and how many answers it has. */
export interface DealerView {
  code: string;
  name: string;
  city: CityName;
  opened: string | null;
  closed: string | null;
  /** Today: not open yet, open, closed, or taken over by another one. */
  standing: 'planned' | 'open' | 'closed' | 'merged';
  /** Former cities, oldest first; the day of `until` already belongs to the next one. */
  stays: { until: string; city: CityName }[];
  successor: { code: string; name: string; from: string } | null;
  firstQuarter: Quarter | null;
  lastQuarter: Quarter | null;
  respondents: number;
  /** Answers from a quarter before it opened or after it closed. */
  outsideLife: boolean;
}

/** One city of the national list or of the data. */
export interface CityView {
  code: string;
  name: Bilingual;
  provinceCode: string;
  province: Bilingual;
  /** Dealers recorded there, those taken over left out; and those that are open today. */
  dealers: number;
  open: number;
  /** True for the national list; false where a file named it freely. */
  national: boolean;
}

/** One row of a list of dealers beside what is known. */
export interface ListedDealer {
  row: number;
  code: string;
  kind: 'new' | 'changed' | 'same' | 'faulty';
  name: string;
  city: Bilingual;
  /** Fields that differ, as they are and as they will be; of a new dealer its days. */
  changes: { field: 'name' | 'city' | 'opened' | 'closed'; before: Bilingual; after: Bilingual }[];
  /** Why the row cannot be taken. */
  problem: Bilingual | null;
  /** For a city that nobody knows: the nearest. */
  nearest: Bilingual[];
}

/** What a list of dealers would change. */
export interface DealerListPreview {
  fileName: string;
  counts: Record<ListedDealer['kind'], number>;
  rows: ListedDealer[];
  /** Known dealers that the list does not name; they stay as they are. */
  unnamed: { code: string; name: string }[];
  sheets: string[];
}

/** A list that was loaded. */
export interface DealerListView {
  id: number;
  fileName: string;
  at: string;
  added: number;
  changed: number;
  undoneAt: string | null;
}

/** What taking a list back does. `kept` were edited since or have answers by now, and stay. */
export interface DealerListUndo {
  list: DealerListView;
  restored: string[];
  kept: { code: string; reason: Bilingual }[];
}

/** One version of a region scheme, or the view of all of them each in its time. */
export interface SchemeView {
  id: number;
  code: string;
  name: Bilingual;
  validFrom: string;
  /** Day from which a newer version holds. */
  validTo: string | null;
  timing: 'as-is' | 'as-was';
  regions: { code: string; name: Bilingual; cities: number; dealers: number }[];
  /** Cities with dealers that it places, of all that have dealers. */
  covered: { cities: number; ofCities: number; dealers: number; ofDealers: number };
  uses: { forecasts: number; plans: number; reports: number };
}

/** A scheme's regions with their cities by code. */
export interface SchemeContentView {
  id: number;
  code: string;
  name: Bilingual;
  validFrom: string;
  regions: { code: string; name: string; cities: string[] }[];
}

/** A table of cities and regions, read. */
export interface SchemeTableView {
  fileName: string;
  regions: SchemeContentView['regions'];
  rows: number;
  problems: { row: number; value: string; message: Bilingual; nearest: Bilingual[] }[];
}

/** One indicator on two sides. `difference` is the first side minus the second. */
export interface TwoSides {
  indicator: string;
  name: Bilingual;
  role: 'index' | 'factor' | 'item' | 'question';
  first: Score | null;
  second: Score | null;
  difference: Change | null;
}

/** How many places and respondents a side holds. */
export interface SideSize {
  cities: number;
  dealers: number;
  respondents: number;
}

/** What a scheme places against what it leaves out. First is inside. */
export interface InsideOutside {
  inside: SideSize;
  outside: SideSize;
  rows: TwoSides[];
  trend: { quarter: Quarter; inside: Score | null; outside: Score | null }[];
  /** What the basis leaves out. */
  notes: Bilingual[];
}

/** One period of a like-for-like comparison. Shares are of all units and all respondents of the period. */
export interface LikePeriod {
  quarters: Quarter[];
  units: number;
  respondents: number;
  unitShare: number;
  respondentShare: number;
  /** Units that the other period does not have, the largest first. */
  only: { code: string; name: Bilingual; respondents: number }[];
}

/** Two periods over all units and over those that both have. Changes are the second period minus the first. */
export interface LikeForLike {
  unit: 'dealer' | 'city';
  common: number;
  first: LikePeriod;
  second: LikePeriod;
  rows: {
    indicator: string;
    name: Bilingual;
    role: TwoSides['role'];
    all: { first: Score | null; second: Score | null; change: Change | null };
    common: { first: Score | null; second: Score | null; change: Change | null };
  }[];
  notes: Bilingual[];
}

/** One region under two schemes. `difference` is second minus first: what the new grouping alone does. */
export interface RegroupedRegion {
  code: string;
  name: Bilingual;
  first: Score | null;
  second: Score | null;
  difference: Change | null;
  /** Respondents that the second scheme brings in and takes out. */
  joined: number;
  left: number;
}

/** The same answers grouped by two schemes or two versions of one. */
export interface Reorganisation {
  quarters: Quarter[];
  regions: RegroupedRegion[];
  moved: {
    kind: 'city' | 'dealer';
    code: string;
    name: Bilingual;
    from: Bilingual | null;
    to: Bilingual | null;
    dealers: number;
    respondents: number;
  }[];
  notes: Bilingual[];
}

const day = z.iso.date();
const code = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^:/\s]+$/);
const dealerName = z.string().trim().max(200);
const city = z.string().trim().min(1).max(120);
const life = { opened: day.nullable().default(null), closed: day.nullable().default(null) };

const list = z.strictObject({
  path,
  fileName: z.string().max(300).optional(),
  sheet: z.string().max(200).optional(),
  /** What another city of a known dealer means: it moved on a day, or the old one was wrong all along. */
  cityChange: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('correct') }),
      z.strictObject({ kind: z.literal('move'), from: day }),
    ])
    .default({ kind: 'correct' }),
});

const period = z.strictObject({ first: quarter, last: quarter });

const comparisons = {
  inside: z.strictObject({
    scheme,
    /** Regions that count as inside, by code; all that the scheme places without it. */
    regions: z.array(z.string().max(80)).max(500).optional(),
    channel,
    period,
    /** Only places below this one, an address under `withinScheme` (a scheme divides the provinces it cuts through). */
    within: scope.default('overall'),
    withinScheme: scheme.optional(),
    basis,
  }),
  like: z.strictObject({
    channel,
    first: period,
    second: period,
    unit: z.enum(['dealer', 'city']).default('dealer'),
    /** Schemes whose places alone count: of the first period, and of the second. */
    schemes: z.tuple([scheme, scheme]).optional(),
    basis,
  }),
  regroup: z.strictObject({
    first: scheme,
    second: scheme,
    channel,
    period,
    indicator: indicator.default(''),
    basis,
  }),
};

const schemeContent = {
  code: code.regex(/^[\p{L}\p{N}._-]+$/u),
  name: z.strictObject({ zh: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(120) }),
  validFrom: day,
  regions: z
    .array(
      z.strictObject({
        code: z.string().trim().min(1).max(80),
        name: z.string().trim().min(1).max(120),
        cities: z.array(z.string().min(1).max(200)).max(20_000),
      }),
    )
    .max(500),
};

/** The calls of this area. */
export const placesCalls = {
  'places.dealers': call<DealerView[]>()(nothing),
  'places.cities': call<CityView[]>()(nothing),
  'places.edit': call<DealerView>()(
    z.strictObject({
      dealer: code,
      edit: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('add'), name: dealerName, city, ...life }),
        z.strictObject({ kind: z.literal('change'), name: dealerName, city, ...life }),
        z.strictObject({ kind: z.literal('move'), city, from: day }),
        z.strictObject({ kind: z.literal('unmove') }),
        z.strictObject({ kind: z.literal('merge'), into: code, from: day }),
        z.strictObject({ kind: z.literal('separate') }),
      ]),
    }),
    { alone: true },
  ),
  'places.remove': call<{ removed: string }>()(z.strictObject({ dealer: code }), { alone: true }),
  'places.readList': call<DealerListPreview>()(list),
  'places.loadList': call<DealerListView>()(list.extend({ acceptGoodRows: z.boolean().default(false) }), {
    alone: true,
  }),
  'places.lists': call<DealerListView[]>()(nothing),
  'places.undoList': call<DealerListUndo>()(
    z.strictObject({ list: z.number().int().positive(), preview: z.boolean().default(false) }),
    { alone: true },
  ),
  'places.export': call<WrittenFile>()(z.strictObject({ path, language })),
  'schemes.list': call<SchemeView[]>()(nothing),
  'schemes.get': call<SchemeContentView>()(z.strictObject({ scheme })),
  'schemes.save': call<SchemeView>()(
    z.strictObject({
      /** Version to change; a new one without it. */ scheme: scheme.optional(),
      ...schemeContent,
    }),
    { alone: true },
  ),
  'schemes.delete': call<{ deleted: number }>()(z.strictObject({ scheme }), { alone: true }),
  'schemes.readTable': call<SchemeTableView>()(
    z.strictObject({ path, fileName: z.string().max(300).optional(), sheet: z.string().max(200).optional() }),
  ),
  'schemes.insideOutside': call<InsideOutside>()(comparisons.inside),
  'schemes.likeForLike': call<LikeForLike>()(comparisons.like),
  'schemes.reorganise': call<Reorganisation>()(comparisons.regroup),
  /** The tables of one comparison, by the extension of the path. */
  'schemes.exportComparison': call<WrittenFile>()(
    z.strictObject({
      path,
      language,
      display,
      comparison: z.union([
        z.strictObject({ kind: z.literal('inside'), input: comparisons.inside }),
        z.strictObject({ kind: z.literal('like'), input: comparisons.like }),
        z.strictObject({ kind: z.literal('regroup'), input: comparisons.regroup }),
      ]),
    }),
  ),
  'schemes.export': call<WrittenFile>()(z.strictObject({ scheme, path, language })),
} as const;
