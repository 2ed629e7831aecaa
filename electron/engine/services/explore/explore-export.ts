// A table as a file: what is hidden stays hidden, numbers stay numbers, and the notes say what they rest on.

import type { ExploreTable } from '../../../../shared/calls/explore.ts';
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type Bilingual, inLanguage, type Language } from '../../../../shared/domain/language.ts';
import { nativeScale } from '../../../../shared/domain/score/score-format.ts';
import type { Context } from '../../context.ts';
import {
  type FileTable,
  type TableCell,
  writeCsv,
  writeExport,
  writeTables,
} from '../../documents/table-file.ts';
import { getCatalog } from '../figures/catalog.ts';
import { ScoreColumns } from '../figures/score-columns.ts';
import { exploreTable } from './explore-table.ts';

const MOST_ROWS = 100_000;
const DECIMALS = { count: 0, percent: 1, deviations: 1 } as const;

const WORDS = {
  base: { zh: '样本量', en: 'Base' },
  effective: { zh: '有效样本量', en: 'Effective base' },
  margin: { zh: '误差 ±', en: 'Margin ±' },
  tier: { zh: '级别', en: 'Tier' },
  full: { zh: '完整', en: 'full' },
  grey: { zh: '样本偏少', en: 'small base' },
  hiddenTier: { zh: '不显示', en: 'not shown' },
  notes: { zh: '说明', en: 'Notes' },
  table: { zh: '数据', en: 'Table' },
  bases: { zh: '样本量与误差', en: 'Bases and margins' },
  mark: { zh: '显著性', en: 'Significance' },
  higher: { zh: '显著高', en: 'higher' },
  lower: { zh: '显著低', en: 'lower' },
  made: { zh: '生成时间', en: 'Made' },
} as const;

const greyNote = (fullFrom: number): Bilingual => ({
  zh: `有效样本量不足 ${fullFrom} 的数字仅供参考，见“样本量与误差”中的级别。`,
  en: `Figures on an effective base below ${fullFrom} are for reference only, see the tiers under "Bases and margins".`,
});

export async function exportTable(
  context: Context,
  input: CallArguments<'explore.export'>,
): Promise<WrittenFile> {
  const table = await exploreTable(context, {
    ...input.query,
    limit: MOST_ROWS,
    sparks: false,
    intervals: true,
  });
  const { language } = input;
  const say = (key: keyof typeof WORDS) => inLanguage(WORDS[key], language);
  const notes: FileTable = {
    name: say('notes'),
    columns: [{ title: input.title || say('notes') }],
    rows: [
      ...table.notes.map((note) => [inLanguage(note, language)]),
      [inLanguage(greyNote(context.workspace().rules().fullFrom), language)],
      [`${say('made')}${language === 'en' ? ': ' : '：'}${localMinute(context.workspace().now())}`],
    ],
  };
  const { channels } = getCatalog(context);
  const { channel, indicator } = input.query.filters;
  const shown: Shown = {
    language,
    columns: new ScoreColumns(input.display, language),
    decimals: input.display === 'native' ? 2 : input.display === 'thousand' ? 0 : 1,
    scaleAt: (r, c) => {
      const [row, column] = [table.rows[r]!.place, table.columns[c]!.place];
      return nativeScale(
        channels,
        column.channel ?? row.channel ?? channel ?? table.channels[0],
        column.indicator ?? row.indicator ?? indicator,
      );
    },
  };
  const figures = figureParts(table, shown);
  const bases = baseParts(table, shown);
  const tableWith = (name: keyof typeof WORDS, parts: readonly ColumnPart[]) =>
    tableOf(table, language, say(name), parts);
  // A CSV file is one rectangle for other programs, so that each figure's base stands beside it.
  if (input.format === 'csv')
    return writeCsv(input.path, [tableWith('table', [...figures, ...bases]), notes]);
  return writeTables(input.path, [tableWith('table', figures), tableWith('bases', bases), notes]);
}

/** `2026-11-21 14:05` by the clock of this computer. */
function localMinute(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How scores are written: on which scale, which is that of a cell's own channel and indicator, and how finely. */
interface Shown {
  language: Language;
  columns: ScoreColumns;
  decimals: number;
  scaleAt(row: number, column: number): { min: number; max: number };
}

function heads(table: ExploreTable, language: Language): { title: string }[] {
  return (table.rowHeads.length > 0 ? table.rowHeads : [{ zh: ' ', en: ' ' }]).map((head) => ({
    title: inLanguage(head, language),
  }));
}

function columnName(table: ExploreTable, c: number, language: Language): string {
  return table.columns[c]!.labels.map((label) => inLanguage(label, language)).join(' · ');
}

/** What stands in a column of its own under every column of the table. */
interface ColumnPart {
  title: string;
  decimals?: number;
  of(r: number, c: number): TableCell;
}

function tableOf(
  table: ExploreTable,
  language: Language,
  name: string,
  parts: readonly ColumnPart[],
): FileTable {
  const single = table.columns.length === 1 && table.columnHeads.length === 0;
  const first = heads(table, language).length;
  return {
    name,
    heads: first,
    isGrey: (r, c) =>
      c >= first && table.cells[r]![Math.floor((c - first) / parts.length)]?.score?.tier === 'grey',
    columns: [
      ...heads(table, language),
      ...table.columns.flatMap((_, c) =>
        parts.map(({ title, decimals }) => ({
          title: single ? title : `${columnName(table, c, language)} ${title}`,
          ...(decimals !== undefined && { decimals }),
        })),
      ),
    ],
    rows: table.rows.map((row, r) => [
      ...row.labels.map((label) => inLanguage(label, language)),
      ...table.columns.flatMap((_, c) => parts.map((part) => part.of(r, c))),
    ]),
  };
}

/** Rounded to what is shown, so that nothing finer leaves than the screen prints. */
function rounded(value: number | null | undefined, decimals: number): number | null {
  return value === null || value === undefined ? null : Number(value.toFixed(decimals));
}

function figureParts(table: ExploreTable, shown: Shown): ColumnPart[] {
  const { language, columns, scaleAt } = shown;
  return table.measures.flatMap((measure, m) => {
    const { unit } = measure;
    const scaled = unit === 'score' || unit === 'points';
    const decimals = scaled ? shown.decimals : DECIMALS[unit];
    const title = inLanguage(measure.name, language);
    const own = {
      title: scaled ? columns.titled(title) : title,
      decimals,
      of: (r: number, c: number) => {
        const value = table.cells[r]![c]?.values[m];
        if (!scaled) return rounded(value, decimals);
        const on =
          unit === 'score' ? columns.figure(value, scaleAt(r, c)) : columns.point(value, scaleAt(r, c));
        return rounded(on, decimals);
      },
    };
    const interval = {
      title: columns.titled(`${title} ${inLanguage(WORDS.margin, language)}`),
      decimals: shown.decimals,
      of: (r: number, c: number) =>
        rounded(columns.point(table.cells[r]![c]?.margins[m], scaleAt(r, c)), shown.decimals),
    };
    const tested = table.cells.some((line) => line.some((cell) => cell?.marks[m] != null));
    if (!tested) return [own];
    const mark = {
      title: inLanguage(WORDS.mark, language),
      of: (r: number, c: number) => {
        const found = table.cells[r]![c]?.marks[m];
        return found === 'higher' || found === 'lower' ? inLanguage(WORDS[found], language) : null;
      },
    };
    return [own, interval, mark];
  });
}

function baseParts(table: ExploreTable, { language, columns, decimals, scaleAt }: Shown): ColumnPart[] {
  return [
    {
      title: inLanguage(WORDS.base, language),
      decimals: 0,
      of: (r, c) => rounded(table.cells[r]![c]?.score?.n, 0),
    },
    {
      title: inLanguage(WORDS.effective, language),
      decimals: 1,
      of: (r, c) => rounded(table.cells[r]![c]?.score?.nEff, 1),
    },
    {
      title: columns.titled(inLanguage(WORDS.margin, language)),
      decimals,
      of: (r, c) => rounded(columns.point(table.cells[r]![c]?.score?.margin100, scaleAt(r, c)), decimals),
    },
    {
      title: inLanguage(WORDS.tier, language),
      of(r, c) {
        const cell = table.cells[r]![c];
        if (!cell) return null;
        const tier = cell.score?.tier ?? 'hidden';
        return inLanguage(WORDS[tier === 'hidden' ? 'hiddenTier' : tier], language);
      },
    },
  ];
}

/** Writes a picture that the page drew. */
export function writePicture(
  _context: Context,
  { path, png }: CallArguments<'explore.picture'>,
): WrittenFile {
  return writeExport(path, Buffer.from(png, 'base64'));
}
