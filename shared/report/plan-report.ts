import { type Bilingual, inLanguage, type Language } from '../domain/language.ts';
import {
  baselineMargin,
  type PlanCellView,
  type PlanTotalView,
  type PlanView,
} from '../domain/plan/plan-facts.ts';
import { formatQuarter } from '../domain/quarter.ts';
import { missing, number, text } from './dealer-values.ts';
import type { ReportDocument, ReportSection, ReportValue, TableColumn, TableSection } from './document.ts';
import { moveReasons, planWords } from './plan-words.ts';

/** More cells than this make no list to read; the workbook has them all. */
const MOST_CELLS = 120;
const FUNDED_FROM = 1e-9;

type Words = ReturnType<typeof planWords>;

const column = (label: string, share: number, align: TableColumn['align'] = 'right'): TableColumn => ({
  label,
  group: '',
  align,
  share,
});

const percentValue = (share: number): ReportValue => text(`${(share * 100).toFixed(2)}%`);
/** A single move takes a few hundred-thousandths of the whole resource. */
const smallPercentValue = (share: number): ReportValue =>
  text(`${(share * 100).toFixed(Math.abs(share) < 0.001 ? 4 : 2)}%`);
const scoreValue = (score: number | null): ReportValue => (score === null ? missing('–') : number(score, 1));

const countValue = (n: number | null | undefined): ReportValue => (n ? number(n, 0) : missing('–'));

/** Margin and base of a cell's baseline. */
const restValues = (cell: PlanCellView | undefined): ReportValue[] => [
  cell && cell.standardError > 0 ? number(baselineMargin(cell), 1) : missing('–'),
  countValue(cell?.n),
];

function table(heading: string, columns: TableColumn[], cells: ReportValue[][], half = false): TableSection {
  return {
    kind: 'table',
    medium: 'both',
    sheet: 'summary',
    heading,
    columns,
    rows: cells.map((row) => ({ kind: 'plain', depth: 0, cells: row })),
    note: '',
    half,
  };
}

function totals(
  heading: string,
  lines: readonly (PlanTotalView & { part: number })[],
  first: string,
  words: Words,
  language: Language,
): TableSection {
  const { columns } = words;
  return table(
    heading,
    [
      column(first, 3, 'left'),
      column(columns.share, 1.2),
      column(columns.now, 1),
      column(columns.margin, 1),
      column(columns.base, 1),
      column(columns.drift, 1),
      column(columns.target, 1),
      column(columns.extra, 1.4),
      column(columns.ofTotal, 1.2),
    ],
    [...lines]
      .sort((a, b) => b.cost - a.cost)
      .map((line) => [
        text(inLanguage(line.name, language)),
        percentValue(line.part),
        scoreValue(line.baseline),
        scoreValue(line.margin100 ?? null),
        countValue(line.n),
        scoreValue(line.drift),
        number(line.target, 1, 'strong'),
        percentValue(line.extraOfOwn),
        percentValue(line.extraOfTotal),
      ]),
  );
}

function moves(
  plan: PlanView,
  nameOf: (code: string) => string,
  words: Words,
  language: Language,
): TableSection {
  const cellOf = (move: PlanView['moves'][number]) =>
    plan.cells.find(({ area, indicator }) => area === move.area && indicator === move.indicator);
  return table(
    words.moves,
    [
      column('#', 0.4),
      column(words.columns.areaName, 1.6, 'left'),
      column(words.columns.indicatorName, 2, 'left'),
      column(words.columns.now, 0.8),
      column(words.columns.margin, 0.9),
      column(words.columns.base, 0.8),
      column(words.columns.target, 0.8),
      column(words.gain, 1),
      column(words.extraShort, 1.1),
      column(words.why, 2.4, 'left'),
    ],
    plan.moves.map((move, i) => [
      number(i + 1, 0),
      text(inLanguage(move.areaName, language)),
      text(nameOf(move.indicator)),
      scoreValue(cellOf(move)?.baseline ?? null),
      ...restValues(cellOf(move)),
      scoreValue(cellOf(move)?.target ?? null),
      number(move.gain, 3),
      smallPercentValue(move.cost),
      text(moveReasons(move, language).join(inLanguage({ zh: '，', en: ', ' }, language))),
    ]),
  );
}

function cells(
  plan: PlanView,
  nameOf: (code: string) => string,
  words: Words,
  language: Language,
): TableSection {
  const funded = plan.cells
    .filter((cell) => cell.cost > FUNDED_FROM)
    .sort((a, b) => b.cost - a.cost)
    .slice(0, MOST_CELLS);
  return table(
    words.funded,
    [
      column(words.columns.areaName, 1.8, 'left'),
      column(words.columns.indicatorName, 2.2, 'left'),
      column(words.columns.now, 1),
      column(words.columns.margin, 1),
      column(words.columns.base, 1),
      column(words.columns.drift, 1),
      column(words.columns.target, 1),
      column(words.columns.extra, 1.4),
      column(words.columns.ofTotal, 1.2),
    ],
    funded.map((cell) => [
      text(inLanguage(cell.areaName, language)),
      text(nameOf(cell.indicator)),
      scoreValue(cell.baseline),
      ...restValues(cell),
      scoreValue(cell.drift),
      number(cell.target, 1, 'strong'),
      percentValue(cell.extraOfCell),
      percentValue(cell.extraOfTotal),
    ]),
  );
}

/**
 * The plan as a document to print: summary in words, milestones, first moves, totals by area and item, the cells that
 * get resource (at most 120). Pure and deterministic; `date` is an ISO day. An infeasible plan says so and has no moves.
 * Example: `planReport(plan, 'en', '2026-11-21').title` is `'Annual satisfaction plan 2027'`.
 */
export function planReport(plan: PlanView, language: Language, date: string): ReportDocument {
  const words = planWords(language);
  const names = new Map<string, Bilingual>(plan.items.map(({ code, name }) => [code, name]));
  const nameOf = (code: string) => {
    const name = names.get(code);
    return name ? inLanguage(name, language) : code;
  };
  const list: ReportSection = {
    kind: 'list',
    medium: 'both',
    sheet: 'summary',
    heading: words.summary,
    items: words.sentences(plan).map((sentence) => ({ text: sentence, tone: 'plain' })),
  };
  const sections: ReportSection[] = [list];
  if (plan.milestones.length > 0)
    sections.push(
      table(
        words.milestones,
        plan.milestones.map(({ quarter }) => column(formatQuarter(quarter), 1)),
        [plan.milestones.map(({ score }) => number(score, 1))],
      ),
    );
  if (plan.moves.length > 0) sections.push(moves(plan, nameOf, words, language));
  sections.push(
    totals(
      words.byArea,
      plan.areas.map((area) => ({ ...area, part: area.share })),
      words.columns.areaName,
      words,
      language,
    ),
    totals(
      words.byItem,
      plan.items.map((item) => ({ ...item, part: item.weight })),
      words.columns.indicatorName,
      words,
      language,
    ),
  );
  if (plan.moves.length > 0) sections.push(cells(plan, nameOf, words, language));
  if (plan.input.notes !== '')
    sections.push({
      kind: 'note',
      medium: 'both',
      sheet: 'summary',
      heading: words.notes,
      paragraphs: plan.input.notes.split('\n'),
    });
  return {
    template: 'plan',
    language,
    title: words.title(plan.input.year),
    subject: plan.name || words.title(plan.input.year),
    subjectCode: plan.id === null ? '' : `#${plan.id}`,
    period: String(plan.input.year),
    context: [
      { label: words.now, value: number(plan.baseline, 1) },
      { label: words.asked, value: number(plan.target, 1) },
      { label: words.total, value: percentValue(plan.totalCost) },
    ],
    provenance: words.subtitle(plan),
    pageLabel: words.page,
    date,
    sheetNames: {
      summary: words.summary,
      scores: words.byArea,
      trend: words.milestones,
      alerts: words.notes,
    },
    sections,
  };
}
