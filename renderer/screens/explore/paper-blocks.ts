/** A table that is wider than the paper, as blocks of columns that each begin with the heads of the rows. */
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { ExploreTable } from '../../../shared/calls/explore.ts';
import { useOnPaper } from '../../print.ts';

/** Columns by block, as many as fit beside the heads; at least one, however wide it is. */
export function columnBlocks(heads: number, widths: readonly number[], room: number): number[][] {
  const blocks: number[][] = [[]];
  let used = heads;
  for (const [c, width] of widths.entries()) {
    if (used + width > room && blocks.at(-1)!.length > 0) {
      blocks.push([]);
      used = heads;
    }
    blocks.at(-1)!.push(c);
    used += width;
  }
  return blocks;
}

/** The blocks in which a table is laid out: one on the screen; on paper as wide as its columns turn out there. */
export function usePaperBlocks(frame: RefObject<HTMLElement | null>, table: ExploreTable): number[][] {
  const paper = useOnPaper();
  const [blocks, setBlocks] = useState<number[][] | null>(null);
  useLayoutEffect(() => {
    const drawn = paper ? frame.current?.querySelector('table') : null;
    if (!drawn) {
      setBlocks(null);
      return;
    }
    const heads = [...drawn.querySelectorAll<HTMLElement>('thead th[data-column]')];
    const widths = heads.map((head) => head.offsetWidth);
    const columns = widths.reduce((sum, width) => sum + width, 0);
    setBlocks(columnBlocks(drawn.offsetWidth - columns, widths, frame.current!.clientWidth));
  }, [paper, frame]);
  return blocks ?? [[...table.columns.keys()]];
}
