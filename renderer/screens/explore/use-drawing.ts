/** What the charts of a table are drawn from: its values on the chosen scale, in the page's language and colours. */
import { useMemo } from 'react';
import type { ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import { inLanguage } from '../../../shared/domain/language.ts';
import { commonDisplay, displayUnit } from '../../../shared/domain/score/score-format.ts';
import { count, decimal } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { scoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { useText } from '../../text/use-text.ts';
import type { DrawnTable } from './chart-drawing.ts';
import { useCellFormat } from './use-cell-format.ts';
import { valueText } from './view.ts';

const WHOLE = { min: 0, max: 100 };

export interface Drawing extends DrawnTable {
  /** The cells have scales of their own that differ, so that the chart is drawn on 0-100. */
  mixed: boolean;
  /** The smallest and the largest base of what is shown. */
  bases: string;
}

export function useDrawing(query: ExploreQuery, table: ExploreTable, column: number): Drawing {
  const { language, appearance, display } = useSession();
  const common = useText(commonText);
  const text = useText(exploreText);
  const formatOf = useCellFormat(query);
  return useMemo(() => {
    const formats = table.rows.map((row) => table.columns.map((column) => formatOf(row, column)));
    const first = formats[0]?.[0];
    const mixed = formats.flat().some(({ min, max }) => min !== first?.min || max !== first.max);
    const shared = scoreFormat(commonDisplay(display), WHOLE, language);
    const formatAt = (r: number, c: number) => (mixed ? shared : formats[r]![c]!);
    const valueAt = (r: number, c: number, m: number) => table.cells[r]![c]?.values[m] ?? null;
    const scoreAt = (r: number, c: number) => table.cells[r]![c]?.score ?? null;
    const bases = table.cells.flat().flatMap((cell) => cell?.score?.n ?? []);
    return {
      table,
      query,
      column,
      palette: PALETTES[appearance],
      english: language === 'en',
      unit: inLanguage(displayUnit(mixed ? commonDisplay(display) : display), language),
      mixed,
      bases:
        bases.length === 0
          ? ''
          : text.basesFrom(
              count(bases.reduce((a, b) => Math.min(a, b))),
              count(bases.reduce((a, b) => Math.max(a, b))),
            ),
      say: (name) => inLanguage(name, language),
      drawn(r, c, m) {
        const value = valueAt(r, c, m);
        const { unit } = table.measures[m]!;
        if (unit === 'points') return formatAt(r, c).span(value);
        return unit === 'score' ? formatAt(r, c).value(value) : value;
      },
      margin: (r, c) => formatAt(r, c).span(scoreAt(r, c)?.margin100 ?? null),
      isGrey: (r, c) => scoreAt(r, c)?.tier === 'grey',
      basis(r, c) {
        const score = scoreAt(r, c);
        if (!score) return '';
        const { n, nEff, tier } = score;
        const own = table.cells[r]![c]!.margins[0] ?? null;
        return [
          ...(own === null ? [] : [`±${formatAt(r, c).length(own)}`]),
          `${common.base} ${count(n)}`,
          ...(decimal(nEff, 0) === decimal(n, 0) ? [] : [`${common.effectiveBase} ${decimal(nEff)}`]),
          ...(tier === 'grey' ? [common.smallBase] : []),
        ].join(' · ');
      },
      text: (r, c, m) =>
        valueText(table.measures[m]!.unit, valueAt(r, c, m), formatAt(r, c), table.measures[m]!.code),
    };
  }, [query, table, column, appearance, language, display, formatOf, common, text]);
}
