/** Intervals as charts draw them: a band from quarter to quarter, and bars at single points. */

export interface Interval {
  low: number;
  high: number;
}

interface DrawApi {
  value(dimension: number): number;
  coord(point: [number, number]): [number, number];
}

/** Each piece reaches from one interval to that of the neighbouring quarter; one that stands alone is a box. */
export function bandSeries(
  intervals: readonly (Interval | null)[],
  name: string,
  { colour, opacity }: { colour: string; opacity: number },
) {
  const pieces = intervals.flatMap((here, i) => {
    if (!here) return [];
    const after = intervals[i + 1];
    if (after) return [[i, here.low, here.high, i + 1, after.low, after.high]];
    return intervals[i - 1] ? [] : [[i, here.low, here.high, i, here.low, here.high]];
  });
  return {
    type: 'custom' as const,
    name,
    data: pieces,
    silent: true,
    tooltip: { show: false },
    itemStyle: { color: colour, opacity },
    z: 1,
    clip: true,
    encode: { x: [0, 3], y: [1, 2, 4, 5] },
    renderItem: (_: unknown, api: DrawApi) => {
      const at = (x: number, y: number) => api.coord([api.value(x), api.value(y)]);
      const alone = api.value(0) === api.value(3);
      const points = [at(0, 1), at(0, 2), at(3, 5), at(3, 4)];
      if (alone) for (const [i, point] of points.entries()) point[0] += i < 2 ? -4 : 4;
      return {
        type: 'polygon' as const,
        shape: { points },
        style: { fill: colour, opacity },
      };
    },
  };
}

const CAP = 4;

/** A vertical bar with caps at each interval, under the points. */
export function barSeries(intervals: readonly (Interval | null)[], name: string, colour: string) {
  return {
    type: 'custom' as const,
    name,
    data: intervals.flatMap((one, i) => (one ? [[i, one.low, one.high]] : [])),
    silent: true,
    tooltip: { show: false },
    itemStyle: { color: colour },
    z: 2,
    clip: true,
    encode: { x: 0, y: [1, 2] },
    renderItem: (_: unknown, api: DrawApi) => {
      const [x, low] = api.coord([api.value(0), api.value(1)]);
      const [, high] = api.coord([api.value(0), api.value(2)]);
      const line = (x1: number, y1: number, x2: number, y2: number) => ({
        type: 'line' as const,
        shape: { x1, y1, x2, y2 },
        style: { stroke: colour, lineWidth: 1.2 },
      });
      return {
        type: 'group' as const,
        children: [
          line(x, low, x, high),
          line(x - CAP, low, x + CAP, low),
          line(x - CAP, high, x + CAP, high),
        ],
      };
    },
  };
}
