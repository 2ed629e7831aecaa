/**
 * How tall the charts of a page may be: what the other sections of their page leave. Heights are those of
 * `resources/report/document.typ` in points, rounded up, so that a full page still holds everything.
 */
import type { ReportDocument, ReportSection } from '../../../shared/report/document.ts';
import { emWidth } from '../../../shared/report/format.ts';

const PAGE = 750;
const HEADING = 24;
const CHART_FRAME = 22;
const SHORTEST = 50;
const TALLEST = 120;

/** Width of the text in points at the table's 7.5 pt and a column's inset in em. */
const TABLE = { full: 515, half: 250, size: 7.5, head: 14, row: 13, secondLine: 9.5, note: 12 };
const NOTE = { columnEm: 34, line: 9, gap: 6 };

type TableSection = ReportSection & { kind: 'table' };

/** The width in em that each column of a table offers to words; half tables wrap the first one once. */
export function columnEms(section: TableSection): number[] {
  const width = (section.half ? TABLE.half : TABLE.full) / TABLE.size;
  const total = section.columns.reduce((sum, column) => sum + column.share, 0);
  return section.columns.map((column) => (width * column.share) / total - 1);
}

function tableHeight(section: TableSection): number {
  const nameEm = columnEms(section)[0]!;
  const rows = section.rows.map((row) => {
    const [name] = row.cells;
    const wraps = section.half && name?.kind === 'text' && emWidth(name.text) > nameEm;
    return TABLE.row + (wraps ? TABLE.secondLine : 0);
  });
  const head = rows.length > 0 ? TABLE.head : 0;
  return HEADING + head + rows.reduce((sum, row) => sum + row, 0) + (section.note ? TABLE.note : 0);
}

function noteHeight(paragraphs: readonly string[]): number {
  const lines = paragraphs.map((words) => Math.ceil(emWidth(words) / NOTE.columnEm));
  let height = HEADING;
  for (let i = 0; i < lines.length; i += 2)
    height += Math.max(lines[i]!, lines[i + 1] ?? 0) * NOTE.line + NOTE.gap;
  return height;
}

function heightOf(section: ReportSection): number {
  if (section.kind === 'table') return tableHeight(section);
  if (section.kind === 'note') return noteHeight(section.paragraphs);
  if (section.kind === 'list') return HEADING + section.items.length * TABLE.row;
  return 0;
}

/** The sections printed on the same page as the charts. */
function pageOf(document: ReportDocument, charts: ReportSection): ReportSection[] {
  const printed = document.sections.filter((section) => section.medium !== 'sheet');
  const at = printed.indexOf(charts);
  const start = printed.findLastIndex((section, i) => i < at && section.kind === 'page-break') + 1;
  const next = printed.findIndex((section, i) => i > at && section.kind === 'page-break');
  return printed.slice(start, next < 0 ? printed.length : next);
}

/** The height of one chart in points, 50-120. */
export function chartHeight(document: ReportDocument, charts: ReportSection & { kind: 'charts' }): number {
  let left = PAGE - HEADING;
  let half = 0;
  for (const section of pageOf(document, charts)) {
    const height = heightOf(section);
    if (section.kind === 'table' && section.half) {
      // Two half tables stand side by side: the taller one counts.
      left -= half === 0 ? height : Math.max(0, height - half);
      half = half === 0 ? height : 0;
    } else left -= height;
  }
  const each = Math.floor(left / Math.max(1, charts.charts.length)) - CHART_FRAME;
  return Math.max(SHORTEST, Math.min(TALLEST, each));
}
