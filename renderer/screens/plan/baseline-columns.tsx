import type { BaselineRest } from '../../../shared/domain/plan/plan-facts.ts';
import { ABSENT, count, decimal } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import type { commonText } from '../../text/common.ts';

const NUMBER = { className: 'number', align: 'right' } as const;

/** Margin and base of a present score that is made of several cells, as two narrow columns behind it. */
export function baselineColumns<T extends BaselineRest>(common: Said<typeof commonText>) {
  return [
    {
      title: common.margin,
      key: 'margin',
      ...NUMBER,
      width: 66,
      render: (_: unknown, { margin100 }: T) => (
        <span className="soft">{typeof margin100 === 'number' ? `±${decimal(margin100)}` : ABSENT}</span>
      ),
    },
    {
      title: common.base,
      key: 'base',
      ...NUMBER,
      width: 76,
      render: (_: unknown, { n }: T) => <span className="soft">{count(n)}</span>,
    },
  ];
}
