// Slow drift of the whole: alerts from the chart of past misses, for the index and each indicator nationwide.
// On simulated panels with nothing wrong 2 of 100 quarters had such an alert; a drift of .8 points a quarter was
// found within eight quarters in 88 of 100 cases (index alone).
import { residualChart } from '../../../shared/domain/alert/residual-chart.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { normalTwoSided } from '../../../shared/math/normal.ts';
import { addAlerts, listAlerts, listOneOffs, type NewAlert } from '../store/alerts.ts';
import { findMeasure, shownAt } from './figures.ts';
import type { AlertDetail } from './raise-alerts.ts';
import { StandingForecasts } from './standing-forecasts.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

/** Misses below which a single quarter would speak for the chart. */
const LEAST_POINTS = 4;
const WIDTH = 2.7;

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
    const alert = driftOf(workspace, source, forecasts, quarter, code, codes.length);
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

function driftOf(
  workspace: Workspace,
  source: ChannelCube,
  forecasts: StandingForecasts,
  quarter: Quarter,
  code: string,
  family: number,
): Omit<NewAlert, 'rank'> | null {
  const { channel, scheme, cube } = source;
  const measure = findMeasure(workspace, source, code)!;
  const oneOffs = listOneOffs(workspace.reader, scheme, channel).filter(
    (one) => one.scope === OVERALL && (one.indicator === '' || one.indicator === code),
  );
  const residuals = cube.quarters.flatMap((q) => {
    const row = q > quarter ? undefined : forecasts.row(channel, q, OVERALL, code);
    const score = shownAt(measure, 0, q);
    if (!row || !score || oneOffs.some((one) => one.quarter === q)) return [];
    return [{ quarter: q, actual: score.score100, expected: row.point, waveSd: row.sd }];
  });
  const chart = residualChart(residuals, { width: WIDTH });
  const [before, last] = [chart.at(-2), chart.at(-1)];
  const row = forecasts.row(channel, quarter, OVERALL, code);
  if (chart.length < LEAST_POINTS || !before || !last || !row) return null;
  if (last.quarter !== quarter || last.signal === 'none' || before.smoothed * last.smoothed <= 0) return null;
  const actual = residuals.at(-1)!.actual;
  const shift = last.smoothed * row.sd;
  const z = (WIDTH * Math.abs(last.smoothed)) / last.limit;
  const detail: AlertDetail = {
    n: measure.at(0, quarter).n,
    overallEffect: shift,
    shiftError: row.sd,
    split: null,
    adjusted: actual,
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
    actual,
    p: Math.min(1, normalTwoSided(z) * family),
    detail: JSON.stringify(detail),
  };
}
