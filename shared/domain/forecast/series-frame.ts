/** How a series is measured while it is forecast: (value - centre) / unit. */
export interface SeriesFrame {
  centre: number;
  unit: number;
}

/** Below this share of the level, changes are lost in the smallest scale of the curve families. */
const QUIET = 0.002;

/** What changes are brought to against the unit in a quiet series; about that of common series. */
const USUAL_CHANGE = 0.03;

/**
 * The frame of a series from the values used: the mean absolute value as unit, which makes a forecast scale with its
 * series. A series that hardly moves against its level (1,000,001, 1,000,003 ...) is measured from its mean in units of
 * its changes instead, so that its band speaks of those. Zeros and no values give the unit 1.
 * Example: 10, 20, 30 have centre 0 and unit 20.
 */
export function frameOf(values: readonly number[]): SeriesFrame {
  const count = values.length;
  const level = values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, count);
  if (!(level > 0)) return { centre: 0, unit: 1 };
  let change = 0;
  for (let i = 1; i < count; i += 1) change += Math.abs(values[i]! - values[i - 1]!) / (count - 1);
  if (count < 4 || change === 0 || change >= QUIET * level) return { centre: 0, unit: level };
  const centre = values.reduce((sum, value) => sum + value / count, 0);
  return { centre, unit: change / USUAL_CHANGE };
}

/** How many times its range beyond what it has shown a forecast may go for every quarter ahead: points, and bands. */
const FURTHEST = { point: 3, band: 10 };

/** Least range, as a share of the largest absolute value: a lucky stillness, or a single value, forbids nothing. */
const leastRange = (count: number): number => (count < 4 ? 1 : 0.05);

/**
 * Keeps a forecast within reach of what the series has shown, so that a growth seen over few quarters is not drawn out
 * into a wild number. Returns the clamp for `ahead` quarters. Example: after 10, 12, 15, 20 the next point is at most 50.
 */
export function withinReach(
  values: readonly number[],
  ahead: number,
): (value: number, of: keyof typeof FURTHEST) => number {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const range = Math.max(high - low, leastRange(values.length) * Math.max(Math.abs(low), Math.abs(high)));
  return (value, of) => {
    const reach = FURTHEST[of] * ahead * range;
    return range > 0 ? Math.min(high + reach, Math.max(low - reach, value)) : value;
  };
}
