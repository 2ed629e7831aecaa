// Slow drift: the chart of past misses of any series, and alerts from it for the whole, regions and provinces, and for
// the items of the whole and of regions. `npm run bench:alerts` measures it.
import { QUARTER_BUDGET } from '../../../../shared/domain/alert/alert.ts';
import { type Drift, driftChart, type Miss, raiseDrifts } from '../../../../shared/domain/alert/drift.ts';
import type { ChartPoint } from '../../../../shared/domain/alert/residual-chart.ts';
import { formatQuarter, type Quarter } from '../../../../shared/domain/quarter.ts';
import type { ScopeLevel } from '../../../../shared/domain/scope.ts';
import { addAlerts, listAlerts, listOneOffs, type NewAlert, type OneOff } from '../../store/alerts.ts';
import { findMeasure, shownAt } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import type { AlertDetail } from './raise-alerts.ts';
import type { SeriesPlace } from './series-place.ts';
import { StandingForecasts } from './standing-forecasts.ts';

/** Quarters that the chart looks back on. */
const MEMORY = 12;
/** Where the index is charted, and where its items are too. */
const CHARTED: readonly ScopeLevel[] = ['overall', 'region', 'province'];
const ITEMISED: readonly ScopeLevel[] = ['overall', 'region'];

/** Adds the drift alerts of a measured quarter to its standing run; answers how many. Former quarters must stand. */
export function raiseDrift(workspace: Workspace, source: ChannelCube, quarter: Quarter): number {
  const { channel, scheme, cube, tree } = source;
  const forecasts = new StandingForecasts(workspace, scheme);
  const run = forecasts.run(channel, quarter);
  if (!run || !cube.hasData(0, quarter)) return 0;
  const raised = listAlerts(workspace.reader, scheme).filter((alert) => alert.runId === run.id);
  const named = new Set(raised.map((alert) => `${alert.scope}\n${alert.indicator}`));
  const codes = cube.items.filter(({ weight }) => weight > 0).map(({ code }) => code);
  const codeOf = (item: number) => (item < 0 ? '' : codes[item]!);
  const nodes = tree.nodes.flatMap(({ level }, node) => (CHARTED.includes(level) ? [node] : []));
  const unitOf = new Map(nodes.map((node, unit) => [node, unit]));
  const oneOffs = listOneOffs(workspace.reader, scheme, channel);
  const drifts = raiseDrifts(
    {
      units: nodes.map((node) => ({
        level: tree.nodes[node]!.level,
        parent: unitOf.get(tree.nodes[node]!.parent) ?? -1,
      })),
      items: codes.length,
      quarters: Array.from({ length: MEMORY }, (_, i) => quarter - MEMORY + 1 + i),
      miss: (unit, item, at) => {
        const node = nodes[unit]!;
        if (item >= 0 && !ITEMISED.includes(tree.nodes[node]!.level)) return undefined;
        return missAt(workspace, source, forecasts, oneOffs, node, codeOf(item), at);
      },
    },
    QUARTER_BUDGET.drift,
  );
  const found = drifts
    .map((drift) =>
      alertOf(workspace, source, forecasts, quarter, nodes[drift.unit]!, codeOf(drift.item), drift),
    )
    .filter((alert) => alert !== null)
    .filter((alert) => !named.has(`${alert.scope}\n${alert.indicator}`))
    .map((alert, i) => ({ ...alert, rank: raised.length + 1 + i }));
  if (found.length > 0)
    workspace.record(
      {
        action: 'forecast.drift',
        subject: `${channel} ${formatQuarter(quarter)}`,
        detail: { alerts: found.length },
      },
      (db) => addAlerts(db, run.id, found),
    );
  return found.length;
}

/** How far a shown score lay from its standing forecast; nothing where a person confirmed a one-off. */
function missAt(
  workspace: Workspace,
  source: ChannelCube,
  forecasts: StandingForecasts,
  oneOffs: readonly OneOff[],
  node: number,
  indicator: string,
  quarter: Quarter,
): Miss | undefined {
  const scope = source.tree.nodes[node]!.id;
  const row = forecasts.row(source.channel, quarter, scope, indicator);
  const measure = row && findMeasure(workspace, source, indicator);
  const score = measure && shownAt(measure, node, quarter);
  const excused = oneOffs.some(
    (one) =>
      one.quarter === quarter && one.scope === scope && (one.indicator === '' || one.indicator === indicator),
  );
  const small = score && score.nEff > 0 && score.tier !== 'full';
  return row && score && !small && row.sd > 0 && !excused
    ? { surprise: score.score100 - row.point, sd: row.sd }
    : undefined;
}

/** The chart of a series' own misses up to a quarter, from forecasts that stand; confirmed one-offs are left out. */
export function seriesDrift(
  { workspace, source, node, indicator }: SeriesPlace,
  forecasts: StandingForecasts,
  upTo: Quarter,
): ChartPoint[] {
  const oneOffs = listOneOffs(workspace.reader, source.scheme, source.channel);
  return driftChart(
    source.cube.quarters.flatMap((quarter) => {
      const miss =
        quarter > upTo ? undefined : missAt(workspace, source, forecasts, oneOffs, node, indicator, quarter);
      return miss ? [{ quarter, ...miss }] : [];
    }),
  );
}

function alertOf(
  workspace: Workspace,
  source: ChannelCube,
  forecasts: StandingForecasts,
  quarter: Quarter,
  node: number,
  indicator: string,
  drift: Drift,
): Omit<NewAlert, 'rank'> | null {
  const measure = findMeasure(workspace, source, indicator)!;
  const scope = source.tree.nodes[node]!.id;
  const row = forecasts.row(source.channel, quarter, scope, indicator);
  const score = shownAt(measure, node, quarter);
  if (!row || !score) return null;
  const detail: AlertDetail = {
    n: score.n,
    overallEffect: (drift.shift * measure.at(node, quarter).sumW) / measure.at(0, quarter).sumW,
    shiftError: drift.shiftError,
    split: null,
    adjusted: score.score100,
    effects: [],
    mix: 0,
  };
  return {
    kind: 'drift',
    scope,
    indicator,
    shift: drift.shift,
    expected: row.point,
    low: row.low95,
    high: row.high95,
    actual: score.score100,
    p: drift.adjustedP,
    detail: JSON.stringify(detail),
  };
}
