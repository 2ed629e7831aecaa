/** Which rows of a long table are drawn: those in view and some around them, the rest is room that is left for them. */
import { type UIEvent, useState } from 'react';

/** As the style sheet makes them, in pixels. */
const ROW_HEIGHT = 26;
const ALL_DRAWN = 300;
const STEP = 20;
const DRAWN = 120;

export interface RowWindow {
  from: number;
  to: number;
  /** Pixels above and below. */
  above: number;
  below: number;
}

/** The window for a table scrolled down by so many pixels. Example: 100 rows are drawn whole wherever they stand. */
export function windowAt(rows: number, scrolled: number): RowWindow {
  if (rows <= ALL_DRAWN) return { from: 0, to: rows, above: 0, below: 0 };
  const first = Math.floor(scrolled / ROW_HEIGHT / STEP) * STEP - (DRAWN - 2 * STEP) / 2;
  const from = Math.max(0, Math.min(rows - DRAWN, first));
  const to = from + DRAWN;
  return { from, to, above: from * ROW_HEIGHT, below: (rows - to) * ROW_HEIGHT };
}

export function useRowWindow(rows: number): RowWindow & { onScroll: (event: UIEvent<HTMLElement>) => void } {
  const [scrolled, setScrolled] = useState(0);
  const shown = windowAt(rows, scrolled);
  return {
    ...shown,
    onScroll({ currentTarget }) {
      const { scrollTop } = currentTarget;
      if (windowAt(rows, scrollTop).from !== shown.from) setScrolled(scrollTop);
    },
  };
}
