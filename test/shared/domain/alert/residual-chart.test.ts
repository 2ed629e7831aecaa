import { expect, test } from 'vitest';
import { residualChart } from '../../../../shared/domain/alert/residual-chart.ts';

const residuals = (zs: readonly number[]) =>
  zs.map((z, i) => ({ quarter: 8100 + i, actual: 70 + 2 * z, expected: 70, waveSd: 2 }));

test('the average and its limits follow the published recursion', () => {
  const [first, second] = residualChart(residuals([1, 1]), { lambda: 0.2, width: 3 });
  expect(first!.smoothed).toBeCloseTo(0.2, 12);
  expect(first!.limit).toBeCloseTo(3 * 0.2, 12);
  expect(second!.smoothed).toBeCloseTo(0.36, 12);
  expect(second!.limit).toBeCloseTo(3 * Math.sqrt((0.2 / 1.8) * (1 - 0.8 ** 4)), 12);
});

test('a drift that no single quarter shows is signalled with its direction', () => {
  expect(residualChart(residuals(new Array(10).fill(1.3))).some((point) => point.signal === 'rising')).toBe(
    true,
  );
  expect(residualChart(residuals(new Array(10).fill(-1.3))).at(-1)!.signal).toBe('falling');
  expect(residualChart(residuals([1, -1, 1, -1, 1, -1])).every((point) => point.signal === 'none')).toBe(
    true,
  );
});

test('one outlier alone is no drift, and unusable residuals are left out', () => {
  expect(residualChart(residuals([0, 0, 0, 0, 0, 9])).at(-1)!.signal).toBe('none');
  expect(residualChart([{ quarter: 1, actual: Number.NaN, expected: 70, waveSd: 2 }])).toEqual([]);
  expect(residualChart([{ quarter: 1, actual: 71, expected: 70, waveSd: 0 }])).toEqual([]);
  expect(() => residualChart([], { lambda: 0 })).toThrow('0');
});
