import type { Curve } from '../curve.ts';
import { exponential } from './exponential.ts';
import { linear } from './linear.ts';
import { logarithmic } from './logarithmic.ts';
import { power } from './power.ts';
import { quadratic } from './quadratic.ts';

/** The five textbook trend curves, the candidates of `average` and `leastError`. */
export const TREND_CURVES: readonly Curve[] = [linear, quadratic, logarithmic, exponential, power];
