// How often the bands hold, level by level and by quarters of history, on simulated panels with known truth:
// `node test/bench/forecast-coverage.ts [--seeds 100] [--from 1] [--quarters 6,8,12] [--dealers 150]`.
import { parseArgs } from 'node:util';
import { forecastPanel } from '../../shared/domain/forecast/forecast-panel.ts';
import type { ForecastPanel, PanelForecast } from '../../shared/domain/forecast/panel.ts';
import { simulatePanel } from './simulate-panel.ts';

const { values: flags } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    quarters: { type: 'string', default: '6,8,12' },
    dealers: { type: 'string', default: '150' },
    liveliness: { type: 'string', default: '1' },
    memory: { type: 'string', default: '0.5' },
  },
});

/** Sums over the tasks of one level: bands that held, their scores and squared errors. */
interface Tally {
  count: number;
  in80: number;
  in95: number;
  width80: number;
  score80: number;
  square: number;
}

function note(tally: Tally, f: PanelForecast, cell: number, actual: number): void {
  const [low, high] = [f.low80[cell]!, f.high80[cell]!];
  tally.count += 1;
  if (actual >= low && actual <= high) tally.in80 += 1;
  if (actual >= f.low95[cell]! && actual <= f.high95[cell]!) tally.in95 += 1;
  tally.width80 += high - low;
  tally.score80 += high - low + 10 * (Math.max(0, low - actual) + Math.max(0, actual - high));
  tally.square += (actual - f.point[cell]!) ** 2;
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? { count: 0, in80: 0, in95: 0, width80: 0, score80: 0, square: 0 };
  tallies.set(key, tally);
  return tally;
}

function notePanel(panel: ForecastPanel, scores: Float64Array, tallies: Map<string, Tally>): void {
  const K = panel.indicators.length;
  const f = forecastPanel(panel);
  panel.units.forEach(({ level }, u) => {
    let index = 0;
    for (let k = 0; k < K; k += 1) {
      const score = scores[u * K + k]!;
      index += panel.indicators[k]!.weight * score;
      note(tallyOf(tallies, `${level} items`), f, u * f.columns + k, score);
    }
    note(tallyOf(tallies, `${level} index`), f, u * f.columns + K, index);
  });
}

console.log(`quarters  level            cov80  cov95  width80  IS80  RMSE`);
for (const quarters of flags.quarters.split(',').map(Number)) {
  const tallies = new Map<string, Tally>();
  for (let seed = Number(flags.from); seed < Number(flags.from) + Number(flags.seeds); seed += 1) {
    const { panel, wave } = simulatePanel({
      seed: 5000 + seed,
      quarters,
      dealers: Number(flags.dealers),
      provinces: 20,
      cities: Math.round(Number(flags.dealers) / 2),
      liveliness: Number(flags.liveliness),
      memory: Number(flags.memory),
    });
    notePanel(panel, wave.scores, tallies);
  }
  for (const [key, { count, in80, in95, width80, score80, square }] of tallies)
    console.log(
      `${String(quarters).padStart(8)}  ${key.padEnd(15)} ${[in80 / count, in95 / count, width80 / count, score80 / count, Math.sqrt(square / count)].map((v) => v.toFixed(3)).join('  ')}`,
    );
}
