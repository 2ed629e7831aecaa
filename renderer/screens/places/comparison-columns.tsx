/** The columns that comparisons of places have in common: the indicator, a side's score with margin and base, the difference. */
import type { TableProps } from 'antd';
import type { Change, Score } from '../../../shared/calls/figure.ts';
import type { TwoSides } from '../../../shared/calls/places.ts';
import { BaseFigure, ChangeFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import type { ScoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';

type Column<T> = NonNullable<TableProps<T>['columns']>[number];

export const NUMBER = { className: 'number', align: 'right' } as const;

const WIDTHS = { score: 70, level: 112, margin: 58, base: 112, difference: 112 };

/** `as`: the scale of a row's scores, its own where items were asked on different ones. */
export function useComparisonColumns<T extends object>(as: (row: T) => ScoreFormat) {
  const text = useText(schemesText);
  const common = useText(commonText);
  const name = useName();
  const display = useSession((session) => session.display);
  const score = display === 'levels' ? WIDTHS.level : WIDTHS.score;
  return {
    indicator: (naming: (row: T) => Pick<TwoSides, 'name' | 'role'>): Column<T> => ({
      title: common.indicator,
      key: 'name',
      ellipsis: true,
      render: (_, row) => {
        const { role, name: own } = naming(row);
        return (
          <span
            className={role === 'item' ? 'indent' : role === 'question' ? '' : 'strong'}
            title={name(own)}
          >
            {name(own)}
          </span>
        );
      },
    }),
    side: (key: string, title: string, of: (row: T) => Score | null): Column<T> => ({
      title,
      key,
      children: [
        {
          title: common.score,
          key: `${key} score`,
          width: score,
          ...NUMBER,
          render: (_, row) => <ScoreFigure score={of(row)} as={as(row)} />,
        },
        {
          title: common.margin,
          key: `${key} margin`,
          width: WIDTHS.margin,
          ...NUMBER,
          render: (_, row) => <MarginFigure score={of(row)} as={as(row)} />,
        },
        {
          title: common.base,
          key: `${key} n`,
          width: WIDTHS.base,
          ...NUMBER,
          render: (_, row) => <BaseFigure score={of(row)} />,
        },
      ],
    }),
    difference: (key: string, of: (row: T) => Change | null): Column<T> => ({
      title: text.difference,
      key,
      width: WIDTHS.difference,
      ...NUMBER,
      sorter: (a, b) => (of(a)?.points100 ?? 0) - (of(b)?.points100 ?? 0),
      render: (_, row) => <ChangeFigure change={of(row)} as={as(row)} />,
    }),
  };
}
