import { App, Button, Popconfirm, Table, type TableProps, Tabs, Tag } from 'antd';
import { useState } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import type { AssessmentRow, AssessmentView, PlanInfo } from '../../../shared/calls/plan.ts';
import type { CallInput } from '../../../shared/contract.ts';
import type { FunnelPosition } from '../../../shared/domain/funnel.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { count, decimal, signed } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
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

type Line = AssessmentRow & { key: string; name: string; rank?: number; funnel?: string; spent?: string };

function Assessed({ view, catalog }: { view: AssessmentView; catalog: Catalog }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const name = useName();
  const itemName = (code: string) => {
    const item = catalog.indicators.find((one) => one.code === code);
    return item ? name(item.name) : code;
  };
  const areas: Line[] = view.areas.map((area) => ({
    ...area,
    key: area.id,
    name: name(area.name),
    funnel: funnelName(area.funnel, work),
  }));
  const items: Line[] = view.items.map((item) => ({
    ...item,
    key: item.code,
    name: name(item.name),
    funnel: funnelName(item.funnel, work),
  }));
  const cells: Line[] = view.cells
    .filter((cell) => cell.funded)
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap))
    .map((cell) => ({
      ...cell,
      key: `${cell.area}|${cell.indicator}`,
      name: `${name(cell.areaName)} · ${itemName(cell.indicator)}`,
      spent: cell.spentUnits === null ? '–' : resource(cell.spentUnits),
    }));
  const whole: Line[] = [{ ...view.overall, key: 'overall', name: common.overall }];
  const { control } = view;
  return (
    <div className="stack">
      {view.quarters.length < 4 && <p className="hint">{work.partYear}</p>}
      <Lines lines={whole} first={common.overall} />
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
      </p>
      <Tabs
        items={[
          { key: 'areas', label: text.byArea, children: <Lines lines={areas} first={common.area} /> },
          { key: 'items', label: text.byItem, children: <Lines lines={items} first={common.indicator} /> },
          { key: 'cells', label: work.byCell, children: <Lines lines={cells} first={work.plan} /> },
          { key: 'learnt', label: work.learnt, children: <Learnt view={view} /> },
        ]}
      />
    </div>
  );
}

function funnelName(funnel: FunnelPosition, work: Said<typeof planWorkText>): string {
  return {
    'far-below': work.farBelow,
    below: work.below,
    inside: work.inside,
    above: work.above,
    'far-above': work.farAbove,
  }[funnel];
}

function VerdictTag({ verdict }: { verdict: AssessmentRow['verdict'] }) {
  const work = useText(planWorkText);
  const words = { met: work.met, 'not-met': work.notMet, indistinguishable: work.indistinguishable };
  const colours = { met: 'success', 'not-met': 'error', indistinguishable: 'default' };
  return <Tag color={colours[verdict]}>{words[verdict]}</Tag>;
}

function Lines({ lines, first }: { lines: Line[]; first: string }) {
  const text = useText(planText);
  const work = useText(planWorkText);
  const score = (title: string, value: (line: Line) => number) => ({
    title,
    key: title,
    ...NUMBER,
    width: 66,
    render: (_: unknown, line: Line) => decimal(value(line)),
  });
  const points = (title: string, value: (line: Line) => number) => ({
    title,
    key: title,
    ...NUMBER,
    width: 104,
    sorter: (a: Line, b: Line) => value(a) - value(b),
    render: (_: unknown, line: Line) => signed(value(line), 2),
  });
  const columns: TableProps<Line>['columns'] = [
    { title: first, dataIndex: 'name', ellipsis: true, width: 150 },
    score(text.now, (line) => line.baseline),
    score(work.planned, (line) => line.planned),
    score(work.actual, (line) => line.actual),
    points(work.gap, (line) => line.gap),
    {
      title: work.interval,
      key: 'interval',
      ...NUMBER,
      width: 130,
      render: (_, line) => `[${signed(line.low)}, ${signed(line.high)}]`,
    },
    {
      title: work.verdict,
      key: 'verdict',
      width: 110,
      render: (_, line) => <VerdictTag verdict={line.verdict} />,
    },
    {
      title: work.splitNote,
      key: 'split',
      children: [
        points(work.splitDrift, (line) => line.split.drift),
        points(work.splitExecution, (line) => line.split.execution),
        points(work.splitEffectiveness, (line) => line.split.effectiveness),
        points(work.splitNoise, (line) => line.split.noise),
      ],
    },
    ...(lines.some((line) => line.rank !== undefined)
      ? [
          { title: work.rank, dataIndex: 'rank', ...NUMBER, width: 54 },
          { title: work.funnel, dataIndex: 'funnel', width: 96 },
        ]
      : []),
    ...(lines.some((line) => line.spent !== undefined)
      ? [{ title: work.spent, dataIndex: 'spent', ...NUMBER, width: 100 }]
      : []),
  ];
  return (
    <Table<Line>
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={lines}
      pagination={lines.length > 40 ? { pageSize: 20, size: 'small', showSizeChanger: false } : false}
      scroll={{ x: 1140 }}
      showSorterTooltip={false}
    />
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
      render: (_, one) => `${decimal(one.low, 2)} – ${decimal(one.high, 2)}`,
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
