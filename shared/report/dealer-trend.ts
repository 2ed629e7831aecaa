/** Trend charts and trend data of the dealer report. */
import { formatQuarter, type Quarter } from '../domain/quarter.ts';
import type { Cell, ChannelFacts, DealerReportFacts, ForecastFigure, TrendFacts } from './dealer-facts.ts';
import {
  cellValue,
  intervalValue,
  missing,
  printedScale,
  reasonText,
  scaleName,
  scoreValue,
  text,
} from './dealer-values.ts';
import type { ChartSpec, ChartsSection, LabelledValue, ReportValue, TableSection } from './document.ts';
import { say } from './text.ts';

const MAX_CHARTS = 4;
const MAX_QUARTERS = 16;

const scoreOf = (cell: Cell): number | null => (cell.kind === 'score' ? cell.score100 : null);

/** Every quarter from the first shown to the last predicted, so that a missing wave is a gap and not a jump. */
function axisOf(trend: TrendFacts): Quarter[] {
  const known = trend.points.map((point) => point.quarter);
  for (const forecast of [trend.expected, trend.next])
    if (forecast.kind === 'forecast') known.push(forecast.quarter);
  if (known.length === 0) return [];
  const last = Math.max(...known);
  const first = Math.max(Math.min(...known), last - MAX_QUARTERS);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The chart of a trend: quarters on a common axis, the bands of this and the coming quarter, breaks. */
function trendChart(trend: TrendFacts, facts: DealerReportFacts): ChartSpec {
  const axis = axisOf(trend);
  const byQuarter = new Map(trend.points.map((point) => [point.quarter, point]));
  const line = (value: (point: TrendFacts['points'][number]) => number | null) =>
    axis.map((quarter) => {
      const point = byQuarter.get(quarter);
      return point ? value(point) : null;
    });
  const fitted = line((point) => point.fitted);
  if (trend.next.kind === 'forecast') fitted[axis.indexOf(trend.next.quarter)] = trend.next.point;
  const bands = [trend.expected, trend.next].flatMap((forecast, i) =>
    forecast.kind === 'forecast'
      ? [{ ...forecast, at: axis.indexOf(forecast.quarter), emphasis: i === 1 }]
      : [],
  );
  const { language } = facts;
  return {
    scale: printedScale(facts),
    labels: axis.map(formatQuarter),
    lines: [
      { role: 'region', name: say(language, 'regionShort'), values: line((p) => scoreOf(p.region)) },
      { role: 'fitted', name: say(language, 'fitted'), values: fitted },
      { role: 'dealer', name: say(language, 'dealer'), values: line((p) => scoreOf(p.dealer)) },
    ],
    bands: bands.map(({ at, point, lo80, hi80, lo95, hi95, emphasis }) => ({
      at,
      point,
      lo80,
      hi80,
      lo95,
      hi95,
      emphasis,
    })),
    breaks: trend.breaks
      .filter((b) => axis.includes(b.quarter))
      .map((b) => ({ at: axis.indexOf(b.quarter), label: b.label })),
  };
}

const actualAt = (trend: TrendFacts, quarter: Quarter): Cell | undefined =>
  trend.points.find((point) => point.quarter === quarter)?.dealer;

/** How an actual stands to what was predicted for it; null when either is missing. */
export function verdictOf(trend: TrendFacts, quarter: Quarter): 'above' | 'below' | 'inside' | null {
  const actual = actualAt(trend, quarter);
  if (trend.expected.kind === 'absent' || actual?.kind !== 'score') return null;
  if (actual.score100 > trend.expected.hi95) return 'above';
  return actual.score100 < trend.expected.lo95 ? 'below' : 'inside';
}

function reading(trend: TrendFacts, facts: DealerReportFacts): LabelledValue[] {
  const { language, quarter } = facts;
  const t = (key: Parameters<typeof say>[1], fill?: Record<string, string>) => say(language, key, fill);
  const actual = actualAt(trend, quarter);
  const verdict = verdictOf(trend, quarter);
  const tones = { above: 'better', below: 'worse', inside: 'plain' } as const;
  const forecast = (f: ForecastFigure, value: (f: ForecastFigure & { kind: 'forecast' }) => ReportValue) =>
    f.kind === 'forecast' ? value(f) : missing(reasonText(language, f.reason));
  return [
    {
      label: t('actual', { quarter: formatQuarter(quarter) }),
      value:
        actual?.kind === 'score'
          ? scoreValue(actual.score100, facts, 'strong')
          : missing(reasonText(language, actual?.reason ?? 'no-data')),
    },
    { label: t('expected'), value: forecast(trend.expected, (f) => scoreValue(f.point, facts)) },
    { label: t('interval95'), value: forecast(trend.expected, (f) => intervalValue(f.lo95, f.hi95, facts)) },
    { label: t('verdict'), value: verdict ? text(t(verdict), tones[verdict]) : missing('') },
    {
      label: t('next', { quarter: formatQuarter(quarter + 1) }),
      value: forecast(trend.next, (f) => scoreValue(f.point, facts, 'strong')),
    },
    { label: t('interval80'), value: forecast(trend.next, (f) => intervalValue(f.lo80, f.hi80, facts)) },
    { label: t('interval95'), value: forecast(trend.next, (f) => intervalValue(f.lo95, f.hi95, facts)) },
  ];
}

const hasLine = (channel: ChannelFacts): boolean =>
  channel.trend?.points.some((point) => point.dealer.kind === 'score') ?? false;

/** One chart a channel in which anything of the dealer may be shown; null without any. Expects protected facts. */
export function trendCharts(facts: DealerReportFacts): ChartsSection | null {
  const drawn = facts.channels.filter(hasLine).slice(0, MAX_CHARTS);
  if (drawn.length === 0) return null;
  const t = (key: Parameters<typeof say>[1]) => say(facts.language, key);
  const fitted = drawn.some((channel) => channel.trend!.points.some((point) => point.fitted !== null));
  return {
    kind: 'charts',
    medium: 'page',
    sheet: 'trend',
    heading: t('trend'),
    legend: [
      { role: 'dealer', label: t('dealer') },
      { role: 'region', label: t('regionShort') },
      ...(fitted ? [{ role: 'fitted' as const, label: t('fitted') }] : []),
      { role: 'band80', label: t('band80') },
      { role: 'band95', label: t('band95') },
    ],
    charts: drawn.map((channel) => ({
      title: `${channel.name} · ${channel.trend!.indicatorName}`,
      unit: scaleName(facts, 'unit'),
      spec: trendChart(channel.trend!, facts),
      reading: reading(channel.trend!, facts),
    })),
  };
}

function dataTable(channel: ChannelFacts, trend: TrendFacts, facts: DealerReportFacts): TableSection {
  const { language } = facts;
  const keys = [
    'dealer',
    'margin',
    'base',
    'regionShort',
    'margin',
    'base',
    'fitted',
    'forecastPoint',
    'low80',
    'high80',
    'low95',
    'high95',
  ] as const;
  const cells = (cell: Cell | undefined): ReportValue[] =>
    (['score100', 'margin100', 'n'] as const).map((field) =>
      cell ? cellValue(cell, field, facts) : missing(''),
    );
  const quarters = trend.points.map((point) => point.quarter);
  if (trend.next.kind === 'forecast') quarters.push(trend.next.quarter);
  const forecasts = [trend.expected, trend.next].flatMap((f) => (f.kind === 'forecast' ? [f] : []));
  return {
    kind: 'table',
    medium: 'sheet',
    sheet: 'trend',
    heading: `${channel.name} · ${trend.indicatorName} · ${scaleName(facts, 'unit')}`,
    half: false,
    note: '',
    columns: [
      { label: say(language, 'quarter'), group: '', align: 'left', share: 1 },
      ...keys.map((key) => ({ label: say(language, key), group: '', align: 'right' as const, share: 1 })),
    ],
    rows: quarters.map((quarter) => {
      const point = trend.points.find((p) => p.quarter === quarter);
      const forecast = forecasts.find((f) => f.quarter === quarter);
      const fitted = point ? point.fitted : (forecast?.point ?? null);
      const fields = ['point', 'lo80', 'hi80', 'lo95', 'hi95'] as const;
      return {
        kind: 'plain',
        depth: 0,
        cells: [
          text(formatQuarter(quarter)),
          ...cells(point?.dealer),
          ...cells(point?.region),
          fitted === null ? missing('') : scoreValue(fitted, facts, 'plain', 1),
          ...fields.map((field) => (forecast ? scoreValue(forecast[field], facts, 'plain', 1) : missing(''))),
        ],
      };
    }),
  };
}

/** The figures behind the charts, one table a channel, for the workbook. */
export function trendData(facts: DealerReportFacts): TableSection[] {
  return facts.channels.flatMap((channel) =>
    channel.trend ? [dataTable(channel, channel.trend, facts)] : [],
  );
}
