// The public data that the forecasting benchmark runs on, read where it lies.
import { readFileSync } from 'node:fs';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import { REAL_DATA } from '../support/real-data.ts';

/** Folder of the public data; another one through CSI_TEST_DATA. */
export const DATA = REAL_DATA;

/** Quarterly series by name, in time order, from columns series, ..., value (last). */
export function readLongSeries(path: string): Map<string, number[]> {
  const series = new Map<string, number[]>();
  for (const line of readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const cells = line.split(',');
    const value = Number(cells.at(-1));
    const values = series.get(cells[0]!);
    if (!values) series.set(cells[0]!, [value]);
    else values.push(value);
  }
  return series;
}

/** A two-level panel from columns metric, line, financial year, quarter, value; `All Lines` is the whole. */
export function readUnderground(path: string): ForecastPanel {
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
  const metrics = [...new Set(rows.map((row) => row[0]!))];
  const lines = ['All Lines', ...new Set(rows.map((row) => row[1]!).filter((line) => line !== 'All Lines'))];
  const quarterOf = (row: string[]): number =>
    Number(row[2]!.slice(0, 4)) * 4 + Number(row[3]!.slice(-1)) - 1;
  const quarters = [...new Set(rows.map(quarterOf))].sort((a, b) => a - b);
  const T = quarters.length;
  const scores = new Float64Array(lines.length * metrics.length * T).fill(Number.NaN);
  for (const row of rows) {
    const at =
      (lines.indexOf(row[1]!) * metrics.length + metrics.indexOf(row[0]!)) * T +
      quarters.indexOf(quarterOf(row));
    if (row[4] !== '') scores[at] = Number(row[4]);
  }
  return {
    units: lines.map((id, u) => ({ id, level: u === 0 ? 'overall' : 'line', parent: u === 0 ? -1 : 0 })),
    indicators: metrics.map((code) => ({ code, weight: 1 / metrics.length, sd: 20 })),
    quarters,
    scores,
    bases: new Float64Array(lines.length * T),
  };
}

const HOSPITAL_ITEMS = [6, 7, 8, 9, 10, 11, 12, 13];

/** Hospitals under states under the country, stars turned to 0-100, `files` in time order from 2017Q1. */
export function readHospitals(
  folder: string,
  files: readonly string[],
  states: readonly string[],
): ForecastPanel {
  const K = HOSPITAL_ITEMS.length;
  const T = files.length;
  const cells = new Map<string, { state: string; scores: Float64Array; bases: Float64Array }>();
  files.forEach((file, t) => {
    for (const line of readFileSync(`${folder}/${file}`, 'utf8').trim().split(/\r?\n/).slice(1)) {
      const row = line
        .match(/("([^"]*)"|[^,]*)(,|$)/g)!
        .map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, ''));
      if (!states.includes(row[5]!)) continue;
      let cell = cells.get(row[1]!);
      if (!cell) {
        cell = {
          state: row[5]!,
          scores: new Float64Array(K * T).fill(Number.NaN),
          bases: new Float64Array(T),
        };
        cells.set(row[1]!, cell);
      }
      HOSPITAL_ITEMS.forEach((column, k) => {
        const stars = Number(row[column]);
        if (row[column] !== '' && Number.isFinite(stars)) cell.scores[k * T + t] = (stars - 1) * 25;
      });
      const base = Number(row[14]);
      cell.bases[t] = base > 0 ? base : 0;
    }
  });
  return hospitalPanel(cells, states, K, T);
}

function hospitalPanel(
  cells: Map<string, { state: string; scores: Float64Array; bases: Float64Array }>,
  states: readonly string[],
  K: number,
  T: number,
): ForecastPanel {
  const hospitals = [...cells];
  const units = [
    { id: 'overall', level: 'overall', parent: -1 },
    ...states.map((state) => ({ id: `state:${state}`, level: 'state', parent: 0 })),
    ...hospitals.map(([id, cell]) => ({ id, level: 'hospital', parent: 1 + states.indexOf(cell.state) })),
  ];
  const scores = new Float64Array(units.length * K * T).fill(Number.NaN);
  const bases = new Float64Array(units.length * T);
  const sums = new Float64Array((1 + states.length) * K * T);
  const weights = new Float64Array(sums.length);
  hospitals.forEach(([, cell], i) => {
    const u = 1 + states.length + i;
    scores.set(cell.scores, u * K * T);
    bases.set(cell.bases, u * T);
    for (const above of [0, 1 + states.indexOf(cell.state)])
      for (let j = 0; j < K * T; j += 1) {
        const base = cell.bases[j % T]!;
        if (base === 0 || Number.isNaN(cell.scores[j]!)) continue;
        sums[above * K * T + j] = sums[above * K * T + j]! + base * cell.scores[j]!;
        weights[above * K * T + j] = weights[above * K * T + j]! + base;
        if (j < T) bases[above * T + j] = bases[above * T + j]! + base;
      }
  });
  sums.forEach((sum, j) => {
    if (weights[j]! > 0) scores[j] = sum / weights[j]!;
  });
  const indicators = HOSPITAL_ITEMS.map((column) => ({ code: `item${column}`, weight: 1 / K, sd: 25 }));
  return { units, indicators, quarters: Array.from({ length: T }, (_, t) => 2017 * 4 + t), scores, bases };
}

/** The quarters `from` up to `until` (excluded) of a panel, given by index. */
export function cutPanel(panel: ForecastPanel, from: number, until: number): ForecastPanel {
  const T = panel.quarters.length;
  const width = until - from;
  const cut = (source: Float64Array): Float64Array => {
    const rows = source.length / T;
    const out = new Float64Array(rows * width);
    for (let r = 0; r < rows; r += 1) out.set(source.subarray(r * T + from, r * T + until), r * width);
    return out;
  };
  return {
    ...panel,
    quarters: panel.quarters.slice(from, until),
    scores: cut(panel.scores),
    bases: cut(panel.bases),
  };
}
