import type { AssessedCell } from '../../../../shared/domain/assess/assessed-cell.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

/** How much areas, items and cells move by themselves (standard deviations), and what halo their samples have. */
export interface Moving {
  area: number;
  item: number;
  cell: number;
  halo: number;
}

/** True points that the funded cells gain, by cell number. */
export type Funded = ReadonlyMap<number, number>;

/**
 * A year of seven areas x ten items in which everything also moves by itself: whole areas, whole items, single cells,
 * and the luck that the items of an area share because the same people answered them.
 */
export function movingYear(seed: number, moving: Moving, funded: Funded): AssessedCell[] {
  const random = seededRandom(seed);
  const areas = Array.from({ length: 7 }, () => ({
    moved: moving.area * random.normal(),
    se: 0.3 + 0.5 * random.uniform(),
    luckNow: random.normal(),
    luckBefore: random.normal(),
  }));
  const items = Array.from({ length: 10 }, () => moving.item * random.normal());
  const luck = (shared: number) =>
    Math.sqrt(moving.halo) * shared + Math.sqrt(1 - moving.halo) * random.normal();
  return Array.from({ length: 70 }, (_, i): AssessedCell => {
    const area = areas[Math.floor(i / 10)]!;
    const truth = 82 + 2 * random.normal();
    const cell = {
      area: Math.floor(i / 10),
      item: i % 10,
      share: 1 / 70,
      baseline100: truth + area.se * luck(area.luckBefore),
      baselineSe: area.se,
      ceiling100: 100,
      effect: 4,
      plannedUnits: funded.has(i) ? 0.03 : 0,
      actual100: 0,
      actualSe: area.se,
    };
    const moved = 0.4 + area.moved + items[i % 10]! + moving.cell * random.normal();
    const gain = funded.get(i) ?? 0;
    return { ...cell, actual100: truth + moved + gain + area.se * luck(area.luckNow) };
  });
}
