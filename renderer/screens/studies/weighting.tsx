import { App, Button, Popconfirm, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { WeightingView } from '../../../shared/calls/weightings.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { decimal, moment } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weightingText } from '../../text/weighting.ts';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { WeightingForm } from './weighting-form.tsx';

/** Kept weightings above, the form of a new one below. */
export function WeightingTab({ slice }: { slice: ReadySlice }) {
  const text = useText(weightingText);
  const kept = useCall('weightings.list', {});
  return (
    <div className="screen">
      <p className="soft">{text.intro}</p>
      <Ready of={kept}>{(all) => (all.length > 0 ? <Kept all={all} /> : null)}</Ready>
      <WeightingForm slice={slice} />
    </div>
  );
}

function Kept({ all }: { all: WeightingView[] }) {
  const text = useText(weightingText);
  const common = useText(commonText);
  const name = useName();
  const { message } = App.useApp();
  const { weighting, select } = useSession();
  const [open, setOpen] = useState<number | null>(null);
  const remove = useChange('weightings.delete');
  const shown = all.find(({ id }) => id === open);
  const widest = (one: WeightingView, of: 'designEffect' | 'largestWeight') =>
    Math.max(...one.diagnostics.quarters.map((quarter) => quarter[of]));
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<WeightingView>['columns'] = [
    {
      title: text.name,
      key: 'name',
      ellipsis: true,
      render: (_, one) => (
        <button type="button" className="link-button" translate="no" onClick={() => setOpen(one.id)}>
          {one.name}
        </button>
      ),
    },
    { title: common.channel, key: 'channel', width: 120, render: (_, one) => name(one.channelName) },
    {
      title: text.quarters,
      key: 'quarters',
      width: 150,
      render: (_, { definition: { quarters } }) =>
        quarters.from === quarters.to
          ? formatQuarter(quarters.from)
          : `${formatQuarter(quarters.from)}–${formatQuarter(quarters.to)}`,
    },
    {
      title: text.margins,
      key: 'margins',
      width: 200,
      ellipsis: true,
      render: (_, one) => one.diagnostics.margins.map(({ label }) => name(label)).join(' · '),
    },
    {
      title: text.deff,
      key: 'deff',
      ...number,
      width: 116,
      render: (_, one) => decimal(widest(one, 'designEffect'), 2),
    },
    {
      title: text.largest,
      key: 'largest',
      ...number,
      width: 124,
      render: (_, one) => decimal(widest(one, 'largestWeight'), 2),
    },
    {
      title: text.converged,
      key: 'converged',
      width: 130,
      render: (_, one) => (
        <>
          {one.diagnostics.quarters.every(({ converged }) => converged) ? (
            <Tag color="success">{text.yes}</Tag>
          ) : (
            <Tag color="warning">{text.no}</Tag>
          )}
          {one.outdated && <Tag color="warning">{text.outdated}</Tag>}
        </>
      ),
    },
    {
      key: 'made',
      width: 190,
      render: (_, one) => <span className="soft">{`${one.actor} ${moment(one.createdAt)}`}</span>,
    },
    {
      key: 'delete',
      width: 70,
      render: (_, one) => (
        <Popconfirm
          title={text.deleteAsk}
          onConfirm={() =>
            remove.mutate(
              { id: one.id },
              {
                onSuccess: () => {
                  if (weighting === one.id) select({ weighting: null });
                },
                onError: (error) => void message.error(<Fault error={error} />),
              },
            )
          }
        >
          <Button size="small" type="text" danger>
            {common.delete}
          </Button>
        </Popconfirm>
      ),
    },
  ];
  return (
    <>
      <Panel title={text.kept} flush>
        <Table<WeightingView>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={all}
          pagination={false}
          locale={{ emptyText: <Nothing>{text.none}</Nothing> }}
          rowClassName={(one) => (one.id === open ? 'chosen' : '')}
        />
      </Panel>
      {shown && (
        <Panel title={`${text.card} · ${shown.name}`}>
          <DiagnosticsCard card={shown.diagnostics} />
        </Panel>
      )}
    </>
  );
}
