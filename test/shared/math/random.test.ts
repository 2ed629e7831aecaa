import { expect, test } from 'vitest';
import { seededRandom } from '../../../shared/math/random.ts';

test('a seed repeats its numbers and another seed does not', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return [random.uniform(), random.normal(), random.whole(10)];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('uniform and normal numbers have the moments they should', () => {
  const random = seededRandom(3);
  const uniforms = Array.from({ length: 20000 }, () => random.uniform());
  const normals = Array.from({ length: 20000 }, () => random.normal());
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  expect(Math.abs(mean(uniforms) - 0.5)).toBeLessThan(0.01);
  expect(Math.abs(mean(normals))).toBeLessThan(0.02);
  expect(Math.abs(mean(normals.map((z) => z * z)) - 1)).toBeLessThan(0.03);
  expect(() => random.whole(0)).toThrow('0');
});
