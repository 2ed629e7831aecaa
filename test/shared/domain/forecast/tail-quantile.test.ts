import { expect, test } from 'vitest';
import { tailQuantile } from '../../../../shared/domain/forecast/tail-quantile.ts';

test('without heavy tails the widths are those of the normal table', () => {
  const normal = { 80: 1.281552, 90: 1.644854, 95: 1.959964 } as const;
  for (const excess of [0, -1, Number.NaN])
    for (const coverage of [80, 90, 95] as const)
      expect(tailQuantile(coverage, excess)).toBeCloseTo(normal[coverage], 5);
});

test('an excess of 3 is six degrees of freedom: narrower in the middle, wider far out', () => {
  const unit = Math.sqrt(4 / 6);
  expect(tailQuantile(80, 3)).toBeCloseTo(1.439756 * unit, 3);
  expect(tailQuantile(90, 3)).toBeCloseTo(1.94318 * unit, 3);
  expect(tailQuantile(95, 3)).toBeCloseTo(2.446912 * unit, 3);
  expect(tailQuantile(95, 3)).toBeGreaterThan(tailQuantile(95, 0));
});

test('however heavy the tails, a band stays a band', () => {
  expect(tailQuantile(80, 1e12)).toBeCloseTo(1.533206 * Math.sqrt(0.5), 3);
  expect(tailQuantile(95, Number.POSITIVE_INFINITY)).toBeGreaterThan(1.9);
});
