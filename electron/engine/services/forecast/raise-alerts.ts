// Alerts of a quarter whose figures came in: the expectation against the actual, localised, ready to be stored.

import type { AlertView } from '../../../../shared/calls/alerts.ts';
import type { Alert, AlertKind, WaveScores } from '../../../../shared/domain/alert/alert.ts';
import { waveShare } from '../../../../shared/domain/alert/innovation.ts';
import { judgeWave } from '../../../../shared/domain/alert/raise-alerts.ts';
import { splitChange } from '../../../../shared/domain/alert/split-change.ts';
import type { SeriesOutcome } from '../../../../shared/domain/alert/test-words.ts';
import { meanOf, nEffOf } from '../../../../shared/domain/cell.ts';
import type { ForecastPanel, PanelForecast } from '../../../../shared/domain/forecast/panel.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { NewAlert } from '../../store/alerts.ts';
import { findMeasure } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import type { ChannelPanel } from './forecast-panel.ts';
import type { CellOutcomes } from './forecast-rows.ts';

/** What is kept beside an alert: its sizes, and how its change splits into scores and shares of its children. */
export interface AlertDetail {
  n: number;
  overallEffect: number;
  shiftError: number;
  split: { change: number; rate: number; mix: number } | null;
  /** Actual with the effects of the other alerts and of the respondents' shares taken out. */
  adjusted: number;
  /** Points that other alerts of the quarter moved this figure by, largest first. */
  effects: { scope: string; indicator: string; points: number }[];
  mix: number;
}

const KINDS: Record<AlertKind, AlertView['kind']> = {
  overall: 'overall',
  indicator: 'indicator',
  unit: 'area',
  'unit-indicator': 'area-indicator',
};

/** A quarter that came: its alerts, and what became of every series. */
export interface QuarterJudgement extends CellOutcomes {
  alerts: NewAlert[];
}

export function judgeQuarter(
  workspace: Workspace,
  source: ChannelCube,
  { panel, nodes }: ChannelPanel,
  forecast: PanelForecast,
  quarter: Quarter,
): QuarterJudgement {
  const wave = waveOf(source, nodes, quarter);
  const indicatorOf = ({ indicator }: Alert) => (indicator < 0 ? '' : panel.indicators[indicator]!.code);
  const minimumBase = workspace.rules().fullFrom;
  const judged = judgeWave(panel, forecast, wave, { minimumBase });
  const raised = judged.alerts;
  // An alert names its figure: where that is hidden there is none.
  const shown = raised.filter(
    (alert) => !findMeasure(workspace, source, indicatorOf(alert))?.hidden(nodes[alert.unit]!, quarter),
  );
  const outcome: SeriesOutcome[] = [...judged.outcome];
  for (const alert of raised)
    if (!shown.includes(alert))
      outcome[
        alert.unit * forecast.columns + (alert.indicator < 0 ? panel.indicators.length : alert.indicator)
      ] = 'hidden';
  const alerts = shown.map((alert, rank) => {
    const node = nodes[alert.unit]!;
    const indicator = indicatorOf(alert);
    const all = raised
      .filter((other) => other !== alert)
      .map((other) => ({ other, points: effectOn(panel, wave, alert, other) }))
      .filter(({ points }) => Math.abs(points) >= LEAST_EFFECT)
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
    const mix = Number.isFinite(alert.mixEffect) ? alert.mixEffect : 0;
    const detail: AlertDetail = {
      adjusted: alert.actual - mix - all.reduce((sum, { points }) => sum + points, 0),
      effects: all
        .filter(({ other }) => shown.includes(other))
        .map(({ other, points }) => ({ scope: other.unitId, indicator: indicatorOf(other), points })),
      mix,
      n: findMeasure(workspace, source, indicator)!.at(node, quarter).n,
      overallEffect: alert.overallEffect,
      shiftError: alert.shiftError,
      split: splitOf(workspace, source, node, indicator, quarter),
    };
    return toRow(alert, rank + 1, indicator, detail);
  });
  return { alerts, outcome, chance: judged.chance };
}

function toRow(alert: Alert, rank: number, indicator: string, detail: AlertDetail): NewAlert {
  return {
    rank,
    kind: alert.reach === 'diffuse' ? 'diffuse' : KINDS[alert.kind],
    scope: alert.unitId,
    indicator,
    shift: alert.shift,
    expected: alert.expected,
    low: alert.low95,
    high: alert.high95,
    actual: alert.actual,
    p: alert.adjustedP,
    detail: JSON.stringify(detail),
  };
}

/** Effects smaller than this are not worth a line. */
const LEAST_EFFECT = 0.005;

/** Points by which one alert's shift moved the figure of another: by shares of respondents upwards, whole downwards. */
function effectOn(panel: ForecastPanel, wave: WaveScores, on: Alert, by: Alert): number {
  let share = on.unit === by.unit || isWithin(panel, on.unit, by.unit) ? 1 : 0;
  if (share === 0 && isWithin(panel, by.unit, on.unit)) {
    share = 1;
    for (let u = by.unit; u !== on.unit; u = panel.units[u]!.parent)
      share *= waveShare(panel, wave, u, by.indicator);
  }
  if (by.indicator < 0 || on.indicator === by.indicator) return by.shift * share;
  return on.indicator < 0 ? by.shift * share * panel.indicators[by.indicator]!.weight : 0;
}

function isWithin({ units }: ForecastPanel, unit: number, above: number): boolean {
  for (let u = unit; u >= 0; u = units[u]!.parent) if (u === above) return true;
  return false;
}

function waveOf({ cube }: ChannelCube, nodes: readonly number[], quarter: Quarter): WaveScores {
  const K = cube.items.length;
  const scores = new Float64Array(nodes.length * K);
  const bases = new Float64Array(nodes.length * K);
  nodes.forEach((node, unit) => {
    for (let item = 0; item < K; item++) {
      const cell = cube.cell(node, item, quarter);
      scores[unit * K + item] = meanOf(cell) ?? Number.NaN;
      bases[unit * K + item] = nEffOf(cell);
    }
  });
  return { scores, bases };
}

/** The change since the quarter before, split over the children; null at the bottom and where nothing came before. */
function splitOf(
  workspace: Workspace,
  source: ChannelCube,
  node: number,
  indicator: string,
  quarter: Quarter,
): AlertDetail['split'] {
  const measure = findMeasure(workspace, source, indicator);
  const children = source.tree.children[node] ?? [];
  if (!measure || children.length === 0) return null;
  const split = splitChange(
    children.map((child) => {
      const before = measure.at(child, quarter - 1);
      const after = measure.at(child, quarter);
      return {
        id: source.tree.nodes[child]!.id,
        scoreBefore: meanOf(before) ?? Number.NaN,
        scoreAfter: meanOf(after) ?? Number.NaN,
        sizeBefore: before.sumW,
        sizeAfter: after.sumW,
      };
    }),
  );
  return split.kind === 'split' ? { change: split.change, rate: split.rate, mix: split.mix } : null;
}
