import { Alert, Tag } from 'antd';
import type { RakingDiagnostics } from '../../../shared/calls/weightings.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weightingText } from '../../text/weighting.ts';
import { emptyNames, leftOut } from './weighting-view.ts';

/** Convergence and precision quarter by quarter, and every margin before and after. */
export function DiagnosticsCard({ card }: { card: RakingDiagnostics }) {
  const text = useText(weightingText);
  const common = useText(commonText);
  const name = useName();
  const empty = emptyNames(card, name);
  const { dropped, untargeted } = leftOut(card);
  const listed = (categories: typeof untargeted) =>
    categories.map(({ label, n }) => text.people(name(label), count(n))).join(common.between);
  const heads = [
    text.n,
    text.converged,
    text.iterations,
    text.gap,
    text.deffBefore,
    text.deff,
    text.nEff,
    text.largest,
    text.smallest,
  ];
  return (
    <div className="stack">
      {empty.length > 0 && <Alert type="warning" showIcon title={text.empty(empty.join(' · '))} />}
      {dropped.length > 0 && <Alert type="warning" showIcon title={text.dropped(listed(dropped))} />}
      {untargeted.length > 0 && <Alert type="info" showIcon title={text.untargeted(listed(untargeted))} />}
      {empty.length === 0 && card.quarters.some(({ converged }) => !converged) && (
        <Alert type="warning" showIcon title={text.notConverged} />
      )}
      <div className="heat-frame">
        <table className="plain wide">
          <thead>
            <tr>
              <th scope="col">{text.quarters}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {card.quarters.map((one) => (
              <tr key={one.quarter}>
                <th scope="row">{formatQuarter(one.quarter)}</th>
                <td>{count(one.respondents)}</td>
                <td>
                  {one.converged ? (
                    <Tag color="success">{text.yes}</Tag>
                  ) : (
                    <Tag color="warning">{text.no}</Tag>
                  )}
                </td>
                <td>{count(one.iterations)}</td>
                <td>{`${decimal(one.largestGap, 3)} ${text.points}`}</td>
                <td>{decimal(one.designEffectBefore, 3)}</td>
                <td>{decimal(one.designEffect, 3)}</td>
                <td>{count(one.nEff)}</td>
                <td>{decimal(one.largestWeight, 2)}</td>
                <td>{decimal(one.smallestWeight, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="breakdowns">
        {card.margins.map((margin) => (
          <table key={margin.dimension} className="plain">
            <thead>
              <tr>
                <th scope="col">{name(margin.label)}</th>
                <th scope="col">{text.n}</th>
                <th scope="col">{text.present}</th>
                <th scope="col">{text.target}</th>
                <th scope="col">{text.afterwards}</th>
              </tr>
            </thead>
            <tbody>
              {margin.categories.map((one) => (
                <tr key={one.value}>
                  <th scope="row">{name(one.label)}</th>
                  <td>{count(one.n)}</td>
                  <td>{`${decimal(one.before)}%`}</td>
                  <td>{`${decimal(one.target)}%`}</td>
                  <td>{`${decimal(one.after)}%`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </div>
  );
}
