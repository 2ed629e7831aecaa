import { Segmented } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { ChannelPair } from '../../../shared/calls/channels.ts';
import type { Correlation } from '../../../shared/domain/channel/correlation.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { Chart } from '../../components/chart.tsx';
import { useCompared } from '../../components/compared-scale.ts';
import { Panel } from '../../components/panel.tsx';
import { Nothing } from '../../components/states.tsx';
import { count, decimal } from '../../format.ts';
import { PALETTES } from '../../palette.ts';
import { useSession } from '../../session.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { differenceOption, scatterOption, timeOption } from './pair-charts.ts';
import { HINT_PAIRS } from './view.ts';

/** `0.82 (0.70 – 0.90)`, or why there is none. */
function CorrelationWords({ of }: { of: Correlation }): ReactNode {
  const text = useText(channelsText);
  if (of.kind === 'too-few') return <span className="faint">{text.tooFew(count(of.n))}</span>;
  if (of.kind === 'no-spread') return <span className="faint">{text.noSpread}</span>;
  return (
    <>
      <b>{decimal(of.r, 2)}</b>{' '}
      <span className="soft">
        {text.interval} {text.range(decimal(of.low, 2), decimal(of.high, 2))}
      </span>
      {of.n < HINT_PAIRS && <span className="warn-words"> {text.smallSample(count(of.n))}</span>}
    </>
  );
}

/** Do places that stand high in one channel stand high in the other? */
export function AgreementPanel({ view }: { view: ChannelPair }) {
  const text = useText(channelsText);
  const name = useName();
  const palette = PALETTES[useSession((session) => session.appearance)];
  const [chart, setChart] = useState<'scatter' | 'difference'>('scatter');
  const as = useCompared();
  const { base } = useText(commonText);
  const drawing = useMemo(() => ({ palette, text, name, as, base }), [palette, text, name, as, base]);
  const option = useMemo(
    () => (chart === 'scatter' ? scatterOption(view, drawing) : differenceOption(view, drawing)),
    [chart, view, drawing],
  );
  const { agreement } = view;
  if (!agreement)
    return (
      <Panel title={text.agreement}>
        <Nothing>{text.tooFew(count(view.units.length))}</Nothing>
      </Panel>
    );
  return (
    <Panel
      title={text.agreement}
      note={count(agreement.units)}
      extra={
        <Segmented
          size="small"
          value={chart}
          onChange={setChart}
          options={[
            { value: 'scatter', label: text.scatter },
            { value: 'difference', label: text.blandAltman },
          ]}
        />
      }
    >
      <div className="stack tight wide">
        <p>
          {text.correlation} <CorrelationWords of={agreement.correlation} />
        </p>
        <p>
          {text.corrected}{' '}
          {agreement.disattenuated === null ? (
            <span className="faint">{text.correctedNone}</span>
          ) : (
            <b>{decimal(agreement.disattenuated, 2)}</b>
          )}{' '}
          <span className="soft">
            {text.reliability} {decimal(agreement.reliability.first, 2)} ·{' '}
            {decimal(agreement.reliability.second, 2)}
          </span>
        </p>
        <p>
          {text.limits} <b>{text.range(as.points(agreement.limits.low), as.points(agreement.limits.high))}</b>{' '}
          <span className="soft">
            {text.ofWhichSampling(as.length(agreement.sd), as.length(agreement.samplingSd))}
          </span>
        </p>
        <Chart option={option} label={text.agreement} height={320} />
        <p className="hint">{chart === 'scatter' ? text.scatterHint : text.blandHint}</p>
      </div>
    </Panel>
  );
}

/** Do both rise and fall together, and where does either break? */
export function OverTimePanel({ view }: { view: ChannelPair }) {
  const text = useText(channelsText);
  const name = useName();
  const palette = PALETTES[useSession((session) => session.appearance)];
  const as = useCompared();
  const { base } = useText(commonText);
  const option = useMemo(
    () => timeOption(view, { palette, text, name, as, base }),
    [view, palette, text, name, as, base],
  );
  const breaks = [view.first, view.second].flatMap((side) =>
    side.breaks.map((one) => ({ ...one, channel: side.name })),
  );
  return (
    <Panel title={text.overTime}>
      <div className="stack tight wide">
        <p>
          {text.changesTogether} <CorrelationWords of={view.overTime.changes} />
        </p>
        <p className="hint">{text.changesHint}</p>
        <Chart option={option} label={text.overTime} height={320} />
        <p className="soft">
          {text.breaksAre(
            breaks.length === 0
              ? text.noBreaks
              : breaks
                  .map((one) => `${formatQuarter(one.quarter)} ${name(one.channel)} ${name(one.label)}`)
                  .join(' · '),
          )}
        </p>
      </div>
    </Panel>
  );
}
