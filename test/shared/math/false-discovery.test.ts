import { expect, test } from 'vitest';
import { adjustFalseDiscovery, rejectDownTree } from '../../../shared/math/false-discovery.ts';

test('the published example adjusts to the published values', () => {
  const adjusted = adjustFalseDiscovery([0.008, 0.03, 0.123, 0.6, 0.2]);
  [0.04, 0.075, 0.205, 0.6, 0.25].forEach((value, i) => {
    expect(adjusted[i]).toBeCloseTo(value, 10);
  });
});

test('adjusted values never fall where p rises', () => {
  expect(adjustFalseDiscovery([0.04, 0.041, 0.042])).toEqual([0.042, 0.042, 0.042]);
  expect(adjustFalseDiscovery([])).toEqual([]);
  expect(() => adjustFalseDiscovery([1.2])).toThrow('1.2');
});

test('children are only tested under a rejected parent', () => {
  expect(rejectDownTree([0.001, 0.6, 0.01], [-1, 0, 0], 0.05)).toEqual([true, false, true]);
  expect(rejectDownTree([0.2, 0.0001], [-1, 0], 0.05)).toEqual([false, false]);
  expect(rejectDownTree([Number.NaN, 0.0001], [-1, 0], 0.05)).toEqual([false, false]);
});
