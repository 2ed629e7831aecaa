import { Z95 } from '../../math/normal.ts';
import { type Correlation, correlationOf } from './correlation.ts';

/** One unit's scores in two channels with their standard errors, all on 0-100. */
export interface UnitScores {
  first: number;
  second: number;
  firstError: number;
  secondError: number;
}

/** How far two channels agree over units. */
export interface Agreement {
  units: number;
  correlation: Correlation;
  /** Share of a channel's variance between units that is not sampling error, 0-1. */
  reliability: { first: number; second: number };
  /** The correlation that the true scores would have; null where sampling error leaves nothing to say. */
  disattenuated: number | null;
  meanDifference: number;
  /** Standard deviation of the differences, and the part of it that sampling alone would make. */
  sd: number;
  samplingSd: number;
  /** 95 % of the differences lie between these (Bland & Altman 1986). */
  limits: { low: number; high: number };
}

/** Below this reliability a corrected correlation is noise divided by noise. */
const LEAST_RELIABILITY = 0.1;

/**
 * Agreement of two channels over common units: correlation, Bland-Altman limits mean +- 1.96 sd of first minus second
 * (Bland & Altman 1986, doi 10.1016/S0140-6736(86)90837-8), and the correlation corrected for attenuation
 * r / sqrt(rel_1 rel_2) (Spearman 1904) with rel = 1 - mean squared error / variance between units, cut at 1.
 * `undefined` below two units. Example: r .6 with reliabilities .8 and .5 corrects to .949.
 */
export function agreementOf(units: readonly UnitScores[]): Agreement | undefined {
  const n = units.length;
  if (n < 2) return undefined;
  const correlation = correlationOf(units.map((one) => [one.first, one.second]));
  const differences = units.map((one) => one.first - one.second);
  const meanDifference = differences.reduce((sum, d) => sum + d, 0) / n;
  const sd = Math.sqrt(varianceOf(differences));
  const sampling = units.reduce((sum, one) => sum + one.firstError ** 2 + one.secondError ** 2, 0) / n;
  const reliability = {
    first: reliabilityOf(
      units.map((one) => one.first),
      units.map((one) => one.firstError),
    ),
    second: reliabilityOf(
      units.map((one) => one.second),
      units.map((one) => one.secondError),
    ),
  };
  const { first, second } = reliability;
  const enough = Math.min(first, second) >= LEAST_RELIABILITY && correlation.kind === 'correlation';
  const corrected = enough ? correlation.r / Math.sqrt(first * second) : null;
  return {
    units: n,
    correlation,
    reliability,
    disattenuated: corrected === null ? null : Math.max(-1, Math.min(1, corrected)),
    meanDifference,
    sd,
    samplingSd: Math.sqrt(sampling),
    limits: { low: meanDifference - Z95 * sd, high: meanDifference + Z95 * sd },
  };
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

function reliabilityOf(scores: readonly number[], errors: readonly number[]): number {
  const variance = varianceOf(scores);
  const error = errors.reduce((sum, one) => sum + one * one, 0) / errors.length;
  return variance > 0 ? Math.max(0, 1 - error / variance) : 0;
}
