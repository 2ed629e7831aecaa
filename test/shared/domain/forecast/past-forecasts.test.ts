import { expect, test } from 'vitest';
import { widthFactor } from '../../../../shared/domain/forecast/past-forecasts.ts';

const steps = (count: number, top: number) =>
  Array.from({ length: count }, (_, i) => ((i + 1) / count) * top);

test('deviations that fill a band as they should leave it as it is', () => {
  const uniform = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000 / 0.8);
  expect(widthFactor(uniform, 0.8, 999, 8)).toBeCloseTo(1, 6);
});

test('a band that held too little is widened, the more the more is known', () => {
  const few = widthFactor(steps(8, 2.5), 0.8, 8, 8)!;
  const many = widthFactor(steps(800, 2.5), 0.8, 800, 8)!;
  expect(few).toBeGreaterThan(1.2);
  expect(many).toBeGreaterThan(few);
  expect(many).toBeLessThan(2.01);
});

test('eight quarters can judge the 80 % band and not the 95 % band', () => {
  // The 7.2nd of eight steps to 1 is 0.9; eight against eight that say 1 leave its root.
  expect(widthFactor(steps(8, 1), 0.8, 8, 8)).toBeCloseTo(Math.sqrt(0.9), 12);
  expect(widthFactor(steps(8, 1), 0.95, 8, 8)).toBeUndefined();
  expect(widthFactor([], 0.8, 0, 8)).toBeUndefined();
});
