// Work on alerts that no longer stand: it must not vanish with its alert, least of all a one-off that fits leave out.
import { Button } from 'antd';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { count } from '../../format.ts';
import { alertText } from '../../text/alerts.ts';
import { useName, useText } from '../../text/use-text.ts';

export function ClearedCases({ scheme }: { scheme: number }) {
  const text = useText(alertText);
  const name = useName();
  const cases = useCall('alerts.cleared', { scheme });
  const settle = useChange('alerts.settle');
  const open = (cases.data ?? []).filter(({ state, oneOff }) => state !== 'closed' || oneOff);
  if (open.length === 0) return null;
  return (
    <Panel title={text.cleared} note={text.howMany(count(open.length))}>
      {open.map((one) => (
        <p key={`${one.channel} ${one.quarter} ${one.scope} ${one.indicator}`}>
          {formatQuarter(one.quarter)} · {name(one.channelName)} · {name(one.scopeName)} ·{' '}
          {name(one.indicatorName)}
          {one.note !== '' && ` · ${one.note}`}
          {one.owner !== '' && ` · ${one.owner}`} <span className="faint">{name(one.words)}</span>{' '}
          {one.oneOff && <span className="faint">{text.clearedOneOff}</span>}
          <Button
            type="link"
            size="small"
            loading={settle.isPending}
            onClick={() =>
              settle.mutate({
                ...{ scheme, channel: one.channel, quarter: one.quarter },
                ...{ scope: one.scope, indicator: one.indicator },
              })
            }
          >
            {text.settle}
          </Button>
        </p>
      ))}
    </Panel>
  );
}
