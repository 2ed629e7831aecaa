import { App, Button, Popconfirm, Table, type TableProps, Tabs } from 'antd';
import { useState } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import type { AssessmentView, PlanInfo } from '../../../shared/calls/plan.ts';
import type { CallInput } from '../../../shared/contract.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { count, decimal, signed } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { AssessmentFunnel } from './assessment-funnel.tsx';
import { type AssessmentLine, AssessmentLines, placeName } from './assessment-lines.tsx';
import { TableImport } from './table-import.tsx';
import { resource } from './view.ts';

const NUMBER = { className: 'number', align: 'right' } as const;

type Spent = NonNullable<CallInput<'plan.assess'>['spent']>;

/** Plan against actual at the end of the year, or as far as it has come. */
export function AssessPlan({ plan, catalog }: { plan: PlanInfo; catalog: Catalog }) {
  const work = useText(planWorkText);
  const { message } = App.useApp();
  const [spent, setSpent] = useState<Spent>([]);
  const assessment = useCall('plan.assess', { plan: plan.id, spent });
  const stored = useCall('plan.get', { plan: plan.id });
  const keep = useChange('plan.assess');
  const close = () =>
    keep.mutate(
      { plan: plan.id, spent, keep: true },
      { onSuccess: () => void message.success(work.keepAssessment) },
    );
  return (
    <Panel
      title={work.assessment}
      note={assessment.data && work.quarters(assessment.data.quarters.map(formatQuarter).join(', '))}
      extra={
        <>
          {stored.data && (
            <TableImport
              kind="spent"
              request={stored.data.input}
              label={work.importSpent}
              onRead={(table) => setSpent(table.spent)}
            />
          )}
          {plan.state === 'approved' && (
            <Popconfirm title={work.keepAsk} onConfirm={close}>
              <Button type="primary" disabled={!assessment.data} loading={keep.isPending}>
                {work.keepAssessment}
              </Button>
            </Popconfirm>
          )}
        </>
      }
    >
      {keep.error && <Fault error={keep.error} />}
      <Ready of={assessment} height={300}>
        {(data) => <Assessed view={data} catalog={catalog} />}
      </Ready>
    </Panel>
  );
}

function Assessed({ view, catalog }: { view: AssessmentView; catalog: Catalog }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const itemName = (code: string) => {
    const item = catalog.indicators.find((one) => one.code === code);
    return item ? name(item.name) : code;
  };
  const areas: AssessmentLine[] = view.areas.map((area) => ({
    ...area,
    key: area.id,
    name: name(area.name),
    place: area.funnel === null ? '' : placeName(area.funnel, work),
  }));
  const items: AssessmentLine[] = view.items.map((item) => ({
    ...item,
    key: item.code,
    name: name(item.name),
    place: item.funnel === null ? '' : placeName(item.funnel, work),
  }));
  const cells: AssessmentLine[] = view.cells
    .filter((cell) => cell.funded)
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap))
    .map((cell) => ({
      ...cell,
      key: `${cell.area}|${cell.indicator}`,
      name: `${name(cell.areaName)} · ${itemName(cell.indicator)}`,
      spent: cell.spentUnits === null ? '–' : resource(cell.spentUnits),
    }));
  const whole: AssessmentLine[] = [{ ...view.overall, key: 'overall', name: common.overall }];
  const { control } = view;
  return (
    <div className="stack">
      {view.quarters.length < 4 && <p className="hint">{work.partYear}</p>}
      <AssessmentLines lines={whole} first={common.overall} />
      <p className="hint">
        {control
          ? work.control(
              count(control.cells),
              signed(control.extraDrift, 2),
              signed(control.low, 2),
              signed(control.high, 2),
            )
          : work.noControl}{' '}
        {work.regression} {work.spentHint}
        {view.hidden > 0 && ` ${work.hiddenSmall(count(view.hidden))}`}
      </p>
      <Tabs
        items={[
          {
            key: 'areas',
            label: text.byArea,
            children: <Ranked lines={areas} first={common.area} funnel={view.funnels.areas} />,
          },
          {
            key: 'items',
            label: text.byItem,
            children: <Ranked lines={items} first={common.indicator} funnel={view.funnels.items} />,
          },
          {
            key: 'cells',
            label: work.byCell,
            children: <AssessmentLines lines={cells} first={work.fundedCell} />,
          },
          { key: 'learnt', label: work.learnt, children: <Learnt view={view} /> },
        ]}
      />
    </div>
  );
}

interface RankedProps {
  lines: AssessmentLine[];
  first: string;
  funnel: AssessmentView['funnels']['areas'];
}

function Ranked({ lines, first, funnel }: RankedProps) {
  const work = useText(planWorkText);
  return (
    <div className="stack">
      {lines.length > 2 && (
        <>
          <p className="hint">{work.funnelNote}</p>
          <AssessmentFunnel lines={lines} funnel={funnel} />
        </>
      )}
      <AssessmentLines lines={lines} first={first} />
    </div>
  );
}

function Learnt({ view }: { view: AssessmentView }) {
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const columns: TableProps<AssessmentView['learnt'][number]>['columns'] = [
    { title: common.indicator, key: 'indicator', render: (_, one) => name(one.name) },
    { title: work.funded, key: 'cells', ...NUMBER, render: (_, one) => count(one.fundedCells) },
    { title: work.learntFactor, key: 'value', ...NUMBER, render: (_, one) => `×${decimal(one.value, 2)}` },
    {
      title: work.interval,
      key: 'interval',
      ...NUMBER,
      render: (_, one) => `${decimal(Math.max(0, one.low), 2)} – ${decimal(one.high, 2)}`,
    },
    {
      title: work.learntOffered,
      key: 'offered',
      ...NUMBER,
      render: (_, one) => <b>×{decimal(one.offered, 2)}</b>,
    },
  ];
  return (
    <div className="stack">
      <p className="hint">{work.learntNote}</p>
      <Table size="small" rowKey="indicator" columns={columns} dataSource={view.learnt} pagination={false} />
    </div>
  );
}
