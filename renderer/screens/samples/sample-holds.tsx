import { Alert } from 'antd';
import type { SampleChannel } from '../../../shared/calls/samples.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { SampleFilter } from '../../../shared/domain/sample-filter.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { ABSENT, count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { samplesText } from '../../text/samples.ts';
import { useName, useText } from '../../text/use-text.ts';

/** How many respondents the conditions leave, by channel and quarter. */
/** `id`: the kept sample whose conditions are being changed. */
export function SampleHolds({ scheme, filter, id }: { scheme: number; filter: SampleFilter; id?: number }) {
  const text = useText(samplesText);
  const common = useText(commonText);
  const name = useName();
  const preview = useCall('samples.preview', { scheme, filter, id });
  return (
    <Panel title={text.preview} note={preview.data && name(preview.data.words)}>
      <Ready of={preview} height={160}>
        {({ channels, near }) => (
          <>
            {near.map((one) => (
              <Alert
                key={`${one.id} ${one.channel}`}
                type="warning"
                showIcon
                title={text.near(one.name, name(one.channelName), count(one.respondents))}
              />
            ))}
            <table className="plain wide">
              <thead>
                <tr>
                  <th scope="col">{common.channel}</th>
                  <th scope="col">{text.respondents}</th>
                  <th scope="col">{text.of}</th>
                  <th scope="col">{text.dealers}</th>
                  <th scope="col">{text.byQuarter}</th>
                </tr>
              </thead>
              <tbody>
                {channels.map((one) => (
                  <tr key={one.channel}>
                    <th scope="row">
                      {name(one.name)}
                      {one.reach !== 'all' && (
                        <div className="hint">{one.reach === 'none' ? text.noAnswers : text.partly}</div>
                      )}
                    </th>
                    <td>{one.reach === 'none' ? ABSENT : count(one.n)}</td>
                    <td className="soft">
                      {one.of > 0 && one.reach !== 'none' ? `${decimal((100 * one.n) / one.of)}%` : ABSENT}
                    </td>
                    <td>{count(one.dealers)}</td>
                    <td>
                      <Bars channel={one} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </Ready>
    </Panel>
  );
}

const HEIGHT = 22;

function Bars({ channel }: { channel: SampleChannel }) {
  const text = useText(samplesText);
  const most = Math.max(1, ...channel.quarters.map(({ n }) => n));
  return (
    <svg
      className="bars"
      width={channel.quarters.length * 8}
      height={HEIGHT}
      role="img"
      aria-label={text.byQuarter}
    >
      {channel.quarters.map(({ quarter, n }, i) => {
        const height = Math.max(1, (n / most) * HEIGHT);
        return (
          <rect key={quarter} x={i * 8} y={HEIGHT - height} width={6} height={height}>
            <title>{`${formatQuarter(quarter)}: ${count(n)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
