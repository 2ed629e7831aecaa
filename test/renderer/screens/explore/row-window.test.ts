import { describe, expect, it } from 'vitest';
import { windowAt } from '../../../../renderer/screens/explore/row-window.ts';

describe('the rows of a table that are drawn', () => {
  it('are all of a short one', () => {
    expect(windowAt(300, 5000)).toEqual({ from: 0, to: 300, above: 0, below: 0 });
  });

  it('are those in view of a long one, with room left for the others', () => {
    const rows = 4000;
    for (let scrolled = 0; scrolled <= rows * 26 - 560; scrolled += 13) {
      const { from, to, above, below } = windowAt(rows, scrolled);
      expect(from * 26).toBe(above);
      expect(above + (to - from) * 26 + below).toBe(rows * 26);
      expect(above).toBeLessThanOrEqual(scrolled);
      expect(to * 26).toBeGreaterThanOrEqual(scrolled + 560);
    }
  });

  it('move in steps, so that scrolling a little draws nothing anew', () => {
    expect(windowAt(4000, 26 * 60)).toEqual(windowAt(4000, 26 * 79));
    expect(windowAt(4000, 26 * 60)).not.toEqual(windowAt(4000, 26 * 80));
  });
});
