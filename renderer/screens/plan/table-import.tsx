import { App, Button } from 'antd';
import { useState } from 'react';
import type { PlanRequest, PlanTableView } from '../../../shared/calls/plan.ts';
import { LIST_ENDINGS } from '../../../shared/domain/import-format.ts';
import { type CallFault, call, host } from '../../api.ts';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Chooses a table, reads it, and says which of its rows could not be used. */
export function TableImport(props: {
  kind: 'volumes' | 'assumptions' | 'spent';
  request: Pick<PlanRequest, 'scheme' | 'areaLevel' | 'within'>;
  label: string;
  onRead: (table: PlanTableView) => void;
}) {
  const { kind, request, label, onRead } = props;
  const work = useText(planWorkText);
  const { message } = App.useApp();
  const [fault, setFault] = useState<CallFault | null>(null);
  const [problems, setProblems] = useState<PlanTableView['problems']>([]);
  const choose = async () => {
    const file = await host().native.openFile([{ name: work.tableFilter, extensions: LIST_ENDINGS }]);
    if (!file) return;
    setFault(null);
    setProblems([]);
    try {
      const { scheme, areaLevel, within } = request;
      const table = await call('plan.readTable', {
        scheme,
        areaLevel,
        within,
        kind,
        path: file.path,
        fileName: file.name,
      });
      setProblems(table.problems);
      const rows = table.volumes.length + table.rules.length + table.spent.length;
      if (rows > 0) onRead(table);
      void message.info(work.imported(count(rows)));
    } catch (error) {
      setFault(error as CallFault);
    }
  };
  return (
    <>
      <Button onClick={() => void choose()}>{label}</Button>
      {fault && <Fault error={fault} />}
      <TableProblems problems={problems} />
    </>
  );
}

export function TableProblems({ problems }: { problems: PlanTableView['problems'] }) {
  const work = useText(planWorkText);
  const name = useName();
  if (problems.length === 0) return null;
  return (
    <div className="hint">
      {work.rowsIgnored(count(problems.length))}{' '}
      {problems
        .slice(0, 5)
        .map(({ row, value, message }) => `${work.row(String(row))} “${value}” ${name(message)}`)
        .join('；')}
      {problems.length > 5 && ' …'}
    </div>
  );
}
