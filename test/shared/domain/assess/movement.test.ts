import { describe, expect, it } from 'vitest';
import { type MeasuredChange, Movement } from '../../../../shared/domain/assess/movement.ts';
import { fitMovement } from '../../../../shared/domain/assess/movement-fit.ts';
import { solveSquare } from '../../../../shared/math/linear-system.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

const SHAPE = { items: 4, extras: 1, halo: 0.3 };
const VARIANCES = { area: 0.5, item: 0.2, cell: 0.1, baseline: 0.7 };

function year(areas: number, sd: { area: number; item: number; cell: number }): MeasuredChange[] {
  const random = seededRandom(8);
  const byItem = [0, 1, 2, 3].map(() => sd.item * random.normal());
  return Array.from({ length: areas }, (_, area) => {
    const own = sd.area * random.normal();
    return byItem.map((item, k): MeasuredChange => {
      const actualSe = 0.3 + 0.2 * random.uniform();
      const change = 1 + own + item + sd.cell * random.normal() + actualSe * random.normal();
      const extra = k === 1 && area % 2 === 0 ? ([[0, 0.5 + area / 10]] as const) : [];
      return { area, item: k, actualSe, baselineSe: 0, change, extra };
    });
  }).flat();
}

/** Covariance of two cells by definition. */
function covariance(a: MeasuredChange, b: MeasuredChange): number {
  const error = (c: MeasuredChange) => Math.sqrt(c.actualSe ** 2 + VARIANCES.baseline * c.baselineSe ** 2);
  const same = a === b ? (1 - SHAPE.halo) * error(a) ** 2 + VARIANCES.cell : 0;
  const area = a.area === b.area ? VARIANCES.area + SHAPE.halo * error(a) * error(b) : 0;
  return same + area + (a.item === b.item ? VARIANCES.item : 0);
}

describe('Movement', () => {
  const cells = year(5, { area: 0.7, item: 0.4, cell: 0.3 }).map((cell, i) => ({
    ...cell,
    baselineSe: 0.1 + (i % 3) / 10,
  }));
  const [unseen, ...seen] = cells as [MeasuredChange, ...MeasuredChange[]];

  it('gives what generalised least squares and kriging give by their full matrices', () => {
    const movement = new Movement(seen, SHAPE, VARIANCES);
    const matrix = () => seen.map((a) => seen.map((b) => covariance(a, b)));
    const solve = (right: number[]) => solveSquare(matrix(), right);
    const design = [(_: MeasuredChange) => 1, (c: MeasuredChange) => c.extra?.[0]?.[1] ?? 0];
    const solved = design.map((x) => solve(seen.map(x)));
    const dot = (a: ArrayLike<number>, b: (c: MeasuredChange) => number) =>
      seen.reduce((sum, c, i) => sum + a[i]! * b(c), 0);
    const normal = solved.map((one) => design.map((x) => dot(one, x)));
    const right = solved.map((one) => dot(one, (c) => c.change));
    const value = solveSquare(
      normal.map((row) => [...row]),
      [...right],
    );
    expect(movement.common).toBeCloseTo(value[0]!, 10);
    expect(movement.extras[0]).toBeCloseTo(value[1]!, 10);
    const inverse = [0, 1].map((k) =>
      solveSquare(
        normal.map((row) => [...row]),
        [0, 1].map((j) => Number(j === k)),
      ),
    );
    expect(movement.varianceOfUnknown(0)).toBeCloseTo(inverse[0]![0]!, 10);
    expect(movement.varianceOfUnknown(1)).toBeCloseTo(inverse[1]![1]!, 10);
    // Universal kriging of the cell that was left out.
    const weights = solve(seen.map((c) => covariance(unseen, c)));
    const residual = (c: MeasuredChange) => c.change - design.reduce((s, x, k) => s + x(c) * value[k]!, 0);
    const trend = design.reduce((s, x, k) => s + x(unseen) * value[k]!, 0);
    expect(movement.expected(unseen)).toBeCloseTo(trend + dot(weights, residual), 10);
    const left = design.map((x) => x(unseen) - dot(weights, x));
    const variance =
      covariance(unseen, unseen) -
      dot(weights, (c) => covariance(unseen, c)) +
      left.reduce((s, a, k) => s + left.reduce((t, b, j) => t + a * b * inverse[k]![j]!, 0), 0);
    expect(movement.variance([{ ...unseen, weight: 2 }])).toBeCloseTo(4 * variance, 10);
  });

  it('says when an unknown cannot be told', () => {
    const none = seen.map(({ extra: _, ...cell }) => cell);
    expect(new Movement(none, SHAPE, VARIANCES).logLikelihood).toBeNaN();
    expect(fitMovement([], SHAPE)).toBeUndefined();
    expect(fitMovement(none, SHAPE)).toBeUndefined();
  });
});

describe('fitMovement', () => {
  it('finds how much areas, items and cells move from many of them', () => {
    const fitted = fitMovement(year(400, { area: 0.7, item: 0.4, cell: 0.3 }), { ...SHAPE, halo: 0 })!;
    expect(Math.sqrt(fitted.variances.area)).toBeCloseTo(0.7, 1);
    expect(Math.sqrt(fitted.variances.cell)).toBeCloseTo(0.3, 1);
    expect(fitted.unknown(1).value).toBeCloseTo(0, 1);
  });

  it('is a place from which no variance can go for a better likelihood', () => {
    const cells = year(20, { area: 0.5, item: 0.3, cell: 0.2 });
    const { variances, movement } = fitMovement(cells, SHAPE)!;
    for (const kind of ['area', 'item', 'cell'] as const)
      for (const factor of [0.5, 2]) {
        const other = new Movement(cells, SHAPE, { ...variances, [kind]: factor * variances[kind] + 0.001 });
        expect(other.logLikelihood).toBeLessThan(movement.logLikelihood + 0.01);
      }
  });

  it('leaves a variance that nothing tells at nothing', () => {
    const one = year(1, { area: 1, item: 0, cell: 0 }).map(({ extra: _, ...cell }) => cell);
    expect(fitMovement(one, { ...SHAPE, extras: 0 })!.variances.area).toBe(0);
  });
});
