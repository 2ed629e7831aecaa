/* Answers on a short scale whose expected value is exactly the given mean, however close to the end of the scale. */
import { normalCdf } from '../../shared/math/normal.ts';
import type { Random } from '../../shared/math/random.ts';

/** Share of an answer's variance that is the respondent's general mood: the halo correlation of two answers. */
export const HALO = 0.45;
/** Extra variation between respondents, as the intraclass correlation of a beta-binomial. */
const CLUSTERING = 0.12;

const tables = new Map<number, Float64Array[]>();

/** A respondent: a mood that colours every answer. */
export function respondentMood(random: Random): number {
  return random.normal();
}

/**
 * One answer from `min` to `max` with expectation `min + (max - min) * mean100 / 100`: the quantile of a
 * beta-binomial at a point that mood and chance decide.
 */
export function answer(random: Random, mood: number, mean100: number, min: number, max: number): number {
  const z = Math.sqrt(HALO) * mood + Math.sqrt(1 - HALO) * random.normal();
  const u = normalCdf(z);
  const steps = max - min;
  const cumulative = tableOf(steps)[Math.round(mean100 * 10)]!;
  let k = 0;
  while (k < steps && u > cumulative[k]!) k += 1;
  return min + k;
}

/** Standard deviation of such an answer on 0-100. */
export function answerSd100(mean100: number, steps: number): number {
  const p = mean100 / 100;
  return 100 * Math.sqrt((p * (1 - p) * (1 + (steps - 1) * CLUSTERING)) / steps);
}

function tableOf(steps: number): Float64Array[] {
  let table = tables.get(steps);
  if (!table) {
    table = Array.from({ length: 1001 }, (_, i) => cumulativeBetaBinomial(steps, i / 1000));
    tables.set(steps, table);
  }
  return table;
}

function cumulativeBetaBinomial(steps: number, mean: number): Float64Array {
  const p = Math.min(0.9999, Math.max(0.0001, mean));
  const concentration = 1 / CLUSTERING - 1;
  const a = p * concentration;
  const b = (1 - p) * concentration;
  let probability = 1;
  for (let j = 0; j < steps; j += 1) probability *= (b + j) / (concentration + j);
  const cumulative = new Float64Array(steps + 1);
  let sum = 0;
  for (let k = 0; k <= steps; k += 1) {
    sum += probability;
    cumulative[k] = sum;
    probability *= ((steps - k) / (k + 1)) * ((a + k) / (b + steps - k - 1));
  }
  return cumulative;
}
