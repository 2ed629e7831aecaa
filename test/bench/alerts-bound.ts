// What could be found at best: the signal of a planted shift in the simulated panel for an observer who knows the whole
// generating model and needs only the last wave against its history (generalised least squares, exact on the tree).
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import { solveSquare } from '../../shared/math/linear-system.ts';
import {
  LEVEL_MODEL,
  type PlantedShift,
  SAMPLING,
  SEASON_SD,
  type SimulatedPanel,
} from './simulate-panel.ts';

type Matrix = Float64Array[];

/** What the units below a node say: precision of a movement common to them, and every shift seen through it. */
interface Information {
  precision: Matrix;
  pulls: Float64Array[];
  signals: number[];
}

const MEMORY = 0.5;
/** Variance of the level of the whole, which nobody knows beforehand. */
const FLAT = 1e4;

const square = (size: number): Matrix => Array.from({ length: size }, () => new Float64Array(size));

/** Covariance over quarters of what a level adds to the mean of the indicators, or to a contrast of them. */
function movement(level: string, size: number, indicators: number, contrast: boolean): Matrix {
  const { spread, moving, restSpread } = LEVEL_MODEL[level]!;
  const part = contrast ? 1 : 1 / indicators;
  const slow = (contrast ? 0 : moving ** 2) + part * (moving / 2) ** 2;
  const root = level === 'overall';
  const fixed = root ? FLAT : (contrast ? 0 : spread ** 2) + part * restSpread ** 2;
  const season = root && !contrast ? SEASON_SD ** 2 : 0;
  return square(size).map((row, i) =>
    row.map((_, j) => slow * MEMORY ** Math.abs(i - j) + fixed + ((i - j) % 4 === 0 ? season : 0)),
  );
}

/** Solves A X = B column by column. */
function solve(a: Matrix, b: Matrix): Matrix {
  const columns = b.map((_, j) =>
    solveSquare(
      a.map((row) => row.slice()),
      Float64Array.from(b, (row) => row[j]!),
    ),
  );
  return b.map((_, i) => Float64Array.from(columns, (column) => column[i]!));
}

const times = (a: Matrix, b: Matrix): Matrix =>
  a
    .map((row) => b.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)))
    .map((row) => Float64Array.from(row));
const apply = (a: Matrix, x: Float64Array): Float64Array =>
  Float64Array.from(a, (row) => row.reduce((sum, value, k) => sum + value * x[k]!, 0));

/** A level's own movement on top of what its units say (Woodbury's identity). */
function under(own: Matrix, info: Information): Information {
  const inner = times(own, info.precision).map((row, i) => row.map((value, j) => value + Number(i === j)));
  const gain = solve(inner, own);
  const cut = times(times(info.precision, gain), info.precision);
  const taken = info.pulls.map((pull) => apply(gain, pull));
  return {
    precision: info.precision.map((row, i) => row.map((value, j) => value - cut[i]![j]!)),
    pulls: info.pulls.map((pull, s) => {
      const back = apply(info.precision, taken[s]!);
      return pull.map((value, i) => value - back[i]!);
    }),
    signals: info.signals.map((signal, s) => signal - dot(info.pulls[s]!, taken[s]!)),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function ofDealer(bases: readonly number[], own: Matrix, noise: number, shifts: number[]): Information {
  const size = own.length;
  const covariance = own.map((row, i) => row.map((value, j) => value + (i === j ? noise / bases[i]! : 0)));
  const unit = square(size);
  for (let i = 0; i < size; i += 1) unit[i]![i] = 1;
  const precision = solve(covariance, unit);
  const last = precision[size - 1]!;
  return {
    precision,
    pulls: shifts.map((shift) => last.map((value) => value * shift)),
    signals: shifts.map((shift) => last[size - 1]! * shift * shift),
  };
}

function add(a: Information, b: Information): Information {
  return {
    precision: a.precision.map((row, i) => row.map((value, j) => value + b.precision[i]![j]!)),
    pulls: a.pulls.map((pull, s) => pull.map((value, i) => value + b.pulls[s]![i]!)),
    signals: a.signals.map((signal, s) => signal + b.signals[s]!),
  };
}

/** Squared signals of shifts in one direction of the indicators: their mean or a contrast. */
function signalsIn(
  { panel, wave }: SimulatedPanel,
  within: readonly Uint8Array[],
  points: readonly number[],
  contrast: boolean,
): number[] {
  const K = panel.indicators.length;
  const T = panel.quarters.length;
  const noise = SAMPLING.sd ** 2 * (contrast ? 1 - SAMPLING.halo : SAMPLING.halo + (1 - SAMPLING.halo) / K);
  const tables = new Map<string, Matrix>();
  for (const { level } of panel.units)
    if (!tables.has(level)) tables.set(level, movement(level, T + 1, K, contrast));
  const sums: (Information | undefined)[] = panel.units.map(() => undefined);
  for (let u = panel.units.length - 1; u > 0; u -= 1) {
    const { level, parent } = panel.units[u]!;
    const own = tables.get(level)!;
    const bases = [...panel.bases.subarray(u * K * T, u * K * T + T), wave.bases[u * K]!];
    const shifts = within.map((units, s) => (units[u] ? points[s]! : 0));
    const info = level === 'dealer' ? ofDealer(bases, own, noise, shifts) : under(own, sums[u]!);
    sums[parent] = sums[parent] ? add(sums[parent], info) : info;
  }
  return under(tables.get('overall')!, sums[0]!).signals;
}

/** Which units a shift moves: its own and all below. */
export function unitsWithin(panel: ForecastPanel, unit: number): Uint8Array {
  const within = new Uint8Array(panel.units.length);
  panel.units.forEach(({ parent }, u) => {
    within[u] = u === unit || (parent >= 0 && within[parent]) ? 1 : 0;
  });
  return within;
}

/**
 * The mean of the best possible test statistic for each shift, in standard deviations: with threshold c it is found in
 * a share normalCdf(mean - c) of cases, and nothing finds it more often at that rate of false alarms.
 */
export function bestSignals(simulated: SimulatedPanel, shifts: readonly PlantedShift[]): number[] {
  const K = simulated.panel.indicators.length;
  const within = shifts.map(({ unit }) => unitsWithin(simulated.panel, unit));
  const onMean = shifts.map(({ indicator, points }) => (indicator < 0 ? points : points / K));
  const onContrast = shifts.map(({ indicator, points }) =>
    indicator < 0 ? 0 : points * Math.sqrt((K - 1) / K),
  );
  const mean = signalsIn(simulated, within, onMean, false);
  const contrast = signalsIn(simulated, within, onContrast, true);
  return mean.map((signal, s) => Math.sqrt(signal + contrast[s]!));
}
