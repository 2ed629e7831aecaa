/** How a figure was computed, down to the lines of the files. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import { basis, call, channel, indicator, quarter, scheme, scope } from './call.ts';
import { attributeFilter } from './explore.ts';
import type { Score } from './figure.ts';

const figure = z.strictObject({
  scheme,
  channel,
  scope: scope.default('overall'),
  from: quarter,
  to: quarter,
  indicator: indicator.default(''),
  attributes: z.array(attributeFilter).max(20).default([]),
  basis,
});

/** Which figure is traced. */
export type TracedFigure = z.output<typeof figure>;

/** The same as a page gives it, defaults still open. */
export type TracedFigureInput = z.input<typeof figure>;

/** Sums over the answers of an item on 0-100; x is the score, w the respondent's weight. */
export interface TraceSums {
  n: number;
  sumW: number;
  sumW2: number;
  sumWX: number;
  sumWX2: number;
}

/** An item of the figure. `share` is its weight among the items that were answered; the contributions add up to the score. */
export interface TracePart {
  indicator: string;
  name: Bilingual;
  /** The study's own weight R. */
  weight: number;
  share: number;
  score: Score | null;
  sums: TraceSums | null;
  /** Standard error of the score in points of 0-100. */
  error100: number | null;
  contribution: number | null;
}

/** How a figure was computed. Where it has to stay hidden there are neither score nor sums, parts, files. */
export interface TraceView {
  title: Bilingual;
  kind: 'item' | 'factor' | 'index';
  hidden: boolean;
  score: Score | null;
  /** Native scale of the figure. */
  scale: { min: number; max: number };
  /** The formula in words with the numbers of this figure, step by step. */
  steps: { title: Bilingual; text: Bilingual }[];
  parts: TracePart[];
  /** Respondents (or lines of scores) behind the figure, by file. */
  files: {
    batch: number;
    fileName: string;
    sha256: string;
    study: Bilingual;
    questionnaire: string;
    kind: 'responses' | 'scores';
    rows: number;
  }[];
  /** Weights, scheme, data version, filters. */
  notes: Bilingual[];
}

/** A respondent, or a line of scores, without anything that says who it is. */
export interface TraceRow {
  fileName: string;
  /** Line of the file, the header is line 1. */
  sourceRow: number;
  quarter: number;
  day: string | null;
  dealer: Bilingual;
  /** The respondent's weight; of a line of scores its base size. */
  weight: number;
  /** By item in the order of `items`; null where there is no answer. */
  answers: ({ native: number; score100: number } | null)[];
  /** In the order of `attributes`. */
  attributes: Bilingual[];
}

/** A page of what is behind a figure. */
export interface TraceRows {
  total: number;
  items: { indicator: string; name: Bilingual }[];
  attributes: { code: string; label: Bilingual }[];
  rows: TraceRow[];
}

/** The calls of this area. */
export const traceCalls = {
  'trace.get': call<TraceView>()(figure),
  'trace.rows': call<TraceRows>()(
    figure.extend({
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(1000).default(20),
    }),
  ),
} as const;
