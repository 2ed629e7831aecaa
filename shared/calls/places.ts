/** Dealers, cities and region schemes: kept, loaded and edited. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import { call, language, nothing, path, scheme } from './call.ts';
import type { WrittenFile } from './figure.ts';

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
  /** Dealers standing there today. */
  dealers: number;
  /** True for the national list; false where a file named it freely. */
  national: boolean;
}

/** One row of a list of dealers beside what is known. */
export interface ListedDealer {
  row: number;
  code: string;
  kind: 'new' | 'changed' | 'same' | 'faulty';
  name: string;
  city: string;
  /** Fields that differ, as they are and as they will be. */
  changes: { field: 'name' | 'city' | 'opened' | 'closed'; before: string; after: string }[];
  /** Why the row cannot be taken. */
  problem: Bilingual | null;
  /** For a city that nobody knows: the nearest. */
  nearest: string[];
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
  problems: { row: number; value: string; message: Bilingual; nearest: string[] }[];
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
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
  'schemes.export': call<WrittenFile>()(z.strictObject({ scheme, path, language })),
} as const;
