// The slow-drift chart on simulated panels: forecasts of eight quarters in a row, each made from those before it, steady
// or with one place sinking a little more every quarter. Runs on threads; see alerts.ts.
import { parentPort } from 'node:worker_threads';
import { QUARTER_BUDGET } from '../../shared/domain/alert/alert.ts';
import { type Drift, type DriftPlaces, raiseDrifts } from '../../shared/domain/alert/drift.ts';
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel, PanelForecast } from '../../shared/domain/forecast/panel.ts';
import { unitsWithin } from './alerts-bound.ts';
import { simulatePanel } from './simulate-panel.ts';

export interface DriftTask {
  drift: true;
  seed: number;
  dealers: number;
  /** Judge planted drifts too. */
  plants: boolean;
}

export interface DriftOutcome {
  /** Quarters with an alert while nothing drifts, of the `TESTED_QUARTERS`. */
  alarms: number;
  /** By planted drift: named within `DRIFTING` quarters, and after how many; 0 where it is not. */
  found: { name: string; after: number }[];
}

const QUARTERS = 20;
const JUDGED = 8;
/** Quarters in which the chart has the four misses that it needs, so that it can alarm at all. */
export const TESTED_QUARTERS = JUDGED - 3;
/** Quarters that a planted drift goes on for. */
export const DRIFTING = 6;

/** The rungs from the whole to provinces, of all quarters and the wave as one history. */
function upperPanel(seed: number, dealers: number): ForecastPanel {
  const { panel, wave } = simulatePanel({ seed, dealers, quarters: QUARTERS - 1 });
  const units = panel.units.filter(({ level }) => level !== 'dealer');
  const rows = units.length * panel.indicators.length;
  const joined = (past: Float64Array, last: Float64Array): Float64Array =>
    Float64Array.from({ length: rows * QUARTERS }, (_, i) => {
      const [row, t] = [Math.floor(i / QUARTERS), i % QUARTERS];
      return t < QUARTERS - 1 ? past[row * (QUARTERS - 1) + t]! : last[row]!;
    });
  return {
    ...panel,
    units,
    quarters: [...panel.quarters, panel.quarters.at(-1)! + 1],
    scores: joined(panel.scores, wave.scores),
    bases: joined(panel.bases, wave.bases),
  };
}

function sinking(panel: ForecastPanel, unit: number, indicator: number, aQuarter: number): ForecastPanel {
  const K = panel.indicators.length;
  const scores = panel.scores.slice();
  const within = unitsWithin(panel, unit);
  for (let k = 0; k < K; k += 1)
    for (let t = QUARTERS - DRIFTING; t < QUARTERS; t += 1) {
      if (indicator >= 0 && k !== indicator) continue;
      const loss = aQuarter * (t - QUARTERS + DRIFTING + 1);
      const base = (u: number) => panel.bases[(u * K + k) * QUARTERS + t]!;
      const lower = (u: number, by: number) => {
        scores[(u * K + k) * QUARTERS + t] = scores[(u * K + k) * QUARTERS + t]! - by;
      };
      panel.units.forEach((_, u) => {
        if (within[u]) lower(u, loss);
      });
      for (let u = panel.units[unit]!.parent; u >= 0; u = panel.units[u]!.parent)
        lower(u, (loss * base(unit)) / base(u));
    }
  return { ...panel, scores };
}

function before(panel: ForecastPanel, until: number): ForecastPanel {
  const rows = panel.units.length * panel.indicators.length;
  const cut = (source: Float64Array) => {
    const out = new Float64Array(rows * until);
    for (let r = 0; r < rows; r += 1) out.set(source.subarray(r * QUARTERS, r * QUARTERS + until), r * until);
    return out;
  };
  return {
    ...panel,
    quarters: panel.quarters.slice(0, until),
    scores: cut(panel.scores),
    bases: cut(panel.bases),
  };
}

/** What the chart names in each of the judged quarters. */
function driftsOf(panel: ForecastPanel): Drift[][] {
  const K = panel.indicators.length;
  const forecasts = new Map<number, PanelForecast>();
  return Array.from({ length: JUDGED }, (_, i) => {
    const t = QUARTERS - JUDGED + i;
    forecasts.set(panel.quarters[t]!, forecastPanel(before(panel, t)));
    const places: DriftPlaces = {
      units: panel.units,
      items: K,
      quarters: panel.quarters.slice(QUARTERS - JUDGED, t + 1),
      miss: (u, item, quarter) => {
        const f = forecasts.get(quarter)!;
        if (item >= 0 && panel.units[u]!.level === 'province') return undefined;
        const at = panel.quarters.indexOf(quarter);
        const score = (k: number) => panel.scores[(u * K + k) * QUARTERS + at]!;
        const cell = u * f.columns + (item < 0 ? K : item);
        const index = Array.from({ length: K }, (_, k) => score(k)).reduce((sum, one) => sum + one / K, 0);
        return { surprise: (item < 0 ? index : score(item)) - f.point[cell]!, sd: f.waveSd[cell]! };
      },
    };
    return raiseDrifts(places, QUARTER_BUDGET.drift);
  });
}

export function runDrift({ seed, dealers, plants: planted }: DriftTask): DriftOutcome {
  const panel = upperPanel(seed, dealers);
  const region = 1 + (seed % 6);
  const quiet = driftsOf(panel);
  const item = seed % 8;
  const plants = [
    { name: 'overall', unit: 0, item: -1 },
    { name: 'indicator', unit: 0, item },
    { name: 'region', unit: region, item: -1 },
    { name: 'region x indicator', unit: region, item },
    { name: 'province', unit: 7 + ((seed * 7) % 30), item: -1 },
  ].flatMap((one) => [0.5, 1].map((aQuarter) => ({ ...one, aQuarter })));
  return {
    alarms: quiet.filter((drifts) => drifts.length > 0).length,
    found: (planted ? plants : []).map(({ name, unit, item, aQuarter }) => {
      const named = driftsOf(sinking(panel, unit, item, aQuarter)).slice(JUDGED - DRIFTING);
      const after = named.findIndex((drifts) =>
        drifts.some((one) => one.unit === unit && one.item === item && one.shift < 0),
      );
      return { name: `${name}, ${aQuarter} a quarter`, after: after + 1 };
    }),
  };
}

parentPort?.on('message', (task: DriftTask) => {
  if (task.drift) parentPort!.postMessage(runDrift(task));
});
