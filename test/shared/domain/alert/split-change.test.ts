import { expect, test } from 'vitest';
import { splitChange } from '../../../../shared/domain/alert/split-change.ts';

const part = (
  id: string,
  scoreBefore: number,
  scoreAfter: number,
  sizeBefore: number,
  sizeAfter: number,
) => ({
  id,
  scoreBefore,
  scoreAfter,
  sizeBefore,
  sizeAfter,
});

test('rate and mix of all parts sum exactly to the change', () => {
  const split = splitChange([
    part('a', 70, 74, 30, 50),
    part('b', 80, 79, 50, 20),
    part('c', 65, 65, 20, 30),
  ]);
  if (split.kind !== 'split') throw new Error(split.kind);
  const before = (70 * 30 + 80 * 50 + 65 * 20) / 100;
  const after = (74 * 50 + 79 * 20 + 65 * 30) / 100;
  expect(split.change).toBeCloseTo(after - before, 12);
  expect(split.rate + split.mix).toBeCloseTo(split.change, 12);
  expect(split.parts.reduce((sum, p) => sum + p.rate + p.mix, 0)).toBeCloseTo(split.change, 12);
  expect(split.parts[0]!.rate).toBeCloseTo(((0.3 + 0.5) / 2) * 4, 12);
});

test('a change of shares alone leaves every rate at 0', () => {
  const split = splitChange([part('a', 60, 60, 50, 25), part('b', 80, 80, 50, 75)]);
  expect(split).toMatchObject({ kind: 'split', change: 5, rate: 0, mix: 5 });
});

test('a child that opens or closes is all mix, and an empty side has no split', () => {
  const split = splitChange([part('old', 70, 70, 10, 10), part('new', Number.NaN, 90, 0, 10)]);
  if (split.kind !== 'split') throw new Error(split.kind);
  expect(split.rate).toBe(0);
  expect(split.mix).toBeCloseTo(10, 12);
  expect(splitChange([part('a', 70, 70, 0, 10)])).toEqual({ kind: 'empty-side' });
  expect(() => splitChange([part('a', 70, 70, -1, 10)])).toThrow('a');
});
