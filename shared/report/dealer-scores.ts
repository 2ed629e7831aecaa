/** Key figures and score tables of the dealer report. */
import type { ChannelFacts, DealerReportFacts, IndicatorFacts, PlanTarget } from './dealer-facts.ts';
import {
  cellValue,
  differenceMargin,
  differenceValue,
  isGrey,
  lengthText,
  lengthValue,
  missing,
  pointsValue,
  reasonText,
  scaleName,
  scoreText,
  scoreValue,
  text,
} from './dealer-values.ts';
import type {
  FigureCard,
  FiguresSection,
  ReportValue,
  TableColumn,
  TableRow,
  TableSection,
} from './document.ts';
import { emWidth } from './format.ts';
import { capForPrint } from './print-cap.ts';
import { say } from './text.ts';

const PRINTED_ROWS = 30;

const MAX_CARDS = 4;
const PRINTED_TARGETS = 2;

function rankValue(row: IndicatorFacts, facts: DealerReportFacts): ReportValue {
  if (row.rank) return text(`${row.rank.position}\u00a0/\u00a0${row.rank.of}`);
  if (row.dealer.kind === 'absent') return missing(reasonText(facts.language, row.dealer.reason));
  return missing(say(facts.language, 'absentRank'));
}

function caption(row: IndicatorFacts, facts: DealerReportFacts): string {
  const { dealer } = row;
  if (dealer.kind === 'absent') return reasonText(facts.language, dealer.reason);
  return say(facts.language, dealer.margin100 === null ? 'captionNoMargin' : 'caption', {
    unit: scaleName(facts, 'head'),
    score: scoreText(dealer.score100, facts),
    margin: lengthText(dealer.margin100 ?? 0, facts),
    n: dealer.n,
  });
}

function card(channel: ChannelFacts, facts: DealerReportFacts): FigureCard | null {
  const row = channel.indicators[0];
  if (!row) return null;
  const { language, tiers } = facts;
  const grey = isGrey(row.dealer, tiers);
  return {
    title: channel.name,
    value: cellValue(row.dealer, 'native', facts, channel.scale.decimals),
    unit: say(language, 'outOf', { max: channel.scale.max }),
    caption: caption(row, facts),
    lines: [
      { label: say(language, 'vsRegion'), value: differenceValue(row.gapToRegion, facts, grey) },
      { label: say(language, 'vsPrevious'), value: differenceValue(row.sincePrevious, facts, grey) },
      { label: say(language, 'vsLastYear'), value: differenceValue(row.sinceLastYear, facts, grey) },
      { label: say(language, 'rankInRegion'), value: rankValue(row, facts) },
    ],
  };
}

/** One card a channel that covered the dealer: index, precision, gap, changes, rank. Expects protected facts. */
export function keyFigures(facts: DealerReportFacts): FiguresSection | null {
  const cards = facts.channels.flatMap((channel) => card(channel, facts) ?? []);
  if (cards.length === 0) return null;
  return {
    kind: 'figures',
    medium: 'both',
    sheet: 'summary',
    heading: say(facts.language, 'keyFigures'),
    labels: {
      title: say(facts.language, 'channel'),
      value: say(facts.language, 'native'),
      caption: say(facts.language, 'precision'),
    },
    cards: cards.slice(0, MAX_CARDS),
  };
}

function columns(facts: DealerReportFacts): TableColumn[] {
  const t = (key: Parameters<typeof say>[1]) => say(facts.language, key);
  const right = (label: string, group: string, share: number): TableColumn => ({
    label,
    group,
    share,
    align: 'right',
  });
  return [
    { label: t('indicator'), group: '', align: 'left', share: 4 },
    right(t('native'), t('dealer'), 1.1),
    right(scaleName(facts, 'head'), t('dealer'), 1.1),
    right(t('margin'), t('dealer'), 1.1),
    right(t('base'), t('dealer'), 1),
    right(scaleName(facts, 'head'), t('regionShort'), 1.1),
    right(t('base'), t('regionShort'), 1.1),
    right(t('gap'), t('regionShort'), 1.35),
    right(t('rank'), t('regionShort'), 1.35),
    right(scaleName(facts, 'head'), t('nation'), 1.1),
    right(t('base'), t('nation'), 1.2),
    right(t('previous'), t('groupChange'), 1.35),
    right(t('lastYear'), t('groupChange'), 1.35),
  ];
}

function scoreRow(row: IndicatorFacts, channel: ChannelFacts, facts: DealerReportFacts): TableRow {
  const grey = isGrey(row.dealer, facts.tiers);
  const value = (cell: IndicatorFacts['dealer'], field: Parameters<typeof cellValue>[1]) =>
    cellValue(cell, field, facts, channel.scale.decimals);
  return {
    kind: row.depth === 0 ? 'total' : 'plain',
    depth: row.depth,
    cells: [
      text(row.name),
      value(row.dealer, 'native'),
      value(row.dealer, 'score100'),
      value(row.dealer, 'margin100'),
      value(row.dealer, 'n'),
      value(row.region, 'score100'),
      value(row.region, 'n'),
      differenceValue(row.gapToRegion, facts, grey),
      rankValue(row, facts),
      value(row.nation, 'score100'),
      value(row.nation, 'n'),
      differenceValue(row.sincePrevious, facts, grey),
      differenceValue(row.sinceLastYear, facts, grey),
    ],
  };
}

function channelHead(channel: ChannelFacts, facts: DealerReportFacts): TableRow {
  const scale = say(facts.language, 'scaleFrom', { min: channel.scale.min, max: channel.scale.max });
  return { kind: 'group', depth: 0, cells: [text(`${channel.name} · ${scale}`)] };
}

/** The rows of a channel that fit: all, else index and factors, else of these the ones with the widest gaps. */
function fittingRows(all: readonly IndicatorFacts[], room: number): IndicatorFacts[] {
  const rows = all.length <= room ? all : all.filter((row) => row.depth <= 1);
  if (rows.length <= room) return [...rows];
  const size = (row: IndicatorFacts) =>
    row.gapToRegion.kind === 'difference' ? Math.abs(row.gapToRegion.points100) : -1;
  const order = rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => a.row.depth - b.row.depth || size(b.row) - size(a.row) || a.index - b.index);
  const kept = new Set(order.slice(0, room).map((entry) => entry.row));
  return rows.filter((row) => kept.has(row));
}

/** Printed rows, channel heads included: what the first page holds below the key figures. */
function printedRoom(facts: DealerReportFacts, channels: number): number {
  const longName = emWidth(facts.dealer.name) > 60 ? 4 : 0;
  return PRINTED_ROWS - longName - 2 * Math.max(0, channels - 3);
}

/** Shares the printed rows among the channels: equal parts, and what one leaves over goes to the later ones. */
function printedRows(channels: readonly ChannelFacts[], rows: number): IndicatorFacts[][] {
  let room = rows - channels.length;
  const bySize = channels
    .map((channel, index) => ({ channel, index }))
    .sort((a, b) => a.channel.indicators.length - b.channel.indicators.length || a.index - b.index);
  const out: IndicatorFacts[][] = [];
  bySize.forEach(({ channel, index }, i) => {
    const rows = fittingRows(channel.indicators, Math.max(1, Math.floor(room / (bySize.length - i))));
    room -= rows.length;
    out[index] = rows;
  });
  return out;
}

/** What the page has no room for: effective bases, margins of every figure and difference. */
function precisionColumns(facts: DealerReportFacts): TableColumn[] {
  const t = (key: Parameters<typeof say>[1]) => say(facts.language, key);
  const right = (label: string, group: string): TableColumn => ({ label, group, share: 1, align: 'right' });
  return [
    right(t('effectiveBase'), t('dealer')),
    right(t('margin'), t('regionShort')),
    right(t('effectiveBase'), t('regionShort')),
    right(t('margin'), t('nation')),
    right(t('effectiveBase'), t('nation')),
    right(t('margin'), t('gap')),
    right(t('margin'), t('previous')),
    right(t('margin'), t('lastYear')),
  ];
}

function precisionCells(row: IndicatorFacts, facts: DealerReportFacts): ReportValue[] {
  return [
    cellValue(row.dealer, 'nEff', facts),
    cellValue(row.region, 'margin100', facts),
    cellValue(row.region, 'nEff', facts),
    cellValue(row.nation, 'margin100', facts),
    cellValue(row.nation, 'nEff', facts),
    differenceMargin(row.gapToRegion, facts),
    differenceMargin(row.sincePrevious, facts),
    differenceMargin(row.sinceLastYear, facts),
  ];
}

/** The whole table for the workbook: the channel is a column, so that it can be sorted and filtered. */
function wholeTable(covered: readonly ChannelFacts[], facts: DealerReportFacts): TableSection {
  return {
    kind: 'table',
    medium: 'sheet',
    sheet: 'scores',
    half: false,
    heading: say(facts.language, 'allScores'),
    columns: [
      { label: say(facts.language, 'channel'), group: '', align: 'left', share: 3 },
      ...columns(facts),
      ...precisionColumns(facts),
    ],
    rows: covered.flatMap((channel) =>
      channel.indicators.map((row) => {
        const printed = scoreRow(row, channel, facts);
        return { ...printed, cells: [text(channel.name), ...printed.cells, ...precisionCells(row, facts)] };
      }),
    ),
    note: '',
  };
}

/** The score tables: a printed one with as many rows as fit, and the whole one for the workbook. */
export function scoreTables(facts: DealerReportFacts): TableSection[] {
  const covered = facts.channels.filter((channel) => channel.indicators.length > 0);
  if (covered.length === 0) return [];
  const printed = printedRows(covered, printedRoom(facts, covered.length));
  const left = covered.reduce((sum, channel, i) => sum + channel.indicators.length - printed[i]!.length, 0);
  const page: TableSection = {
    kind: 'table',
    medium: 'page',
    sheet: 'scores',
    half: false,
    heading: say(facts.language, 'scores'),
    columns: columns(facts),
    rows: covered.flatMap((channel, i) => [
      channelHead(channel, facts),
      ...printed[i]!.map((row) => scoreRow(row, channel, facts)),
    ]),
    note: left > 0 ? say(facts.language, 'moreRows', { count: left }) : '',
  };
  return [page, wholeTable(covered, facts)];
}

/** The target stands alone where too few answers stand behind the baseline: a rise would tell what is hidden. */
function targetCells(line: PlanTarget, facts: DealerReportFacts): ReportValue[] {
  const { baseline, natural100, target100 } = line;
  const small = missing(reasonText(facts.language, 'small-base'));
  const unknown = missing(say(facts.language, 'absentBase'));
  const tone = baseline?.tier === 'grey' ? 'muted' : 'plain';
  const start: ReportValue[] =
    baseline === null
      ? [small, small, small]
      : [
          scoreValue(baseline.score100, facts, tone),
          baseline.margin100 === null ? unknown : lengthValue(baseline.margin100, facts, tone),
          baseline.n === null
            ? unknown
            : { kind: 'number', value: baseline.n, decimals: 0, bracket: tone === 'muted', tone },
        ];
  const natural =
    natural100 === null ? missing(say(facts.language, 'absentNatural')) : scoreValue(natural100, facts);
  return [
    text(line.indicatorName),
    text(line.channelName),
    ...start,
    baseline === null ? small : natural,
    scoreValue(target100, facts, 'strong'),
    baseline === null ? small : pointsValue(target100 - baseline.score100, facts),
  ];
}

/** The plan's lines at this dealer; none while no plan is approved. */
export function planTables(facts: DealerReportFacts): TableSection[] {
  if (!facts.plan || facts.plan.targets.length === 0) return [];
  const t = (key: Parameters<typeof say>[1]) => say(facts.language, key);
  const right = (label: string): TableColumn => ({ label, group: '', align: 'right', share: 1.2 });
  const table: TableSection = {
    kind: 'table',
    medium: 'both',
    sheet: 'summary',
    heading: say(facts.language, 'plan', { year: facts.plan.year, unit: scaleName(facts, 'unit') }),
    half: false,
    note: '',
    columns: [
      { label: t('indicator'), group: '', align: 'left', share: 4 },
      { label: t('channel'), group: '', align: 'left', share: 3 },
      right(t('baseline')),
      right(t('margin')),
      right(t('base')),
      right(t('natural')),
      right(t('target')),
      right(t('uplift')),
    ],
    rows: facts.plan.targets.map((line) => ({ kind: 'plain', depth: 0, cells: targetCells(line, facts) })),
  };
  return capForPrint(table, PRINTED_TARGETS, (count) => say(facts.language, 'moreLines', { count }));
}
