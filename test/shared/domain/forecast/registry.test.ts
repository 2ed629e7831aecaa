import { expect, test } from 'vitest';
import { CURVES, curveById } from '../../../../shared/domain/forecast/registry.ts';

const QUARTERS = [8100, 8101, 8102, 8104, 8105, 8106];
const VALUES = [70, 72, 71.5, 73, 74.2, 74];

test('every curve has its own id, a name in both languages, and is found by its id', () => {
  expect(new Set(CURVES.map((curve) => curve.id)).size).toBe(CURVES.length);
  for (const curve of CURVES) {
    expect(curve.name.zh).not.toBe('');
    expect(curve.name.en).not.toBe('');
    expect(curveById(curve.id)).toBe(curve);
  }
  expect(() => curveById('nothing')).toThrow('nothing');
});

test.each(CURVES)('$id answers or refuses 0, 1 and 2 points, and never gives NaN', (curve) => {
  for (const count of [0, 1, 2, 3, 4, 6]) {
    const fit = curve.fit(QUARTERS.slice(0, count), VALUES.slice(0, count));
    if (count < curve.minimumPoints) {
      expect(fit).toEqual({ kind: 'too-few-points', needed: curve.minimumPoints, given: count });
      continue;
    }
    if (fit.kind !== 'fitted') throw new Error(`${curve.id} refuses ${count} points`);
    expect(fit.fitted).toHaveLength(count);
    for (const value of [...fit.fitted, fit.predict(8107), fit.predict(8110)])
      expect(Number.isFinite(value)).toBe(true);
  }
});

test.each(CURVES)('$id gives the same answer twice and scales with the unit of the series', (curve) => {
  const fit = curve.fit(QUARTERS, VALUES);
  const again = curve.fit(QUARTERS, VALUES);
  const larger = curve.fit(
    QUARTERS,
    VALUES.map((value) => value * 10),
  );
  if (fit.kind !== 'fitted' || again.kind !== 'fitted' || larger.kind !== 'fitted')
    throw new Error(`${curve.id} refuses`);
  expect(again.predict(8107)).toBe(fit.predict(8107));
  expect(larger.predict(8107) / fit.predict(8107)).toBeCloseTo(10, 2);
});

test.each(CURVES)('$id keeps a constant series constant', (curve) => {
  const fit = curve.fit(
    QUARTERS,
    QUARTERS.map(() => 75),
  );
  if (fit.kind !== 'fitted') throw new Error(`${curve.id} refuses`);
  expect(fit.predict(8107)).toBeCloseTo(75, 3);
});

test.each(CURVES)('$id throws on quarters out of order and on values that are not finite', (curve) => {
  expect(() => curve.fit([2, 1, 3, 4], [1, 2, 3, 4])).toThrow('out of order');
  expect(() => curve.fit([1, 2, 3, 4], [1, Number.NaN, 3, 4])).toThrow('NaN');
});

test('each textbook curve continues its own formula exactly', () => {
  const t = [1, 2, 3, 4, 5];
  const next = (id: string, f: (x: number) => number) => {
    const fit = curveById(id).fit(t, t.map(f));
    return fit.kind === 'fitted' ? fit.predict(6) - f(6) : Number.NaN;
  };
  expect(next('linear', (x) => 70 + 2 * x)).toBeCloseTo(0, 9);
  expect(next('quadratic', (x) => 70 + x - 0.5 * x * x)).toBeCloseTo(0, 9);
  expect(next('logarithmic', (x) => 70 + 3 * Math.log(x))).toBeCloseTo(0, 9);
  expect(next('exponential', (x) => 5 * Math.exp(0.2 * x))).toBeCloseTo(0, 9);
  expect(next('power', (x) => 5 * x ** 1.5)).toBeCloseTo(0, 9);
  expect(next('least-error', (x) => 5 * x ** 1.5)).toBeCloseTo(0, 9);
});

test('naive curves repeat what they say they repeat', () => {
  const values = [1, 2, 3, 4, 6];
  const predict = (id: string) => {
    const fit = curveById(id).fit([1, 2, 3, 4, 5], values);
    return fit.kind === 'fitted' ? fit.predict(6) : Number.NaN;
  };
  expect(predict('naive')).toBe(6);
  expect(predict('seasonal-naive')).toBe(2);
  expect(predict('drift')).toBe(7.25);
});

test('curves through a logarithm refuse zero and negative values', () => {
  expect(curveById('exponential').fit([1, 2, 3], [1, 0, 2]).kind).toBe('not-positive');
  expect(curveById('power').fit([1, 2, 3], [1, -1, 2]).kind).toBe('not-positive');
});
