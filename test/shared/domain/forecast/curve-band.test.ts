import { expect, test } from 'vitest';
import { bandOfErrors } from '../../../../shared/domain/forecast/curve-band.ts';
import { seededRandom } from '../../../../shared/math/random.ts';

test('many errors give their conformal quantiles', () => {
  const errors = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  expect(bandOfErrors(errors)).toEqual({ at80: 0.8, at95: 0.95 });
});

test('fewer than four errors give no band, and a few a wider one than their largest', () => {
  expect(bandOfErrors([1, 2, 3])).toBeUndefined();
  const { at80, at95 } = bandOfErrors([1, 1.2, 0.8, 1.1])!;
  expect(at80).toBe(1.2);
  expect(at95).toBeGreaterThan(at80);
});

test('bands from eight past errors hold about as often as they say', () => {
  const random = seededRandom(3);
  let in80 = 0;
  let in95 = 0;
  for (let i = 0; i < 4000; i += 1) {
    const band = bandOfErrors(Array.from({ length: 8 }, () => Math.abs(random.normal())))!;
    const coming = Math.abs(random.normal());
    if (coming <= band.at80) in80 += 1;
    if (coming <= band.at95) in95 += 1;
  }
  expect(in80 / 4000).toBeGreaterThan(0.78);
  expect(in80 / 4000).toBeLessThan(0.93);
  expect(in95 / 4000).toBeGreaterThan(0.93);
  expect(in95 / 4000).toBeLessThan(0.98);
});
