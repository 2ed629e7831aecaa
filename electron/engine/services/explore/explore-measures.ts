// What a cell of a table can say: one entry a measure. A measure that compares brings its test along.

import type { ExploreMeasure, ExploreUnit } from '../../../../shared/calls/explore.ts';
import { type CellStatistics, meanOf, nEffOf, restOf } from '../../../../shared/domain/cell.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { marginOfError, tierOf } from '../../../../shared/domain/precision.ts';
import { type TestedDifference, testCells } from '../../../../shared/domain/significance.ts';
import type { StandingForecasts } from '../forecast/standing-forecasts.ts';
import type { ChannelComparison } from './channel-comparison.ts';
import type { FigureSource, Place } from './figure-source.ts';

/** A cell that may be shown, and what it stands in. */
export interface MeasuredCell {
  source: FigureSource;
  place: Place;
  cell: CellStatistics;
  /** The total that the cell is a part of in its column; null where there is none. */
  whole: Place | null;
  /** Whether a figure may be shown: its base is large enough and nothing printed hides it. */
  shows(place: Place): boolean;
  forecasts: StandingForecasts;
  /** Null where no other channel was asked for, or none has data. */
  against: ChannelComparison | null;
  /** Only of a place that shows. */
  cellOf(place: Place): CellStatistics;
}

export interface Measured {
  value: number | null;
  test?: { comparison: TestedDifference; nEffFirst: number; nEffSecond: number };
}

interface MeasureEntry {
  name: Bilingual;
  unit: ExploreUnit;
  /** The other figures that it looks at. */
  others?(place: Place, against: ChannelComparison | null): readonly Place[];
  value(measured: MeasuredCell): Measured;
}

const NOTHING: Measured = { value: null };

/** The quarter before; of a longer span the same quarters of the year (or years) before. */
function previous(place: Place): Place {
  const length = place.last - place.first + 1;
  return shifted(place, length === 1 ? 1 : 4 * Math.ceil(length / 4));
}

function lastYear(place: Place): Place {
  return shifted(place, 4);
}

function shifted(place: Place, quarters: number): Place {
  return { ...place, first: place.first - quarters, last: place.last - quarters };
}

function difference(first: CellStatistics, second: CellStatistics): Measured {
  const [a, b] = [meanOf(first), meanOf(second)];
  if (a === undefined || b === undefined) return NOTHING;
  const test = {
    comparison: testCells(first, second),
    nEffFirst: nEffOf(first),
    nEffSecond: nEffOf(second),
  };
  return { value: a - b, test };
}

function since(earlier: (place: Place) => Place) {
  return ({ source, place, cell, shows }: MeasuredCell): Measured => {
    const before = earlier(place);
    // The same quarters of the year before would be partly the same quarters.
    if (before.last >= place.first) return NOTHING;
    return shows(before) ? difference(cell, source.cell(before)) : NOTHING;
  };
}

export const MEASURES: Record<ExploreMeasure, MeasureEntry> = {
  score: {
    name: { zh: '得分', en: 'Score' },
    unit: 'score',
    value: ({ cell }) => ({ value: meanOf(cell) ?? null }),
  },
  satisfied: {
    name: { zh: '满意率', en: 'Satisfied' },
    unit: 'percent',
    value: ({ source, place }) => ({ value: source.satisfied(place) }),
  },
  n: {
    name: { zh: '样本量', en: 'Base' },
    unit: 'count',
    value: ({ cell }) => ({ value: cell.n }),
  },
  'n-eff': {
    name: { zh: '有效样本量', en: 'Effective base' },
    unit: 'count',
    value: ({ cell }) => ({ value: nEffOf(cell) }),
  },
  margin: {
    name: { zh: '误差（±）', en: 'Margin (±)' },
    unit: 'points',
    value: ({ cell }) => ({ value: marginOfError(cell) ?? null }),
  },
  share: {
    name: { zh: '人数占比', en: 'Share of respondents' },
    unit: 'percent',
    value({ source, place, whole }) {
      const all = source.base(whole ?? place).sumW;
      return { value: all > 0 ? (100 * source.base(place).sumW) / all : null };
    },
  },
  'change-previous': {
    name: { zh: '较上期', en: 'vs previous' },
    unit: 'points',
    others: (place) => [previous(place)],
    value: since(previous),
  },
  'change-year': {
    name: { zh: '较去年同期', en: 'vs last year' },
    unit: 'points',
    others: (place) => [lastYear(place)],
    value: since(lastYear),
  },
  'against-rest': {
    name: { zh: '与其余相比', en: 'vs the rest' },
    unit: 'points',
    value({ source, cell, whole, shows }) {
      if (!whole || !shows(whole)) return NOTHING;
      const total = source.cell(whole);
      if (total.n <= cell.n) return NOTHING;
      const rest = restOf(total, cell);
      return tierOf(nEffOf(rest), source.cube.tiers) === 'hidden' ? NOTHING : difference(cell, rest);
    },
  },
  'against-channel': {
    name: { zh: '与另一渠道相比', en: 'vs another channel' },
    unit: 'points',
    others: (place, against) => against?.sides(place) ?? [],
    value({ place, against, shows, cellOf }) {
      const sides = against?.sides(place);
      return sides?.every(shows) ? difference(cellOf(sides[0]), cellOf(sides[1])) : NOTHING;
    },
  },
  surprise: {
    name: { zh: '超出预测（标准差）', en: 'Surprise (SD)' },
    unit: 'deviations',
    value({ source, place, cell, forecasts }) {
      const mean = meanOf(cell);
      if (place.first !== place.last || place.choices.some((group) => group > 0) || mean === undefined)
        return NOTHING;
      const scope = source.cube.tree.nodes[place.node]!.id;
      const stored = forecasts.row(place.channel, place.first, scope, place.indicator);
      return stored && stored.sd > 0 ? { value: (mean - stored.point) / stored.sd } : NOTHING;
    },
  },
};
