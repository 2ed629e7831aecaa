// Alerts of a quarter whose figures came in: the expectation against the actual, localised, ready to be stored.
import type { Alert, AlertKind, WaveScores } from '../../../shared/domain/alert/alert.ts';
import { raiseAlerts } from '../../../shared/domain/alert/raise-alerts.ts';
import { splitChange } from '../../../shared/domain/alert/split-change.ts';
import { meanOf, nEffOf } from '../../../shared/domain/cell.ts';
import type { PanelForecast } from '../../../shared/domain/forecast/panel.ts';
import type { Quarter } from '../../../shared/domain/quarter.ts';
import type { AlertView } from '../../../shared/views.ts';
import type { NewAlert } from '../store/results.ts';
import { findMeasure } from './figures.ts';
import type { ChannelPanel } from './forecast-panel.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

/** What is kept beside an alert: its sizes, and how its change splits into scores and shares of its children. */
export interface AlertDetail {
  n: number;
  overallEffect: number;
  shiftError: number;
  split: { change: number; rate: number; mix: number } | null;
}

const KINDS: Record<AlertKind, AlertView['kind']> = {
  overall: 'overall',
  indicator: 'indicator',
  unit: 'area',
  'unit-indicator': 'area-indicator',
};

export function alertsOf(
  workspace: Workspace,
  source: ChannelCube,
  { panel, nodes }: ChannelPanel,
  forecast: PanelForecast,
  quarter: Quarter,
): NewAlert[] {
  const wave = waveOf(source, nodes, quarter);
  const indicatorOf = ({ indicator }: Alert) => (indicator < 0 ? '' : panel.indicators[indicator]!.code);
  // An alert names its figure: where that is hidden there is none.
  const shown = raiseAlerts(panel, forecast, wave).filter(
    (alert) => !findMeasure(workspace, source, indicatorOf(alert))?.hidden(nodes[alert.unit]!, quarter),
  );
  return shown.map((alert, rank) => {
    const node = nodes[alert.unit]!;
    const indicator = indicatorOf(alert);
    const detail: AlertDetail = {
      n: source.cube.base(node, quarter).n,
      overallEffect: alert.overallEffect,
      shiftError: alert.shiftError,
      split: splitOf(workspace, source, node, indicator, quarter),
    };
    return toRow(alert, rank + 1, indicator, detail);
  });
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
    state: 'new',
    note: '',
  };
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
