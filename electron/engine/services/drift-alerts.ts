// Slow drift: the chart of past misses of any series, and alerts from it for the index and each indicator nationwide.
// On simulated panels with nothing wrong 1 of 100 quarters had such an alert; a drift of .8 points a quarter was
// found within eight quarters in 63 of 100 cases (index alone).
import { type ChartPoint, residualChart } from '../../../shared/domain/alert/residual-chart.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { normalTwoSided } from '../../../shared/math/normal.ts';
import { addAlerts, listAlerts, listOneOffs, type NewAlert } from '../store/alerts.ts';
import { findMeasure, shownAt } from './figures.ts';
import type { AlertDetail } from './raise-alerts.ts';
import type { SeriesPlace } from './series-place.ts';
import { StandingForecasts } from './standing-forecasts.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

/** Misses below which a single quarter would speak for the chart. */
const LEAST_POINTS = 4;
const WIDTH = 2.2;
/** Standard deviations that a single quarter counts for at most: a sudden change is the quarterly test's affair. */
const OUTLIER = 1.5;
/** Standard deviation of a standard normal cut at `OUTLIER`. */
const CLIPPED_SD = 0.88;

/** Adds the drift alerts of a measured quarter to its standing run; answers how many. Former quarters must stand. */
export function raiseDrift(workspace: Workspace, source: ChannelCube, quarter: Quarter): number {
  const { channel, scheme, cube } = source;
  const forecasts = new StandingForecasts(workspace, scheme);
  const run = forecasts.run(channel, quarter);
  if (!run || !cube.hasData(0, quarter)) return 0;
  const raised = listAlerts(workspace.reader, scheme).filter((alert) => alert.runId === run.id);
  const named = new Set(raised.map((alert) => `${alert.scope}\n${alert.indicator}`));
  const codes = ['', ...cube.items.filter(({ weight }) => weight > 0).map(({ code }) => code)];
  const found: NewAlert[] = [];
  for (const code of codes) {
    if (named.has(`${OVERALL}\n${code}`)) continue;
    const alert = driftOf(workspace, source, forecasts, quarter, code);
    if (alert) found.push({ ...alert, rank: raised.length + found.length + 1 });
    // A drift of the index says what those of its items would.
    if (alert && code === '') break;
  }
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

/**
 * The chart of a series up to a quarter, from forecasts that stand; confirmed one-offs are left out. `z` is the whole
 * miss of a quarter, though no quarter moves the average by more than `OUTLIER`.
 */
export function driftChart(
  { workspace, source, measure, node, scope, indicator }: SeriesPlace,
  forecasts: StandingForecasts,
  upTo: Quarter,
): ChartPoint[] {
  const oneOffs = listOneOffs(workspace.reader, source.scheme, source.channel).filter(
    (one) => one.scope === scope && (one.indicator === '' || one.indicator === indicator),
  );
  const misses = source.cube.quarters.flatMap((quarter) => {
    const row = quarter > upTo ? undefined : forecasts.row(source.channel, quarter, scope, indicator);
    const score = row && shownAt(measure, node, quarter);
    if (!row || !score || !(row.sd > 0) || oneOffs.some((one) => one.quarter === quarter)) return [];
    return [{ quarter, z: (score.score100 - row.point) / row.sd }];
  });
  const chart = residualChart(
    misses.map(({ quarter, z }) => ({
      quarter,
      actual: Math.max(-OUTLIER, Math.min(OUTLIER, z)),
      expected: 0,
      waveSd: 1,
    })),
    { width: WIDTH },
  );
  return chart.map((point, i) => ({ ...point, z: misses[i]!.z }));
}

function driftOf(
  workspace: Workspace,
  source: ChannelCube,
  forecasts: StandingForecasts,
  quarter: Quarter,
  code: string,
): Omit<NewAlert, 'rank'> | null {
  const measure = findMeasure(workspace, source, code)!;
  const place: SeriesPlace = { workspace, source, measure, node: 0, scope: OVERALL, indicator: code };
  const chart = driftChart(place, forecasts, quarter);
  const [before, last] = [chart.at(-2), chart.at(-1)];
  const row = forecasts.row(source.channel, quarter, OVERALL, code);
  const score = shownAt(measure, 0, quarter);
  if (chart.length < LEAST_POINTS || !before || !last || !row || !score) return null;
  if (last.quarter !== quarter || last.signal === 'none' || before.smoothed * last.smoothed <= 0) return null;
  const shift = last.smoothed * row.sd;
  const detail: AlertDetail = {
    n: score.n,
    overallEffect: shift,
    shiftError: row.sd,
    split: null,
    adjusted: score.score100,
    effects: [],
    mix: 0,
  };
  return {
    kind: 'drift',
    scope: OVERALL,
    indicator: code,
    shift,
    expected: row.point,
    low: row.low95,
    high: row.high95,
    actual: score.score100,
    p: normalTwoSided((WIDTH * Math.abs(last.smoothed)) / last.limit / CLIPPED_SD),
    detail: JSON.stringify(detail),
  };
}
