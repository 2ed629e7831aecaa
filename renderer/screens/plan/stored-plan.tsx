import { Alert, App, Button, Modal } from 'antd';
import { useState } from 'react';
import type { PlanEdits } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { type CallFault, call, host, useCall } from '../../api.ts';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { moment } from '../../format.ts';
import { useSession } from '../../session.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';
import { DealerTargets } from './dealer-targets.tsx';
import { EditsTable } from './edits-table.tsx';
import { PlanResult } from './plan-result.tsx';
import { usePlanWork } from './plan-store.ts';
import { choicesOf } from './rule-view.ts';

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
