import type { ReactNode } from 'react';
import type { LostSalePart } from '../../../shared/calls/lost.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { Panel } from '../../components/panel.tsx';
import { ABSENT, count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';
import { percent } from './view.ts';

/** Reasons, brands or stages of the quarter with their interval, change and the quarters before. */
export function LostSalePartPanel({ part, extra }: { part: LostSalePart; extra: ReactNode }) {
  const text = useText(lostText);
  const common = useText(commonText);
  const name = useName();
  const note = part.label ? `${common.base} ${count(part.n)}` : undefined;
  return (
    <Panel title={text[part.role]} note={note} extra={extra}>
      {part.attribute === null && <p className="soft">{text.unset}</p>}
      {part.attribute !== null && part.shares.length === 0 && <p className="soft">{text.tooFew}</p>}
      {part.shares.length > 0 && (
        <table className={`plain wide ${part.tier === 'grey' ? 'grey-figure' : ''}`}>
          <thead>
            <tr>
              <th scope="col">{text[part.role]}</th>
              <th scope="col">{text.share}</th>
              <th scope="col">{text.interval}</th>
              <th scope="col">{text.change}</th>
              <th scope="col">{text.byTime}</th>
            </tr>
          </thead>
          <tbody>
            {part.shares.map((one, i) => (
              <tr key={one.value}>
                <th scope="row">{name(one.label)}</th>
                <td>{percent(one.share)}</td>
                <td className="soft">{`${percent(one.low)} – ${percent(one.high)}`}</td>
                <td>
                  <ShareChange change={one.change} />
                </td>
                <td>
                  <Strip part={part} at={i} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function ShareChange({ change }: { change: LostSalePart['shares'][number]['change'] }) {
  const text = useText(commonText);
  if (!change) return <span className="faint">{ABSENT}</span>;
  const { points100, margin100, significance } = change;
  const arrow = significance === 'higher' ? '▲' : significance === 'lower' ? '▼' : '';
  // More of a reason is neither better nor worse, so the mark has no colour of its own.
  return (
    <span
      className={significance === 'none' ? 'soft' : 'strong'}
      title={significance === 'none' ? text.notSignificant : text[significance]}
    >
      {`${arrow} ${points100 >= 0 ? '+' : '−'}${Math.abs(points100).toFixed(1)}`}
      {typeof margin100 === 'number' && <span className="margin">±{margin100.toFixed(1)}</span>}
    </span>
  );
}

const HEIGHT = 20;

/** A choice's share quarter by quarter. */
function Strip({ part, at }: { part: LostSalePart; at: number }) {
  const text = useText(lostText);
  const most = Math.max(0.01, ...part.quarters.flatMap(({ shares }) => shares.map((share) => share ?? 0)));
  return (
    <svg
      className="bars"
      width={part.quarters.length * 9}
      height={HEIGHT}
      role="img"
      aria-label={text.byTime}
    >
      {part.quarters.map(({ quarter, n, shares }, i) => {
        const share = shares[at] ?? null;
        const height = Math.max(1, ((share ?? 0) / most) * HEIGHT);
        return (
          <rect key={quarter} x={i * 9} y={HEIGHT - height} width={7} height={height}>
            <title>{`${formatQuarter(quarter)}  ${percent(share)} (${count(n)})`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
