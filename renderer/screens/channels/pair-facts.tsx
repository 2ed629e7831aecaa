import type { ChannelPair } from '../../../shared/calls/channels.ts';
import { useCompared, useComparedUnit, useNative } from '../../components/compared-scale.ts';
import { BaseFigure, baseColumn, ChangeFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { count } from '../../format.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { quarterRange } from './view.ts';

/** What the two channels have in common, and how much each brings. */
export function OverlapPanel({ view }: { view: ChannelPair }) {
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const { first, second } = view;
  return (
    <Panel title={text.overlap} note={quarterRange(view.used)}>
      <div className="stack tight wide">
        <table className="plain">
          <tbody>
            <tr>
              <th scope="row">{text.indicatorsShared}</th>
              <td>{count(view.indicators.length)}</td>
            </tr>
            <tr>
              <th scope="row">{text.quartersShared}</th>
              <td>
                {text.ofEach(
                  count(view.common.length),
                  count(first.quarters.length),
                  count(second.quarters.length),
                )}
              </td>
            </tr>
            <tr>
              <th scope="row">{`${text.placesShared} · ${common[view.level]}`}</th>
              <td>{text.ofEach(count(view.commonUnits), count(first.units), count(second.units))}</td>
            </tr>
            {[first, second].map((side) => (
              <tr key={side.channel}>
                <th scope="row">{`${text.respondents} · ${name(side.name)}`}</th>
                <td>{count(side.respondents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {view.commonUnits > 0 && (
          <p className="hint">{text.compared(count(view.units.length), count(view.commonUnits))}</p>
        )}
        {view.windowed && <p className="hint">{text.windowed}</p>}
      </div>
    </Panel>
  );
}

/** How far apart: of the whole, and over places. */
export function DifferencePanel({ view }: { view: ChannelPair }) {
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const native = useNative();
  const as = useCompared();
  const unit = useComparedUnit();
  const { paired, pooled } = view;
  const base = baseColumn([view.first.score, view.second.score], common);
  const margin = pooled?.margin100;
  return (
    <Panel title={text.difference} note={`${name(view.first.name)} − ${name(view.second.name)}`}>
      <div className="stack tight wide">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{common.channel}</th>
              <th scope="col">{text.native}</th>
              <th scope="col">{unit}</th>
              <th scope="col">{common.margin}</th>
              <th scope="col">{base.title}</th>
            </tr>
          </thead>
          <tbody>
            {[view.first, view.second].map((side) => (
              <tr key={side.channel}>
                <th scope="row">{name(side.name)}</th>
                <td>{`${native(side.score, side.scale)} / ${side.scale.max}`}</td>
                <td>
                  <ScoreFigure score={side.score} as={as} />
                </td>
                <td>
                  <MarginFigure score={side.score} as={as} />
                </td>
                <td>
                  <BaseFigure score={side.score} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          {text.pooled} <ChangeFigure change={pooled} as={as} />
          {pooled && margin !== undefined && (
            <span className="soft">
              {' '}
              {text.interval}{' '}
              {text.range(as.points(pooled.points100 - margin), as.points(pooled.points100 + margin))}
            </span>
          )}
        </p>
        {view.items.onlyFirst + view.items.onlySecond > 0 && (
          <p className="hint">
            {text.madeOf(count(view.items.shared), count(view.items.onlyFirst), count(view.items.onlySecond))}
          </p>
        )}
        {paired.kind === 'difference' ? (
          <>
            <p>
              {text.paired} <b>{as.points(paired.mean)}</b>
              <span className="soft">
                {' '}
                {text.interval} {text.range(as.points(paired.low), as.points(paired.high))}
              </span>
            </p>
            <p className="hint">
              {text.between} {as.length(paired.between)}
            </p>
          </>
        ) : (
          <p>
            {text.paired} <span className="faint">{text.tooFew(count(paired.units))}</span>
          </p>
        )}
      </div>
    </Panel>
  );
}
