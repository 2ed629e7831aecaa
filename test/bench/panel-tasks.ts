// Panels through the benchmark: the product's panel forecast at every origin, as tasks and answers.
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import { type Answer, type Answers, seasonalScale, type Task } from './forecast-score.ts';
import { cutPanel } from './series-data.ts';

/** A number of quarters, or last year's and this year's so far. */
export type PanelHistory = number | 'calendar';

export interface PanelRun {
  tasks: Task[];
  ours: Answers;
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
    const forecast = forecastPanel(cutPanel(panel, 0, t), {
      historyLength: used,
      target: panel.quarters[t]!,
    });
    const { user, system } = process.cpuUsage(start);
    seconds += (user + system) / 1e6;
    for (let row = 0; row < panel.units.length * K; row += 1) {
      const values = Array.from(panel.scores.subarray(row * T, (row + 1) * T));
      const known = values.slice(0, t).filter((score) => !Number.isNaN(score));
      const actual = values[t]!;
      const unit = Math.floor(row / K);
      const cell = unit * (K + 1) + (row % K);
      const scale = seasonalScale(known);
      if (Number.isNaN(actual) || forecast.refused[cell]! > 0 || !(scale > 0) || known.length < used)
        continue;
      tasks.push({
        origin: t,
        series: row,
        level: panel.units[unit]!.level,
        history: known.slice(-used),
        actuals: [actual],
        scale,
      });
      answers.push({
        points: [forecast.point[cell]!],
        low80: forecast.low80[cell]!,
        high80: forecast.high80[cell]!,
        low95: forecast.low95[cell]!,
        high95: forecast.high95[cell]!,
      });
    }
  }
  return { tasks, ours: { method: 'this workstation', answers, seconds } };
}
