import { describe, expect, it } from 'vitest';
import { trendOption, trendRows } from '../../../renderer/components/trend-chart.ts';
import { PALETTES } from '../../../renderer/palette.ts';
import { scoreFormat } from '../../../renderer/score-format.ts';
import { say } from '../../../renderer/text/both.ts';
import { overviewText } from '../../../renderer/text/overview.ts';
import type { ForecastView, Score, TrendView } from '../../../shared/calls/figure.ts';
import { quarterOf } from '../../../shared/domain/quarter.ts';

const score = (score100: number): Score => ({
  score100,
  native: score100,
  n: 50,
  nEff: 45,
  margin100: 2,
  tier: 'full',
});
const forecast = (quarter: number, point: number): ForecastView => ({
  quarter,
  point,
  low80: point - 1,
  high80: point + 1,
  low95: point - 2,
  high95: point + 2,
  curve: 'level',
  curveName: { zh: '稳定水平', en: 'Level' },
  history: 8,
  flags: [],
});

const Q = quarterOf(2026, 1);
const TREND: TrendView = {
  channel: 'third-party',
  channelName: { zh: '第三方研究', en: 'Third-party study' },
  indicator: '',
  points: [
    { quarter: Q, score: score(76), expected: null },
    { quarter: Q + 1, score: score(77), expected: forecast(Q + 1, 76.5) },
    { quarter: Q + 2, score: null, expected: forecast(Q + 2, 77) },
  ],
  next: forecast(Q + 3, 78),
  breaks: [{ quarter: Q + 1, label: { zh: '问卷改为 2 版', en: 'Questionnaire 2' } }],
};

const option = trendOption({
  lead: TREND,
  others: [],
  palette: PALETTES.light,
  text: say(overviewText, 'en'),
  name: (pair) => pair.en,
  colourOf: () => '#000',
  as: scoreFormat('harmonised', { min: 0, max: 100 }, 'en'),
});
const series = option.series as {
  type: string;
  name: string;
  data: unknown[];
  markLine?: { data: unknown[] };
}[];

describe('the trend chart', () => {
  it('adds the coming quarter once', () => {
    expect(trendRows(TREND).map((row) => row.quarter)).toEqual(['2026Q1', '2026Q2', '2026Q3', '2026Q4']);
    expect(trendRows({ ...TREND, next: forecast(Q + 2, 77) })).toHaveLength(3);
  });

  it('leaves a gap where no score may be shown', () => {
    const actual = series.find((one) => one.name === 'Actual')!;
    expect(actual.data.map((point) => (point as { value?: number }).value)).toEqual([
      76,
      77,
      undefined,
      undefined,
    ]);
  });

  it('draws each band from one forecast to the next', () => {
    const band = series.find((one) => one.name === '95% interval')!;
    expect(band.data).toEqual([
      [1, 74.5, 78.5, 2, 75, 79],
      [2, 75, 79, 3, 76, 80],
    ]);
  });

  it('marks a break in its quarter', () => {
    expect(series.find((one) => one.name === 'Actual')!.markLine!.data).toEqual([
      { xAxis: '2026Q2', name: 'Questionnaire 2' },
    ]);
  });
});
