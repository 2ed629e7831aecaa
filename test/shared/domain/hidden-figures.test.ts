import { expect, test } from 'vitest';
import { hiddenFigures } from '../../../shared/domain/hidden-figures.ts';
import { seededRandom } from '../../../shared/math/random.ts';

const LEAST = 10;
const flags = (hidden: readonly Uint8Array[]) => hidden.map((one) => [...one]);

test('a small place takes its smallest sibling with it', () => {
  const hidden = hiddenFigures([-1, 0, 0, 0], [Float64Array.of(100, 5, 25, 70)], [], LEAST);
  expect(flags(hidden)).toEqual([[0, 1, 1, 0]]);
});

test('nothing is hidden where every base is large enough, a base of ten included', () => {
  const base = Float64Array.of(30, 10 - 1e-15, 20);
  expect(flags(hiddenFigures([-1, 0, 0], [base], [{ whole: 0, parts: [0] }], LEAST))).toEqual([[0, 0, 0]]);
});

test('a place without answers gives nothing away and protects nobody', () => {
  const hidden = hiddenFigures([-1, 0, 0, 0], [Float64Array.of(64, 4, 0, 60)], [], LEAST);
  expect(flags(hidden)).toEqual([[0, 1, 0, 1]]);
});

test('a small item takes the smallest other item of the index with it, at the same place and beside it', () => {
  // Two places; at the first, few answered item 0, so item 1 goes too; its sibling protects it in the tree.
  const parents = [-1, 0, 0, 0];
  const bases = [
    Float64Array.of(104, 4, 50, 50),
    Float64Array.of(130, 30, 50, 50),
    Float64Array.of(140, 40, 50, 50),
    Float64Array.of(140, 40, 50, 50),
  ];
  const hidden = hiddenFigures(parents, bases, [{ whole: 3, parts: [0, 1, 2] }], LEAST);
  expect(hidden.map((one) => one[1])).toEqual([1, 1, 0, 0]);
  expect([hidden[0]![2], hidden[1]![2]]).toEqual([1, 1]);
});

test('an index of a single small item is hidden with it', () => {
  const bases = [Float64Array.of(5), Float64Array.of(20)];
  const hidden = hiddenFigures([-1], bases, [{ whole: 1, parts: [0] }], LEAST);
  expect(flags(hidden)).toEqual([[1], [1]]);
});

test('over random trees, no shown whole has exactly one hidden part in either tree', () => {
  const random = seededRandom(5);
  for (let round = 0; round < 60; round++) {
    const leaves = 12;
    const parents = [-1, 0, 0, 0, ...Array.from({ length: leaves }, () => 1 + random.whole(3))];
    const bases = Array.from({ length: 4 }, () => {
      const base = new Float64Array(parents.length);
      for (let i = parents.length - 1; i > 3; i--)
        base[i] = random.whole(5) === 0 ? random.whole(9) : 12 + random.whole(60);
      for (let i = parents.length - 1; i > 0; i--) base[parents[i]!] = base[parents[i]!]! + base[i]!;
      return base;
    });
    bases.push(bases[0]!.map((_, i) => Math.max(...bases.map((base) => base[i]!))));
    const groups = [{ whole: 4, parts: [0, 1, 2, 3] }];
    const hidden = hiddenFigures(parents, bases, groups, LEAST);
    bases.forEach((base, f) => {
      base.forEach((n, i) => {
        if (n > 0 && n < LEAST) expect(hidden[f]![i]).toBe(1);
      });
      for (let parent = 0; parent < 4; parent++) {
        if (hidden[f]![parent] === 1) continue;
        const parts = parents.flatMap((one, i) =>
          one === parent && base[i]! > 0 && hidden[f]![i] === 1 ? [i] : [],
        );
        expect(parts.length).not.toBe(1);
      }
    });
    parents.forEach((_, place) => {
      if (hidden[4]![place] === 1) return;
      const parts = [0, 1, 2, 3].filter((f) => bases[f]![place]! > 0 && hidden[f]![place] === 1);
      expect(parts.length).not.toBe(1);
    });
  }
});
