import { Alert, App, Button, Modal, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { DealerTargetsView, PlanEdits } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { type CallFault, call, host, useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { decimal, moment } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { EditsTable } from './edits-table.tsx';
import { PlanResult } from './plan-result.tsx';
import { usePlanWork } from './plan-store.ts';
import { choicesOf } from './rule-view.ts';

const NUMBER = { className: 'number', align: 'right', width: 90 } as const;

/** A plan as it was saved, and what can be done with it. */
export function StoredPlan({ id, slice, onBack }: { id: number; slice: ReadySlice; onBack: () => void }) {
  const text = useText(planText);
  const work = useText(planWorkText);
  const plan = useCall('plan.get', { plan: id });
  return (
    <Ready of={plan} height={400}>
      {(data) => (
        <>
          <div className="row">
            <b>{text.viewing(data.name)}</b>
            <Button onClick={onBack}>{text.backToEdit}</Button>
            <PlanActions plan={data} onBack={onBack} />
          </div>
          {data.outdated && <Alert type="warning" showIcon title={work.outdated} />}
          {data.approvedAt !== null && (
            <p className="hint">{work.frozen(String(data.dataVersion), moment(data.approvedAt))}</p>
          )}
          {data.input.notes !== '' && <p className="hint notes">{data.input.notes}</p>}
          <PlanResult plan={data} catalog={slice.catalog} />
          <DealerTargets plan={data} />
        </>
      )}
    </Ready>
  );
}

function PlanActions({ plan, onBack }: { plan: PlanView; onBack: () => void }) {
  const work = useText(planWorkText);
  const { message } = App.useApp();
  const { language, select } = useSession();
  const load = usePlanWork((state) => state.load);
  const [fault, setFault] = useState<CallFault | null>(null);
  const [edits, setEdits] = useState<PlanEdits | null>(null);
  const id = plan.id!;
  const goOn = (input: PlanView['input'], keep: boolean) => {
    select({ channel: input.channel, scheme: input.scheme });
    load(choicesOf(input), keep && plan.state === 'draft' ? { id, name: plan.name } : null);
    onBack();
  };
  const attempt = (action: () => Promise<void>) => {
    setFault(null);
    action().catch((error: CallFault) => setFault(error));
  };
  const write = (format: 'xlsx' | 'pdf') =>
    attempt(async () => {
      const filter = { name: format.toUpperCase(), extensions: [format] };
      const file = await host().native.saveFile(`${plan.name}.${format}`, [filter]);
      if (!file) return;
      const written = await call('plan.export', { plan: id, path: file.path, format, language });
      await host().fetchSaved?.(file);
      void message.success(work.exported(written.file));
    });
  const read = () =>
    attempt(async () => {
      const file = await host().native.openFile([{ name: 'Excel', extensions: ['xlsx'] }]);
      if (!file) return;
      setEdits(await call('plan.readEdits', { plan: id, path: file.path, fileName: file.name }));
    });
  return (
    <>
      {plan.state === 'draft' ? (
        <Button onClick={() => goOn(plan.input, true)}>{work.editDraft}</Button>
      ) : (
        <Button onClick={() => goOn(plan.input, false)}>{work.copy}</Button>
      )}
      <Button onClick={() => write('xlsx')}>{work.exportXlsx}</Button>
      <Button onClick={() => write('pdf')}>{work.exportPdf}</Button>
      <Button onClick={read}>{work.importEdits}</Button>
      {fault && <Fault error={fault} />}
      {edits && (
        <Modal
          open
          width={860}
          title={work.editsTitle(edits.file, String(edits.changes.length))}
          onCancel={() => setEdits(null)}
          okText={work.useEdits}
          okButtonProps={{ disabled: edits.changes.length === 0 }}
          onOk={() => goOn(edits.input, true)}
        >
          <EditsTable edits={edits} plan={plan} />
        </Modal>
      )}
    </>
  );
}

type Target = DealerTargetsView['dealers'][number];

function DealerTargets({ plan }: { plan: PlanView }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const targets = useCall('plan.dealerTargets', plan.id === null ? null : { plan: plan.id });
  const areas = new Map(plan.areas.map((area) => [area.id, name(area.name)]));
  const items = new Map(plan.items.map((item) => [item.code, name(item.name)]));
  const columns: TableProps<Target>['columns'] = [
    { title: common.dealer, key: 'dealer', ellipsis: true, render: (_, one) => name(one.name) },
    {
      title: common.area,
      key: 'area',
      width: 150,
      filters: [...areas].map(([value, label]) => ({ value, text: label })),
      onFilter: (value, one) => one.area === value,
      render: (_, one) => areas.get(one.area) ?? one.area,
    },
    {
      title: common.indicator,
      key: 'indicator',
      width: 180,
      filters: [...items].map(([value, label]) => ({ value, text: label })),
      onFilter: (value, one) => one.indicator === value,
      render: (_, one) => items.get(one.indicator) ?? one.indicator,
    },
    { title: text.now, key: 'now', ...NUMBER, render: (_, one) => decimal(one.baseline) },
    { title: text.target, key: 'target', ...NUMBER, render: (_, one) => <b>{decimal(one.target)}</b> },
  ];
  return (
    <Panel title={work.dealerTargets} note={work.dealerHint} flush>
      <Ready of={targets} height={200}>
        {(data) => (
          <Table<Target>
            size="small"
            rowKey={(one) => `${one.dealer}|${one.indicator}`}
            columns={columns}
            dataSource={data.dealers}
            pagination={{ pageSize: 12, size: 'small', showSizeChanger: false }}
          />
        )}
      </Ready>
    </Panel>
  );
}
