import { expect, it } from 'vitest';
import { axisEntries } from '../../../shared/domain/table-axis.ts';

const additive = (size: number) => ({ size, total: true, additive: true });

it('gives a single entry without a dimension', () => {
  expect(axisEntries([], () => true)).toEqual([{ members: [], parent: -1, sum: -1 }]);
});

it('puts the total before its members', () => {
  expect(axisEntries([additive(2)], () => true).map((one) => [one.members, one.parent])).toEqual([
    [[null], -1],
    [[0], 0],
    [[1], 0],
  ]);
});

it('nests a second dimension under each member of the first', () => {
  const entries = axisEntries([additive(2), additive(1)], () => true);
  expect(entries.map((one) => [one.members, one.parent])).toEqual([
    [[null, null], -1],
    [[0, null], 0],
    [[0, 0], 1],
    [[1, null], 0],
    [[1, 0], 3],
  ]);
});

it('totals over the first dimension where the second has no total', () => {
  const indicators = { size: 2, total: false, additive: true };
  const entries = axisEntries([additive(1), indicators], () => true);
  expect(entries.map((one) => [one.members, one.parent])).toEqual([
    [[null, 0], -1],
    [[null, 1], -1],
    [[0, 0], 0],
    [[0, 1], 1],
  ]);
});

it('adds nothing up over choices of many, and leaves out what cannot be', () => {
  const many = { size: 2, total: true, additive: false };
  const entries = axisEntries([many], ([member]) => member !== 1);
  expect(entries).toEqual([
    { members: [null], parent: -1, sum: -1 },
    { members: [0], parent: 0, sum: -1 },
  ]);
});
