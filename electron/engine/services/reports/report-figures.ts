// From the figures of a channel to the facts of a report: a score, a gap, a change, a forecast, or why there is none.
import type { ForecastView } from '../../../../shared/calls/figure.ts';
import { meanOf } from '../../../../shared/domain/cell.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Cell, Difference, ForecastFigure } from '../../../../shared/report/dealer-facts.ts';
import { changeAgainstRest, changeSince, type Measure, scoreOf } from '../figures/figures.ts';

/** Small cells pass with their base, for the report to hide; one that would give another place away stays here. */
export function reportCell(measure: Measure, node: number, quarter: Quarter, asked: boolean): Cell {
  const score = scoreOf(measure.at(node, quarter), measure);
  if (!score) return { kind: 'absent', reason: asked ? 'no-data' : 'not-asked' };
  const { score100, native, n, nEff, margin100, tier } = score;
  if (tier !== 'hidden' && measure.hidden(node, quarter)) return { kind: 'absent', reason: 'complementary' };
  return { kind: 'score', score100, native, n, nEff, margin100 };
}

/** As printed: dealer less region; tested against the region without this dealer. */
export function gapToRegion(measure: Measure, node: number, region: number, quarter: Quarter): Difference {
  const tested = changeAgainstRest(measure, node, region, quarter);
  const a = meanOf(measure.at(node, quarter));
  const b = meanOf(measure.at(region, quarter));
  if (a === undefined || b === undefined) return { kind: 'absent', reason: 'no-data' };
  // The test is against the rest of the region; a difference from all of it is smaller in the proportion of the two.
  const share = tested && tested.points100 !== 0 ? Math.abs((a - b) / tested.points100) : undefined;
  const margin100 =
    tested?.margin100 === undefined || share === undefined ? undefined : share * tested.margin100;
  return { kind: 'difference', points100: a - b, margin100, significance: tested?.significance ?? 'none' };
}

export function changeFrom(measure: Measure, node: number, quarter: Quarter, before: Quarter): Difference {
  const change = changeSince(measure, node, quarter, before);
  if (change) {
    const { points100, margin100, significance } = change;
    return { kind: 'difference', points100, margin100, significance };
  }
  if (measure.at(0, quarter).sumW === 0) return { kind: 'absent', reason: 'not-asked' };
  const wasMeasured = measure.at(node, before).sumW > 0;
  return { kind: 'absent', reason: wasMeasured ? 'small-base' : 'no-earlier-wave' };
}

export function forecastFigure(view: ForecastView | null): ForecastFigure {
  if (!view) return { kind: 'absent', reason: 'too-few-points' };
  const { quarter, point, low80, high80, low95, high95 } = view;
  return { kind: 'forecast', quarter, point, lo80: low80, hi80: high80, lo95: low95, hi95: high95 };
}
