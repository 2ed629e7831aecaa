import { describe, expect, it } from 'vitest';
import { columnBlocks } from '../../../../renderer/screens/explore/paper-blocks.ts';

describe('the columns of a table on paper', () => {
  it('stand in as many blocks as they need, each beside the heads of the rows', () => {
    expect(columnBlocks(100, [50, 50, 50, 50, 50], 200)).toEqual([[0, 1], [2, 3], [4]]);
    expect(columnBlocks(100, [50, 60], 210)).toEqual([[0, 1]]);
  });

  it('stand one to a block where not even one fits', () => {
    expect(columnBlocks(300, [50, 50], 200)).toEqual([[0], [1]]);
    expect(columnBlocks(300, [], 200)).toEqual([[]]);
  });
});
