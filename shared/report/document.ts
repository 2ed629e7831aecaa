/**
 * A report as data: sections in reading order, already worded in one language, with numbers still numbers.
 * The writers (PDF, XLSX) decide on type and colour, never on content; tests compare this, not pixels.
 */
import type { Language } from '../domain/language.ts';
import type { ShownScale } from '../domain/score/display.ts';

/** Where a section goes: printed pages, the workbook, or both. */
type Medium = 'page' | 'sheet' | 'both';

/** The workbook's sheets, in their order. */
export const SHEETS = ['summary', 'scores', 'trend', 'alerts'] as const;

/** One sheet of the workbook. */
export type SheetKey = (typeof SHEETS)[number];

/** `better` and `worse` are significant; `muted` is the grey tier or secondary text; `strong` is emphasis. */
export type Tone = 'plain' | 'better' | 'worse' | 'muted' | 'strong';

/**
 * One figure or text. `number` keeps the full value, `decimals` is how it is printed; `bracket` puts a small base
 * in brackets. `interval` prints as `lo – hi`. `absent` prints as a dash and keeps its reason for the curious.
 */
export type ReportValue =
  | {
      kind: 'number';
      value: number;
      decimals: number;
      signed?: boolean;
      bracket?: boolean;
      prefix?: string;
      tone: Tone;
    }
  | { kind: 'interval'; lo: number; hi: number; decimals: number; tone: Tone }
  | { kind: 'text'; text: string; tone: Tone }
  | { kind: 'absent'; reason: string };

/** A label with its value. */
export interface LabelledValue {
  label: string;
  value: ReportValue;
}

/** One card of the key figures: a heading, one large value, and a few labelled lines. */
export interface FigureCard {
  title: string;
  value: ReportValue;
  unit: string;
  caption: string;
  lines: LabelledValue[];
}

/** A column; `share` is its part of the table's width, `group` a spanning head over equal neighbours. */
export interface TableColumn {
  label: string;
  group: string;
  align: 'left' | 'right';
  share: number;
}

/** A row: `group` rows carry a single text over all columns, `total` rows stand out, `depth` indents. */
export interface TableRow {
  kind: 'group' | 'total' | 'plain';
  depth: number;
  cells: ReportValue[];
}

/** Lines over a common axis of quarters. All arrays are as long as `labels`; null is a gap in the line. */
export interface ChartSpec {
  /** Values are on 0-100; the axis names them on this scale. */
  scale: ShownScale;
  labels: string[];
  lines: { role: 'dealer' | 'region' | 'fitted'; name: string; values: (number | null)[] }[];
  /** Prediction intervals, at the index `at` of the axis. `emphasis` marks the coming quarter. */
  bands: {
    at: number;
    point: number;
    lo80: number;
    hi80: number;
    lo95: number;
    hi95: number;
    emphasis: boolean;
  }[];
  /** Vertical marks before the index `at`: from there on figures do not compare with earlier ones. */
  breaks: { at: number; label: string }[];
}

interface Placed {
  medium: Medium;
  sheet: SheetKey;
}

/** Key figures side by side; the labels head the columns where the cards become a table. */
export interface FiguresSection extends Placed {
  kind: 'figures';
  heading: string;
  labels: { title: string; value: string; caption: string };
  cards: FigureCard[];
}

/** A table; `note` stands under it, empty for none; `half` tables share a printed row with the next half table. */
export interface TableSection extends Placed {
  kind: 'table';
  heading: string;
  columns: TableColumn[];
  rows: TableRow[];
  note: string;
  half: boolean;
}

/** Charts one under the other, each with a reading beside it. */
export interface ChartsSection extends Placed {
  kind: 'charts';
  heading: string;
  legend: { role: 'dealer' | 'region' | 'fitted' | 'band80' | 'band95'; label: string }[];
  charts: { title: string; unit: string; spec: ChartSpec; reading: LabelledValue[] }[];
}

/** Short sentences. */
export interface ListSection extends Placed {
  kind: 'list';
  heading: string;
  items: { text: string; tone: Tone }[];
}

/** How to read the report, in small type. */
export interface NoteSection extends Placed {
  kind: 'note';
  heading: string;
  paragraphs: string[];
}

/** Starts a new printed page; nothing in a workbook. */
export interface PageBreak extends Placed {
  kind: 'page-break';
}

/** One part of a report. */
export type ReportSection =
  | FiguresSection
  | TableSection
  | ChartsSection
  | ListSection
  | NoteSection
  | PageBreak;

/**
 * A whole report. `period` is the short mark at the right of the header band; `subject` and `subjectCode` say whom
 * it is about; `context` is printed below the subject. `date` (ISO) is the only time in the file.
 */
export interface ReportDocument {
  template: string;
  language: Language;
  title: string;
  subject: string;
  subjectCode: string;
  period: string;
  context: LabelledValue[];
  provenance: string;
  pageLabel: string;
  date: string;
  sheetNames: Record<SheetKey, string>;
  sections: ReportSection[];
}
