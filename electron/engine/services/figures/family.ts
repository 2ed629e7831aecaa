// Marks that are shown together are judged together, so that few of them are false.
import type { Change } from '../../../../shared/calls/figure.ts';
import { adjustFalseDiscovery } from '../../../../shared/math/false-discovery.ts';

/**
 * Differences that are shown in one table are one family: their p is adjusted over all that could be tested
 * (Benjamini-Hochberg), in place, and a mark stays where that is at most `q`.
 */
export function markTogether(changes: readonly (Change | null)[], q: number): void {
  const tested = changes.filter((one): one is Change & { p: number } => one !== null && one.p !== null);
  adjustFalseDiscovery(tested.map(({ p }) => p)).forEach((adjusted, i) => {
    const change = tested[i]!;
    const differs = adjusted <= q && change.points100 !== 0;
    change.adjustedP = adjusted;
    change.significance = !differs ? 'none' : change.points100 > 0 ? 'higher' : 'lower';
  });
}
