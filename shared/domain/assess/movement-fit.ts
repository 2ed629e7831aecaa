import {
  type MeasuredChange,
  type MovedCell,
  Movement,
  type MovementShape,
  type MovementVariances,
  ownVariance,
  samplingVariance,
} from './movement.ts';

/** An estimate with its standard error and the degrees of freedom of its Student interval. */
export interface Estimated {
  value: number;
  standardError: number;
  df: number;
}

/** The year's changes with their variances estimated. */
export interface FittedMovement {
  movement: Movement;
  variances: MovementVariances;
  /** What a weighted sum of cells that were not measured among these would have shown. */
  expected(cells: readonly (MovedCell & { weight: number })[]): Estimated;
  /** The mean change (0) or a further unknown (from 1). */
  unknown(index: number): Estimated;
}

const KINDS = ['baseline', 'cell', 'area', 'item'] as const;
type Kind = (typeof KINDS)[number];

const ROUNDS = 12;
const SETTLED = 1e-3;
/** More than the whole of the baseline's error can show only by chance. */
const MOST_OF_BASELINE = 1.5;

/** How many independent differences tell each variance. */
function freedomOf(measured: readonly MeasuredChange[], extras: number): Record<Kind, number> {
  const areas = new Set(measured.map(({ area }) => area)).size;
  const items = new Set(measured.map(({ item }) => item)).size;
  const cell = measured.length - areas - items + 1 - extras;
  return { area: areas - 1, item: items - 1, cell, baseline: cell };
}

/** Mean information of areas, items or cells on a variance: 1 / (variance of what is seen of one)^2. */
function informationOf(
  measured: readonly MeasuredChange[],
  { halo }: MovementShape,
  variances: MovementVariances,
  kind: Kind,
): number {
  const groups = new Map<number, { weight: number; luck: number }>();
  measured.forEach((cell, i) => {
    const key = kind === 'area' || kind === 'item' ? cell[kind] : i;
    const group = groups.get(key) ?? { weight: 0, luck: 0 };
    // What a unit of the variance adds to the cell's own.
    const share = kind === 'baseline' ? (1 - halo) * cell.baselineSe ** 2 : 1;
    group.weight += share / ownVariance(cell, halo, variances);
    if (kind === 'area') group.luck = halo * samplingVariance(cell, variances);
    groups.set(key, group);
  });
  const beyond = kind === 'area' || kind === 'item' ? variances[kind] : 0;
  let sum = 0;
  for (const { weight, luck } of groups.values())
    sum += weight > 0 ? 1 / (beyond + luck + 1 / weight) ** 2 : 0;
  return sum / groups.size;
}

const NO_MOVEMENT: MovementVariances = { area: 0, item: 0, cell: 0, baseline: 1 };

/**
 * Restricted maximum likelihood, one variance after another in scoring steps that are halved until they are a gain.
 * Variances that nothing tells stay as they were.
 */
function likeliest(
  measured: readonly MeasuredChange[],
  shape: MovementShape,
  df: Record<Kind, number>,
  start: MovementVariances,
): MovementVariances {
  const variances = { ...start };
  const likelihood = (changed: Partial<MovementVariances> = {}) => {
    const found = new Movement(measured, shape, { ...variances, ...changed }).logLikelihood;
    return Number.isNaN(found) ? -Infinity : found;
  };
  let now = likelihood();
  for (let round = 0; round < ROUNDS; round++) {
    const before = now;
    for (const kind of KINDS) {
      if (df[kind] <= 0) continue;
      const here = variances[kind];
      const information = (informationOf(measured, shape, variances, kind) * df[kind]) / 2;
      if (information === 0) continue;
      const nudge = 0.01 / Math.sqrt(information);
      const slope = (likelihood({ [kind]: here + nudge }) - now) / nudge;
      const top = kind === 'baseline' ? MOST_OF_BASELINE : Infinity;
      const wanted = Math.min(top, Math.max(0, here + slope / information));
      for (let part = 1; part > 0.05; part /= 2) {
        const value = here + part * (wanted - here);
        const reached = likelihood({ [kind]: value });
        if (reached <= now) continue;
        variances[kind] = value;
        now = reached;
        break;
      }
    }
    if (now - before < SETTLED) break;
  }
  return variances;
}

/**
 * The changes with the variances at which they are likeliest (restricted maximum likelihood). Intervals built on it
 * use Student's t with Satterthwaite's degrees of freedom, each variance taken to be as sure as a mean square of its
 * own degrees. `start` is where the search begins. A variance that nothing tells (one area, one item) is 0. `undefined` where the mean and the further
 * unknowns cannot be told apart.
 */
export function fitMovement(
  measured: readonly MeasuredChange[],
  shape: MovementShape,
  start: MovementVariances = NO_MOVEMENT,
): FittedMovement | undefined {
  if (measured.length === 0) return undefined;
  const df = freedomOf(measured, shape.extras);
  const variances = likeliest(measured, shape, df, start);
  const movement = new Movement(measured, shape, variances);
  if (Number.isNaN(movement.logLikelihood)) return undefined;
  const moved = (['area', 'item', 'cell'] as const).flatMap((kind) => {
    if (df[kind] <= 0) return [];
    const information = informationOf(measured, shape, variances, kind);
    const step = 0.05 / Math.sqrt(information);
    const away = new Movement(measured, shape, { ...variances, [kind]: variances[kind] + step });
    return [{ away, step, variance: 2 / information / df[kind] }];
  });
  const estimated = (value: number, variance: (one: Movement) => number): Estimated => {
    const here = variance(movement);
    let spread = 0;
    for (const one of moved) spread += ((variance(one.away) - here) / one.step) ** 2 * one.variance;
    const freedom = spread > 0 ? Math.max(1, (2 * here * here) / spread) : Infinity;
    return { value, standardError: Math.sqrt(here), df: freedom };
  };
  return {
    movement,
    variances,
    expected: (cells) =>
      estimated(
        cells.reduce((sum, cell) => sum + cell.weight * movement.expected(cell), 0),
        (one) => one.variance(cells),
      ),
    unknown: (index) =>
      estimated(index === 0 ? movement.common : movement.extras[index - 1]!, (one) =>
        one.varianceOfUnknown(index),
      ),
  };
}
