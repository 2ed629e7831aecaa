import { App, Button, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { ReportBatchView } from '../../../shared/calls/reports.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { host, useCall, useJob } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { count, moment } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { reportText } from '../../text/reports.ts';
import { useName, useText } from '../../text/use-text.ts';
import { BatchFiles } from './batch-files.tsx';
import { MakeReports } from './make-reports.tsx';
import { canResume, stateName } from './view.ts';

const NUMBER = { className: 'number', align: 'right', width: 66 } as const;

export function ReportsScreen() {
  return <WithSlice>{(slice) => <ReportsOf slice={slice} />}</WithSlice>;
}

function ReportsOf({ slice }: { slice: ReadySlice }) {
  const text = useText(reportText);
  const [chosen, setChosen] = useState<number | null>(null);
  const batches = useCall('reports.batches', {});
  return (
    <div className="screen">
      <MakeReports slice={slice} onMade={setChosen} />
      <Ready of={batches} height={300}>
        {(all) => {
          const open = all.find((batch) => batch.id === chosen) ?? all[0];
          return (
            <div className="two">
              <Panel title={text.batches} flush>
                <Batches batches={all} scheme={slice.scheme} open={open?.id} onOpen={setChosen} />
              </Panel>
              <Panel title={open ? <Opened batch={open} /> : text.file}>
                {open ? <BatchFiles batch={open.id} /> : <Nothing height={300}>{text.chooseBatch}</Nothing>}
              </Panel>
            </div>
          );
        }}
      </Ready>
    </div>
  );
}

function Opened({ batch }: { batch: ReportBatchView }) {
  const text = useText(reportText);
  const { message } = App.useApp();
  const reveal = async () => {
    const opened = await host()
      .native.revealExport(batch.id)
      .catch(() => false);
    if (!opened) void message.warning(text.noOpen + batch.folder);
  };
  return (
    <span className="row">
      {formatQuarter(batch.quarter)} #{batch.id}
      <Button size="small" onClick={() => void reveal()}>
        {text.openFolder}
      </Button>
    </span>
  );
}

function Batches(props: {
  batches: ReportBatchView[];
  scheme: number;
  open: number | undefined;
  onOpen: (id: number) => void;
}) {
  const { batches, scheme, open, onOpen } = props;
  const text = useText(reportText);
  const common = useText(commonText);
  const name = useName();
  const job = useJob('reports.run');
  const columns: TableProps<ReportBatchView>['columns'] = [
    {
      title: common.quarter,
      key: 'quarter',
      width: 82,
      render: (_, batch) => (
        <button type="button" className="link-button" onClick={() => onOpen(batch.id)}>
          {formatQuarter(batch.quarter)}
        </button>
      ),
    },
    { title: common.scheme, key: 'scheme', ellipsis: true, render: (_, batch) => name(batch.scheme) },
    { title: text.created, key: 'created', width: 128, render: (_, batch) => moment(batch.createdAt) },
    { title: text.made, key: 'made', ...NUMBER, render: (_, batch) => count(batch.made) },
    { title: text.failed, key: 'failed', ...NUMBER, render: (_, batch) => count(batch.failed) },
    { title: text.total, key: 'total', ...NUMBER, render: (_, batch) => count(batch.total) },
    {
      title: text.state,
      key: 'state',
      width: 92,
      render: (_, batch) => (
        <Tag
          color={
            batch.state === 'complete' ? 'success' : batch.state === 'running' ? 'processing' : 'warning'
          }
        >
          {stateName(batch.state, text)}
        </Tag>
      ),
    },
    {
      key: 'resume',
      width: 70,
      render: (_, batch) =>
        canResume(batch) && (
          <Button
            size="small"
            type="link"
            disabled={job.running}
            onClick={(event) => {
              event.stopPropagation();
              // The batch keeps the choices it was made with, its scheme among them; the one given here is not used.
              void job.run({ scheme, resume: batch.id });
            }}
          >
            {text.resume}
          </Button>
        ),
    },
  ];
  return (
    <Table<ReportBatchView>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={batches}
      pagination={false}
      scroll={{ y: 440, x: 660 }}
      locale={{ emptyText: <Nothing height={200}>{text.noBatches}</Nothing> }}
      rowClassName={(batch) => (batch.id === open ? 'clickable chosen' : 'clickable')}
      onRow={(batch) => ({ onClick: () => onOpen(batch.id) })}
    />
  );
}
