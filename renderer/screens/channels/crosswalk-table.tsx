import { Table, type TableProps } from 'antd';
import type { Crosswalk, CrosswalkQuestion } from '../../../shared/calls/channels.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { call, useCall } from '../../api.ts';
import { ExportButton } from '../../components/export-button.tsx';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { quarterRange } from './view.ts';

type Row = Crosswalk['rows'][number];

/** Which question of which questionnaire measures each stable indicator, with wording and scale. */
export function CrosswalkTable() {
  const text = useText(channelsText);
  const common = useText(commonText);
  const name = useName();
  const language = useSession((session) => session.language);
  const crosswalk = useCall('channels.crosswalk', {});
  return (
    <Ready of={crosswalk} height={600}>
      {(view) => {
        const columns: TableProps<Row>['columns'] = [
          {
            title: common.indicator,
            key: 'name',
            width: 190,
            fixed: 'left',
            render: (_, row) => (
              <>
                <b>{name(row.name)}</b>
                <br />
                <code>{row.indicator}</code>
              </>
            ),
          },
          ...view.channels.map((channel) => ({
            title: name(CHANNEL_NAMES[channel]),
            key: channel,
            width: 260,
            render: (_: unknown, row: Row) => (
              <Questions of={row.questions.filter((one) => one.channel === channel)} />
            ),
          })),
        ];
        return (
          <Panel
            title={text.crosswalk}
            flush
            extra={
              <ExportButton
                size="small"
                name={text.crosswalk}
                write={(path) => call('channels.export', { path, language, what: { kind: 'crosswalk' } })}
              />
            }
          >
            <Table<Row>
              size="small"
              rowKey="indicator"
              className="top-aligned"
              dataSource={view.rows}
              columns={columns}
              pagination={false}
              scroll={{ y: 620, x: 190 + view.channels.length * 260 }}
            />
          </Panel>
        );
      }}
    </Ready>
  );
}

function Questions({ of }: { of: readonly CrosswalkQuestion[] }) {
  const text = useText(channelsText);
  const name = useName();
  if (of.length === 0) return <span className="faint">{text.notIn}</span>;
  return of.map((one) => (
    <div key={`${one.questionnaire} ${one.code}`} className="question-line" title={name(one.study)}>
      {name(one.label)}
      <span className="faint block">
        {`${one.version} · ${one.scale.min}–${one.scale.max}${one.reversed ? ` ${text.reversed}` : ''} · ${quarterRange(
          [one.firstQuarter, one.lastQuarter],
        )}`}
      </span>
    </div>
  ));
}
