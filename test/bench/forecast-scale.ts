// The largest run the product is made for: `node test/bench/forecast-scale.ts [dealers]`.
// 600 dealers, 340 cities, 31 provinces, 7 regions and the whole x 40 indicators x 3 channels, on two threads through
// the pool that forecast runs use, with progress.
import { availableParallelism, loadavg } from 'node:os';
import { forecastAll } from '../../electron/engine/services/forecast/forecast-pool.ts';
import { simulatePanel } from './simulate-panel.ts';

const dealers = Number(process.argv[2] ?? 600);
const CHANNELS = 3;

const panels = Array.from(
  { length: CHANNELS },
  (_, i) =>
    simulatePanel({
      seed: i + 1,
      regions: 7,
      provinces: 31,
      cities: Math.round((340 * dealers) / 600),
      dealers,
      indicators: 40,
    }).panel,
);
const series = panels.reduce((sum, panel) => sum + panel.units.length * panel.indicators.length, 0);
console.log(
  `${panels[0]!.units.length} places x 40 indicators x ${CHANNELS} channels = ${series} series, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`,
);

let reports = 0;
let finite = 0;
const cpu = process.cpuUsage();
const start = performance.now();
await forecastAll(
  panels,
  (panel, id) => ({ id, panel, target: panel.quarters.at(-1)! + 1, halo: 0.5 }),
  (_, forecast) => {
    for (const point of forecast.point) if (Number.isFinite(point)) finite += 1;
  },
  {
    signal: new AbortController().signal,
    threads: 2,
    onProgress: () => {
      reports += 1;
    },
  },
);
const wall = (performance.now() - start) / 1000;
const used = process.cpuUsage(cpu);
const seconds = (used.user + used.system) / 1e6;
console.log(
  `${finite} forecasts in ${wall.toFixed(1)} s; ${seconds.toFixed(1)} s of processor time, so ${((2 * seconds) / CHANNELS).toFixed(1)} s with two of three channels on one of two free cores; ${((1000 * seconds) / series).toFixed(3)} s per 1,000 series; ${reports} progress reports`,
);
