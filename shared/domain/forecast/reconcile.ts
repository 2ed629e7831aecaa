import type { PartArrays } from './forecast-parts.ts';
import type { ForecastPanel } from './panel.ts';

/** How far, in points, a parent's past score may lie from its children's base-weighted mean to count as their mean. */
export const COHERENCE_TOLERANCE = 0.5;

function childrenOf(panel: ForecastPanel): number[][] {
  const children: number[][] = panel.units.map(() => []);
  panel.units.forEach(({ parent }, u) => {
    if (parent >= 0) children[parent]!.push(u);
  });
  return children;
}

/** Expected share of every unit among its siblings; 0 without a known base, 1 at the root. */
function sharesOf(children: readonly number[][], nextBase: Float64Array): Float64Array {
  const share = new Float64Array(nextBase.length);
  share[0] = 1;
  for (const siblings of children) {
    const total = siblings.reduce((sum, u) => sum + (nextBase[u]! > 0 ? nextBase[u]! : 0), 0);
    if (total > 0) for (const u of siblings) share[u] = nextBase[u]! > 0 ? nextBase[u]! / total : 0;
  }
  return share;
}

/** Whether the parent's latest scores are its children's means, which a separately reported parent's are not. */
function isMeanOf(
  panel: ForecastPanel,
  parent: number,
  siblings: readonly number[],
  share: Float64Array,
): boolean {
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  let gap = 0;
  let count = 0;
  for (let t = Math.max(0, T - 4); t < T; t += 1)
    for (let k = 0; k < K; k += 1) {
      const above = panel.scores[(parent * K + k) * T + t]!;
      let sum = 0;
      let total = 0;
      for (const u of siblings) {
        const value = panel.scores[(u * K + k) * T + t]!;
        if (Number.isNaN(value)) continue;
        sum += share[u]! * value;
        total += share[u]!;
      }
      if (Number.isNaN(above) || total <= 0) continue;
      gap += Math.abs(above - sum / total);
      count += 1;
    }
  return count > 0 && gap / count <= COHERENCE_TOLERANCE;
}

/** Moves `values` at `indexes` so that their mean with `weights` is 0, the uncertain ones most (least squares). */
function centre(
  values: Float64Array,
  variances: Float64Array,
  indexes: readonly number[],
  weights: readonly number[],
): void {
  let gap = 0;
  let total = 0;
  indexes.forEach((index, i) => {
    gap += weights[i]! * values[index]!;
    total += weights[i]! ** 2 * variances[index]!;
  });
  if (!(total > 0)) return;
  indexes.forEach((index, i) => {
    values[index] = values[index]! - (gap * weights[i]! * variances[index]!) / total;
  });
}

/** The same for all indicators at once with one set of allotments, so that the indicators of a unit stay balanced. */
function centreRests(rest: PartArrays, K: number, siblings: readonly number[], share: Float64Array): void {
  const spread = siblings.map((u) => {
    let sum = 0;
    for (let k = 0; k < K; k += 1) sum += rest.variance[u * K + k]!;
    return share[u]! * sum;
  });
  const total = siblings.reduce((sum, u, i) => sum + share[u]! * spread[i]!, 0);
  if (!(total > 0)) return;
  for (let k = 0; k < K; k += 1) {
    const gap = siblings.reduce((sum, u) => sum + share[u]! * rest.mean[u * K + k]!, 0);
    siblings.forEach((u, i) => {
      rest.mean[u * K + k] = rest.mean[u * K + k]! - (gap * spread[i]!) / total;
    });
  }
}

/**
 * Makes the parts coherent, in place: within a unit the rests average to 0 over the index weights; within a family of
 * siblings movements and rests average to 0 over the expected shares of respondents, wherever the parent's past
 * scores are its children's means. Afterwards every parent's forecast is the share-weighted mean of its children's.
 * Returns the expected shares.
 */
export function reconcile(
  panel: ForecastPanel,
  nextBase: Float64Array,
  unit: PartArrays,
  rest: PartArrays,
): Float64Array {
  const K = panel.indicators.length;
  const children = childrenOf(panel);
  const share = sharesOf(children, nextBase);
  const weights = panel.indicators.map((i) => i.weight);
  for (let u = 0; u < panel.units.length; u += 1)
    centre(
      rest.mean,
      rest.variance,
      weights.map((_, k) => u * K + k),
      weights,
    );
  children.forEach((siblings, parent) => {
    if (siblings.length < 2 || !isMeanOf(panel, parent, siblings, share)) return;
    centre(
      unit.mean,
      unit.variance,
      siblings,
      siblings.map((u) => share[u]!),
    );
    centreRests(rest, K, siblings, share);
  });
  return share;
}
