import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { ChannelPicker, type ReadySlice } from '../../components/slice.tsx';
import { Ready } from '../../components/states.tsx';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Indicators down, quarters across: what a wave did not ask stays blank. */
export function CoveragePanel({ slice }: { slice: ReadySlice }) {
  const text = useText(studiesText);
  const name = useName();
  const coverage = useCall('studies.coverage', { channel: slice.channel });
  return (
    <Panel title={text.coverage} note={text.coverageNote} extra={<ChannelPicker slice={slice} />} flush>
      <Ready of={coverage}>
        {({ quarters, rows }) => (
          <div className="heat-frame">
            <table className="heat coverage">
              <thead>
                <tr>
                  <th scope="col">{text.anIndicator}</th>
                  {quarters.map((quarter) => (
                    <th key={quarter} scope="col">
                      {formatQuarter(quarter)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.code}>
                    <th scope="row">{name(row.name)}</th>
                    {row.asked.map((asked, i) => {
                      const say = asked ? text.askedIn : text.notAskedIn;
                      const words = say(name(row.name), formatQuarter(quarters[i]!));
                      return (
                        <td key={quarters[i]} title={words} className={asked ? '' : 'unasked'}>
                          <span aria-hidden="true">{asked ? '●' : ''}</span>
                          <span className="unseen">{words}</span>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Ready>
    </Panel>
  );
}
