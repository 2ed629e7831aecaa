// Panels through the benchmark: the product's panel forecast at every origin, as tasks and answers.
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel, PanelForecast } from '../../shared/domain/forecast/panel.ts';
import { type Answer, type Answers, STEPS, seasonalScale, type Task } from './forecast-score.ts';
import { cutPanel } from './series-data.ts';

/** A number of quarters, or last year's and this year's so far. */
export type PanelHistory = number | 'calendar';

export interface PanelRun {
  tasks: Task[];
  ours: Answers;
}

/** Forecasts one to four quarters ahead from the first `until` quarters; fewer where the panel ends before. */
function forecastsFrom(panel: ForecastPanel, until: number, historyLength: number): PanelForecast[] {
  const steps = until + STEPS <= panel.quarters.length ? STEPS : 1;
  const known = cutPanel(panel, 0, until);
  return Array.from({ length: steps }, (_, i) =>
    forecastPanel(known, { historyLength, target: panel.quarters[until]! + i }),
  );
}

function answerOf(forecasts: readonly PanelForecast[], cell: number): Answer {
  const first = forecasts[0]!;
  return {
    points: forecasts.map((forecast) => forecast.point[cell]!),
    low80: first.low80[cell]!,
    high80: first.high80[cell]!,
    low95: first.low95[cell]!,
    high95: first.high95[cell]!,
  };
}

/** Every unit x indicator forecast from origin `from` on, each from exactly the given history. */
export function runPanelTasks(panel: ForecastPanel, from: number, length: PanelHistory): PanelRun {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const tasks: Task[] = [];
  const answers: Answer[] = [];
  let seconds = 0;
  for (let t = from; t < T; t += 1) {
    const used = length === 'calendar' ? 4 + (((panel.quarters[t]! % 4) + 4) % 4) : length;
    const start = process.cpuUsage();
    const forecasts = forecastsFrom(panel, t, used);
    const { user, system } = process.cpuUsage(start);
    seconds += (user + system) / 1e6 / forecasts.length;
    for (let row = 0; row < panel.units.length * K; row += 1) {
      const values = Array.from(panel.scores.subarray(row * T, (row + 1) * T));
      const known = values.slice(0, t).filter((score) => !Number.isNaN(score));
      const actuals = values.slice(t, t + forecasts.length);
      const unit = Math.floor(row / K);
      const cell = unit * (K + 1) + (row % K);
      const scale = seasonalScale(known);
      if (
        Number.isNaN(actuals[0]!) ||
        forecasts[0]!.refused[cell]! > 0 ||
        !(scale > 0) ||
        known.length < used
      )
        continue;
      tasks.push({
        origin: t,
        series: row,
        level: panel.units[unit]!.level,
        history: known.slice(-used),
        actuals: actuals.some(Number.isNaN) ? actuals.slice(0, 1) : actuals,
        scale,
      });
      answers.push(answerOf(forecasts, cell));
    }
  }
  return { tasks, ours: { method: 'panel', answers, seconds } };
}
