import { useCallback } from 'react';
import type { ExploreEntry, ExploreQuery } from '../../../shared/calls/explore.ts';
import { type ScoreFormat, useScoreFormats } from '../../score-format.ts';

/** The scale on which a cell is printed: that of its own channel and indicator. */
export function useCellFormat(query: ExploreQuery): (row: ExploreEntry, column: ExploreEntry) => ScoreFormat {
  const formats = useScoreFormats();
  const { channel, indicator } = query.filters;
  return useCallback(
    (row, column) =>
      formats(
        column.place.channel ?? row.place.channel ?? channel,
        column.place.indicator ?? row.place.indicator ?? indicator,
      ),
    [formats, channel, indicator],
  );
}
