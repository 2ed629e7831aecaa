import { normalCdf } from '../../math/normal.ts';
import type { Evidence } from './mixture.ts';

/** A forecast distribution as a mixture of normals. */
export interface Mixture {
  share: number[];
  mean: number[];
  sd: number[];
}

/** The mixture of components that hold at least .05 % of the posterior, around the forecast quarter. */
export function mixtureOf(evidence: Evidence, share: Float64Array, nextVariance: number): Mixture {
  const mixture: Mixture = { share: [], mean: [], sd: [] };
  let held = 0;
  share.forEach((weight, i) => {
    if (weight < 5e-4) return;
    held += weight;
    mixture.share.push(weight);
    const reach = evidence.reach[i]!;
    mixture.mean.push(evidence.offset[i]! + reach * evidence.level[i]!);
    mixture.sd.push(
      Math.sqrt(evidence.variance[i]! + reach * reach * evidence.levelVariance[i]! + nextVariance),
    );
  });
  mixture.share = mixture.share.map((weight) => weight / held);
  return mixture;
}

/** Quantile of a mixture of normals, by bisection to a thousandth of its narrowest part. */
function quantile(mixture: Mixture, p: number): number {
  const { share, mean, sd } = mixture;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let narrow = Number.POSITIVE_INFINITY;
  mean.forEach((centre, i) => {
    low = Math.min(low, centre - 8 * sd[i]!);
    high = Math.max(high, centre + 8 * sd[i]!);
    narrow = Math.min(narrow, sd[i]!);
  });
  while (high - low > 1e-3 * narrow && high - low > 1e-12 * Math.abs(high)) {
    const middle = (low + high) / 2;
    let below = 0;
    for (let i = 0; i < share.length; i += 1) below += share[i]! * normalCdf((middle - mean[i]!) / sd[i]!);
    if (below < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Quantiles at 2.5, 10, 50, 90 and 97.5 %. Example: one standard normal gives -1.96, -1.28, 0, 1.28, 1.96. */
export function band(mixture: Mixture): [number, number, number, number, number] {
  return [0.025, 0.1, 0.5, 0.9, 0.975].map((p) => quantile(mixture, p)) as [
    number,
    number,
    number,
    number,
    number,
  ];
}
