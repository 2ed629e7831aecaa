// What the alert benchmark plants into a simulated wave, and whether it was named.
import type { Alert, WaveScores } from '../../shared/domain/alert/alert.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import { unitsWithin } from './alerts-bound.ts';
import type { PlantedShift } from './simulate-panel.ts';

export interface Plant {
  name: string;
  shifts: readonly PlantedShift[];
}

const down = (name: string, unit: number, sizes: readonly number[]): Plant[] =>
  sizes.map((points) => ({ name: `${name} ${points}`, shifts: [{ unit, indicator: -1, points: -points }] }));
const item = (name: string, unit: number, indicator: number, sizes: readonly number[]): Plant[] =>
  sizes.map((points) => ({ name: `${name} ${points}`, shifts: [{ unit, indicator, points }] }));

/** The table of planted shifts, at other places in every panel. */
export function plantsOf(panel: ForecastPanel, seed: number): Plant[] {
  const K = panel.indicators.length;
  const at = (level: string, i: number): number => {
    const units = panel.units.flatMap((unit, u) => (unit.level === level ? [u] : []));
    return units[i % units.length]!;
  };
  const region = at('region', seed);
  const province = at('province', seed * 7);
  const dealer = at('dealer', seed * 37);
  const first = seed % K;
  const second = (seed + 3) % K;
  return [
    ...item('indicator', 0, first, [1, 1.5]),
    ...item('region x indicator', region, first, [1, 1.5, 2]),
    ...down('region', region, [2, 3]),
    ...down('overall', 0, [2, 3]),
    ...down('province', province, [3, 4]),
    ...item('province x indicator', province, second, [3, 4]),
    ...down('dealer', dealer, [7, 10]),
    {
      name: 'two at once',
      shifts: [
        { unit: region, indicator: -1, points: -2 },
        { unit: 0, indicator: second, points: 1.5 },
      ],
    },
  ];
}

/** Bounds of the size classes of cities, by respondents in the wave. */
export const CITY_SIZES = [0, 50, 100, 200, 300, 400, 500, Number.POSITIVE_INFINITY];

/** One item of one city down or up by 4 points (40 of 1,000), one city a size class. */
export function cityPlants(
  panel: ForecastPanel,
  wave: WaveScores,
  seed: number,
): { size: number; shift: PlantedShift }[] {
  const K = panel.indicators.length;
  const cities = panel.units.flatMap(({ level }, u) => (level === 'city' ? [u] : []));
  return CITY_SIZES.slice(0, -1).flatMap((from, size) => {
    const fitting = cities.filter(
      (u) => wave.bases[u * K]! >= from && wave.bases[u * K]! < CITY_SIZES[size + 1]!,
    );
    if (fitting.length === 0) return [];
    const unit = fitting[(seed * 13) % fitting.length]!;
    return [{ size, shift: { unit, indicator: seed % K, points: seed % 2 === 0 ? 4 : -4 } }];
  });
}

/** The wave with shifts added to the true scores: as if simulated with them, clipping at the ends aside. */
export function withShifts(
  panel: ForecastPanel,
  wave: WaveScores,
  shifts: readonly PlantedShift[],
): WaveScores {
  const K = panel.indicators.length;
  const scores = wave.scores.slice();
  for (const { unit, indicator, points } of shifts) {
    const within = unitsWithin(panel, unit);
    for (let k = 0; k < K; k += 1) {
      if (indicator >= 0 && k !== indicator) continue;
      panel.units.forEach((_, u) => {
        if (within[u]) scores[u * K + k] = scores[u * K + k]! + points;
      });
      for (let u = panel.units[unit]!.parent; u >= 0; u = panel.units[u]!.parent)
        scores[u * K + k] =
          scores[u * K + k]! + (points * wave.bases[unit * K + k]!) / wave.bases[u * K + k]!;
    }
  }
  return { scores, bases: wave.bases };
}

/** Place of a shift in a list of alerts, from 0; -1 where it is not named. */
export function rankOf(alerts: readonly Alert[], { unit, indicator, points }: PlantedShift): number {
  return alerts.findIndex(
    (one) => one.unit === unit && one.indicator === indicator && Math.sign(one.shift) === Math.sign(points),
  );
}
