import type { ForecastPanel } from './panel.ts';

/**
 * A panel taken apart by unit tree x indicators. `unit[u * T + t]` is the unit's own movement: its index minus its
 * parent's (the root: its index itself). `rest[(u * K + k) * T + t]` is what is left of an indicator: its distance from
 * the parent's score minus the unit's own movement. NaN where missing. The noises are their sampling variances, 0
 * where the base is unknown. Adding the parts along the path to the root gives back the score.
 */
export interface PanelParts {
  unit: Float64Array;
  rest: Float64Array;
  unitNoise: Float64Array;
  restNoise: Float64Array;
}

/** Effective answers behind a cell in quarter number `t` of the panel, also where bases are known by unit alone; NaN where unknown. */
export function baseOf(panel: ForecastPanel, unit: number, indicator: number, t: number): number {
  const quarters = panel.quarters.length;
  const perUnit = panel.bases.length === panel.units.length * quarters;
  const index = perUnit ? unit : unit * panel.indicators.length + indicator;
  const base = panel.bases[index * quarters + t]!;
  return base > 0 ? base : Number.NaN;
}

/** Which units are their parent's only child, and so its equal. */
export function onlyChildren(panel: ForecastPanel): boolean[] {
  const counts = new Array<number>(panel.units.length).fill(0);
  for (const unit of panel.units) if (unit.parent >= 0) counts[unit.parent]! += 1;
  return panel.units.map((unit) => unit.parent >= 0 && counts[unit.parent] === 1);
}

/**
 * How the sampling errors of one unit's indicators spread over the parts, for a base of one respondent. Answers of a
 * respondent correlate by `halo`. `s[k]` are respondent SDs, `w[k]` the index weights of the observed indicators,
 * summing to 1; with equal SDs and weights the shares are halo + (1 - halo) / K and (1 - halo)(1 - 1 / K).
 */
export function noiseShares(
  s: readonly number[],
  w: readonly number[],
  halo: number,
): { unit: number; rest: number[] } {
  let mean = 0;
  let square = 0;
  s.forEach((sd, k) => {
    mean += w[k]! * sd;
    square += (w[k]! * sd) ** 2;
  });
  const unit = halo * mean * mean + (1 - halo) * square;
  const rest = s.map((sd, k) =>
    Math.max(0, sd * sd - 2 * sd * (halo * mean + (1 - halo) * w[k]! * sd) + unit),
  );
  return { unit, rest };
}

const WEIGHTLESS = 1e-9;

/** The distance of every score from its parent's, the root's scores themselves; NaN where either is missing. */
function distances(panel: ForecastPanel, unit: number): Float64Array {
  const size = panel.indicators.length * panel.quarters.length;
  const own = panel.scores.subarray(unit * size, (unit + 1) * size);
  const parent = panel.units[unit]!.parent;
  if (parent < 0) return own.slice();
  const above = panel.scores.subarray(parent * size, (parent + 1) * size);
  return own.map((value, i) => value - above[i]!);
}

/**
 * Two-way fit distance = movement(t) + standing(k), with the standings' weighted mean 0, so that a quarter in which an
 * indicator was not asked does not move the unit. Fills `unit` and `rest`; one pass suffices when nothing is missing.
 */
function splitUnit(
  d: Float64Array,
  weights: Float64Array,
  T: number,
  unit: Float64Array,
  rest: Float64Array,
): void {
  const K = weights.length;
  const standing = new Float64Array(K);
  for (let pass = 0; pass < 12; pass += 1) {
    for (let t = 0; t < T; t += 1) {
      let sum = 0;
      let total = 0;
      for (let k = 0; k < K; k += 1) {
        const value = d[k * T + t]!;
        if (Number.isNaN(value)) continue;
        sum += weights[k]! * (value - standing[k]!);
        total += weights[k]!;
      }
      unit[t] = total > 0 ? sum / total : Number.NaN;
    }
    if (updateStandings(d, weights, T, unit, standing) < 1e-6) break;
  }
  for (let k = 0; k < K; k += 1) for (let t = 0; t < T; t += 1) rest[k * T + t] = d[k * T + t]! - unit[t]!;
}

function updateStandings(
  d: Float64Array,
  weights: Float64Array,
  T: number,
  unit: Float64Array,
  standing: Float64Array,
): number {
  const K = weights.length;
  const next = new Float64Array(K);
  let centre = 0;
  let total = 0;
  for (let k = 0; k < K; k += 1) {
    let sum = 0;
    let count = 0;
    for (let t = 0; t < T; t += 1) {
      const value = d[k * T + t]! - unit[t]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
    }
    if (count === 0) {
      next[k] = Number.NaN;
      continue;
    }
    next[k] = sum / count;
    centre += weights[k]! * next[k]!;
    total += weights[k]!;
  }
  let change = 0;
  for (let k = 0; k < K; k += 1) {
    const value = Number.isNaN(next[k]!) ? 0 : next[k]! - centre / total;
    change = Math.max(change, Math.abs(value - standing[k]!));
    standing[k] = value;
  }
  return change;
}

function fillNoise(
  panel: ForecastPanel,
  unit: number,
  d: Float64Array,
  halo: number,
  parts: PanelParts,
): void {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const parent = panel.units[unit]!.parent;
  for (let t = 0; t < T; t += 1) {
    const asked: number[] = [];
    let total = 0;
    let bases = 0;
    for (let k = 0; k < K; k += 1) {
      if (Number.isNaN(d[k * T + t]!)) continue;
      asked.push(k);
      total += panel.indicators[k]!.weight + WEIGHTLESS;
      bases += baseOf(panel, unit, k, t);
    }
    if (asked.length === 0 || !(bases > 0)) continue;
    const own = asked.length / bases;
    const shares = noiseShares(
      asked.map((k) => panel.indicators[k]!.sd),
      asked.map((k) => (panel.indicators[k]!.weight + WEIGHTLESS) / total),
      halo,
    );
    const above = parent < 0 ? Number.NaN : baseOf(panel, parent, asked[0]!, t);
    const apart = above > 0 ? Math.max(0.02, 1 - 1 / (own * above)) : 1;
    parts.unitNoise[unit * T + t] = shares.unit * own * apart;
    asked.forEach((k, i) => {
      const base = baseOf(panel, unit, k, t);
      if (base > 0) parts.restNoise[(unit * K + k) * T + t] = (shares.rest[i]! / base) * apart;
    });
  }
}

/**
 * Takes a panel apart into unit movements and indicator rests with their sampling variances. A child's noise is
 * reduced by its share in the parent, since the parent's score contains it. Missing indicators are bridged by a
 * two-way fit over quarters and indicators. Example: at the root, `unit` + `rest` is the score.
 */
export function decompose(panel: ForecastPanel, halo: number): PanelParts {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const parts: PanelParts = {
    unit: new Float64Array(panel.units.length * T),
    rest: new Float64Array(panel.units.length * K * T),
    unitNoise: new Float64Array(panel.units.length * T),
    restNoise: new Float64Array(panel.units.length * K * T),
  };
  const weights = Float64Array.from(panel.indicators, (i) => i.weight + WEIGHTLESS);
  for (let u = 0; u < panel.units.length; u += 1) {
    const d = distances(panel, u);
    const rest = parts.rest.subarray(u * K * T, (u + 1) * K * T);
    splitUnit(d, weights, T, parts.unit.subarray(u * T, (u + 1) * T), rest);
    fillNoise(panel, u, d, halo, parts);
  }
  return parts;
}
