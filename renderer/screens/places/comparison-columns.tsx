/** The columns that comparisons of places have in common: the indicator, a side's score with its base, the difference. */
import type { TableProps } from 'antd';
import type { Change, Score } from '../../../shared/calls/figure.ts';
import type { TwoSides } from '../../../shared/calls/places.ts';
import { BaseFigure, ChangeMark, ScoreFigure } from '../../components/marks.tsx';
import type { ScoreFormat } from '../../score-format.ts';
import { commonText } from '../../text/common.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';

type Column<T> = NonNullable<TableProps<T>['columns']>[number];

export const NUMBER = { className: 'number', align: 'right' } as const;

const WIDTHS = { figure: 104, base: 90 };

export function useComparisonColumns(as: ScoreFormat) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const name = useName();
  return {
    indicator: <T extends Pick<TwoSides, 'name' | 'role'>>(): Column<T> => ({
      title: common.indicator,
      key: 'name',
      ellipsis: true,
      render: (_, row) => (
        <span className={row.role === 'item' ? 'indent' : row.role === 'question' ? '' : 'strong'}>
          {name(row.name)}
        </span>
      ),
    }),
    score: <T,>(key: string, title: string, of: (row: T) => Score | null): Column<T> => ({
      title,
      key,
      width: WIDTHS.figure,
      ...NUMBER,
      render: (_, row) => <ScoreFigure score={of(row)} as={as} />,
    }),
    base: <T,>(key: string, of: (row: T) => Score | null): Column<T> => ({
      title: common.base,
      key: `${key} n`,
      width: WIDTHS.base,
      ...NUMBER,
      render: (_, row) => <BaseFigure score={of(row)} />,
    }),
    difference: <T,>(key: string, of: (row: T) => Change | null): Column<T> => ({
      title: text.difference,
      key,
      width: WIDTHS.figure,
      ...NUMBER,
      sorter: (a, b) => (of(a)?.points100 ?? 0) - (of(b)?.points100 ?? 0),
      render: (_, row) => <ChangeMark change={of(row)} as={as} />,
    }),
  };
}
